import type { Inventory } from '../flags/flag.ts';
import type { ShapeProposal } from '../flags/inference/detect-shapes.ts';

/**
 * A commented policy to start from: it says what Switchyard found by itself, and shows each setting that a folder is likely to need as
 * a comment. Without proposals it changes nothing as it stands.
 * @param baseName what the folder is compared with now (`Base.name`); undefined without git.
 * @param proposals ways to read flags that were detected: the likely ones are in force, each with its evidence; others are comments
 */
export function starterPolicy(
  inventory: Inventory,
  baseName: string | undefined,
  proposals: readonly ShapeProposal[] = [],
): string {
  const definitions = definitionFiles(inventory);
  const readers = distinct([...inventory.flags.values()].flatMap((flag) => flag.reads.map((read) => read.reader)));
  const own = inventory.readers.map((reader) => reader.name);
  const commented = (lines: readonly string[]) => lines.map((line) => `    // ${line}`);
  const flags = [
    ...commented([
      `Read through: ${readers.length > 0 ? some(readers) : 'nothing that Switchyard knows'}. Name your own ways:`,
      ...(own.length > 0 ? [`Found to read flags for their callers: ${some(distinct(own))}.`] : []),
    ]),
    ...entriesOf('reads', proposals, [
      '{ "call": "isFeatureEnabled", "from": "src/features" },',
      '{ "hook": "useFeatures", "spelling": "camelCase" },',
    ]),
    ...commented([
      `Defined in: ${definitions.length > 0 ? definitions.join(', ') : 'no file that Switchyard knows'}. Name other files:`,
    ]),
    ...entriesOf('definitions', proposals, ['{ "file": "config/flags.json", "format": "flagd" },']),
    ...commented([
      'What a definition cannot hold:',
      '"lifecycle": { "new-checkout": { "owner": "team-pay", "expires": "2030-01-31" } },',
      'How "Wrap in Flag" reads a new flag:',
      `"wrap": { "read": "flags.isEnabled('{key}')", "import": "import { flags } from './flags';" },`,
    ]),
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
    ...flags,
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

/** A list of entries: the likely proposals in force, the others and the examples as comments. */
function entriesOf(
  setting: ShapeProposal['setting'],
  proposals: readonly ShapeProposal[],
  examples: readonly string[],
): string[] {
  const mine = proposals.filter((one) => one.setting === setting).slice(0, 12);
  const inForce = mine.filter((one) => one.likely);
  const shown = mine.length > 0 ? [] : examples.map((line) => `  ${line}`);
  const lines = [
    ...mine.flatMap((one) => [
      `  // ${one.title}: ${one.reason}`,
      `  ${one.likely ? '' : '// '}${entryText(one.entry)},`,
    ]),
    ...shown,
  ];
  const list = [`"${setting}": [`, ...lines, '],'];
  return list.map((line) => (inForce.length > 0 ? `    ${line}` : `    // ${line.replace(/^ {2}\/\/ /, '  ')}`));
}

/** `{ "call": "isOn", "key": 1 }` */
function entryText(entry: Readonly<Record<string, unknown>>): string {
  const fields = Object.entries(entry).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return `{ ${fields.join(', ')} }`;
}

/** `path (source)`, at most five of them. */
function definitionFiles(inventory: Inventory): string[] {
  const all = [...inventory.flags.values()].flatMap((flag) => flag.definitions);
  const files = distinct(all.map((definition) => `${definition.path} (${definition.source})`));
  return files.length <= 5 ? files : [...files.slice(0, 5), `and ${files.length - 5} more`];
}

function some(names: readonly string[]): string {
  return names.length <= 8 ? names.join(', ') : `${names.slice(0, 8).join(', ')} and ${names.length - 8} more`;
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
