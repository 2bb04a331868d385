import type { Node } from 'jsonc-parser';
import picomatch from 'picomatch';
import { basename, extname } from '../../core/paths.ts';
import { isSourcePath } from '../../core/snapshot.ts';
import type { Policy } from '../../policy/schema.ts';
import { flagd } from './flagd.ts';
import type { DefinitionFormat } from './format.ts';
import { openfeatureManifest } from './openfeature-manifest.ts';
import { unleashExport } from './unleash-export.ts';

/** All formats that are read from JSON. */
export const formats: readonly DefinitionFormat[] = [flagd, openfeatureManifest, unleashExport];

export type PolicyEntry = Policy['flags']['definitions'][number];

/**
 * True for files that may define flags in JSON, told by the name alone: cheap, for the listing of files. What the policy
 * names counts whatever it is called, source files apart.
 */
export function isDefinitionCandidate(path: string, policy?: Policy): boolean {
  if (extensions.has(extname(path).toLowerCase()) && !otherFiles.test(basename(path))) return true;
  return policy !== undefined && isNamed(path, policy);
}

/** True for files that are worth handing to `collectDefinitions`: named by the policy, or with the words of a format. */
export function isDefinitionFile(path: string, text: string, policy: Policy): boolean {
  return (isDefinitionCandidate(path) && likelyFormats(text).length > 0) || isNamed(path, policy);
}

function isNamed(path: string, policy: Policy): boolean {
  if (isSourcePath(path)) return false;
  return policy.flags.definitions.some((entry) => entry.format !== 'typescript' && entryMatcher(entry)(path));
}

/** The formats whose words stand in the text: most JSON files answer none, and are not parsed. */
export function likelyFormats(text: string): DefinitionFormat[] {
  return formats.filter((format) => format.mentions(text));
}

/** The format of a parsed file. */
export function formatOf(root: Node, likely: readonly DefinitionFormat[] = formats): DefinitionFormat | undefined {
  return likely.find((format) => format.recognises(root));
}

/** Tells whether a path is named by an entry of `flags.definitions`, which is a path or a glob. */
export function entryMatcher(entry: PolicyEntry): (path: string) => boolean {
  const known = matchers.get(entry);
  if (known) return known;
  const pattern = entry.file.replace(/^\.\//, '');
  const glob = picomatch(pattern, { dot: true });
  const matches = (path: string) => path === pattern || glob(path);
  matchers.set(entry, matches);
  return matches;
}

const matchers = new WeakMap<PolicyEntry, (path: string) => boolean>();

const extensions = new Set(['.json', '.jsonc', '.json5', '.flagd']);

/** JSON files of tools that hold no flags. */
const otherFiles = new RegExp(
  [
    'package(-lock)?\\.json',
    'npm-shrinkwrap\\.json',
    '([jt]sconfig|jsconfig|tsconfig)([.-].*)?\\.json',
    'switchyard\\.jsonc?',
    '(biome|turbo|nx|lerna|angular|vercel|renovate|deno|rush|components|devcontainer)\\.jsonc?',
    '\\.(eslintrc|prettierrc|babelrc|swcrc|stylelintrc|mocharc|nycrc|c8rc)(\\.json)?',
    '.*\\.(schema|tsbuildinfo|map)\\.json',
  ]
    .map((name) => `^${name}$`)
    .join('|'),
);
