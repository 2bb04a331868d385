import type { Inventory } from '../flags/flag.ts';

/**
 * A commented policy to start from: it says what Switchyard found by itself, and shows each setting that a folder is likely to need as a comment.
 * As it stands it changes nothing.
 * @param baseName what the folder is compared with now (`Base.name`); undefined without git.
 */
export function starterPolicy(inventory: Inventory, baseName: string | undefined): string {
  const definitions = definitionFiles(inventory);
  const readers = distinct([...inventory.flags.values()].flatMap((flag) => flag.reads.map((read) => read.reader)));
  const flags = [
    `Read through: ${readers.length > 0 ? readers.join(', ') : 'nothing that Switchyard knows'}. Name your own ways:`,
    '"reads": [',
    '  { "call": "isFeatureEnabled", "from": "src/features" },',
    '  { "hook": "useFeatures", "spelling": "camelCase" },',
    '],',
    `Defined in: ${definitions.length > 0 ? definitions.join(', ') : 'no file that Switchyard knows'}. Name other files:`,
    '"definitions": [{ "file": "config/flags.json", "format": "flagd" }],',
    'What a definition cannot hold:',
    '"lifecycle": { "new-checkout": { "owner": "team-pay", "expires": "2030-01-31" } },',
    'How "Wrap in Flag" reads a new flag:',
    `"wrap": { "read": "flags.isEnabled('{key}')", "import": "import { flags } from './flags';" },`,
  ];
  return [
    '// The policy of Switchyard for this folder. All of it is optional: hover a name to see what it does.',
    '{',
    `  // Compared with: ${baseName ?? 'nothing (no git base)'}. Name another branch or ref:`,
    '  // "base": "origin/main",',
    '',
    '  // Left out besides ignored files, node_modules and build output:',
    '  // "exclude": ["src/generated/**"],',
    '',
    '  "flags": {',
    ...flags.map((line) => `    // ${line}`),
    '  },',
    '',
    '  "risk": {',
    '    // What checks access here, besides what is recognised by its name:',
    '    // "authChecks": ["requireTenant"],',
    '  },',
    '',
    '  "tests": {',
    '    // Test files besides *.test.*, *.spec.*, and files below __tests__, test or tests:',
    '    // "files": ["checks/**/*.ts"],',
    '  },',
    '',
    '  // Severity by rule: "error", "warning", "info", "hint" or "off".',
    '  "rules": {',
    '    // "tests/untested-change": "off",',
    '  },',
    '}',
    '',
  ].join('\n');
}

/** `path (source)`, at most five of them. */
function definitionFiles(inventory: Inventory): string[] {
  const all = [...inventory.flags.values()].flatMap((flag) => flag.definitions);
  const files = distinct(all.map((definition) => `${definition.path} (${definition.source})`));
  return files.length <= 5 ? files : [...files.slice(0, 5), `and ${files.length - 5} more`];
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
