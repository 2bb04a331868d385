import type { Node } from 'jsonc-parser';
import type { DefinitionState, FlagDefinition, FlagKind, FlagValue, Variation } from '../flag.ts';
import { type FlagNode, rangeOf, scalar } from './json-tree.ts';

/** A format of definition files, told and read by one file of this folder. */
export interface DefinitionFormat {
  /** As named in the policy and in `FlagDefinition.source`. */
  readonly id: FormatId;
  /** What every text of the format has in it. Few different ones: each is a search through every data file of a workspace. */
  readonly word: string;
  /** A quick look at a text with that word, so that other files are never parsed. */
  mentions(text: string): boolean;
  /** A sure look at the tree of one document. */
  recognises(root: Node, path: string): boolean;
  /** All definitions of a document, in the order of the text. Entries that are no flags are left out. */
  read(path: string, root: Node): FlagDefinition[];
  /** Nodes beside the definitions that hold the key of a flag of the same file: prerequisites, rows of other lists. */
  references?(root: Node): readonly Reference[];
  /** It lists keys, but does not say what people get: its silence makes nothing uncertain. */
  readonly declares?: true;
}

/** A place that names a flag by its key. */
export interface Reference {
  readonly key: string;
  readonly keyNode: Node;
  /** The row that belongs to the flag and goes with it; left out where another flag depends on it. */
  readonly row?: Node;
}

export type FormatId =
  | 'flagd'
  | 'openfeature-manifest'
  | 'unleash-export'
  | 'unleash-features'
  | 'launchdarkly-file'
  | 'launchdarkly-rest'
  | 'launchdarkly-dev-server'
  | 'growthbook'
  | 'configcat'
  | 'flipt'
  | 'devcycle'
  | 'azure'
  | 'split'
  | 'firebase'
  | 'gitlab'
  | 'vercel'
  | 'eslint-feature-flags';

export type { DefinitionState };

export const unknownState: DefinitionState = { kind: 'unknown' };
export const varyingState: DefinitionState = { kind: 'varies' };

/** Everybody gets the value; unknown for objects, which no condition can be compared with. */
export function constantState(value: FlagValue | undefined, why: string): DefinitionState {
  return value === undefined ? unknownState : { kind: 'constant', value, why };
}

/** The part of a definition that is the same in all formats. */
export function placeOf(path: string, source: FormatId, { key, keyNode, entry }: FlagNode) {
  return { key, path, keyRange: rangeOf(keyNode), range: rangeOf(entry), source };
}

/** The date of an ISO date or instant; undefined for anything else. */
export function isoDate(text: unknown): string | undefined {
  return typeof text === 'string' ? /^\d{4}-\d{2}-\d{2}(?=$|[T ])/.exec(text)?.[0] : undefined;
}

/** The date of an instant in milliseconds since 1970 (UTC). */
export function epochDate(ms: number | undefined): string | undefined {
  if (ms === undefined || !(ms > 0 && ms < 8.64e15)) return undefined;
  return isoDate(new Date(ms).toISOString());
}

/** What a flag is for, by the word that a vendor or a team has for it. */
export function kindOf(word: string | undefined): FlagKind | undefined {
  return kinds.get(word?.toLowerCase().replace(/[^a-z]/g, '') ?? '');
}

const kinds = new Map<string, FlagKind>([
  ['release', 'release'],
  ['development', 'release'],
  ['temporary', 'release'],
  ['experiment', 'experiment'],
  ['abtest', 'experiment'],
  ['operational', 'operational'],
  ['operations', 'operational'],
  ['ops', 'operational'],
  ['killswitch', 'kill-switch'],
  ['permission', 'permission'],
  ['entitlement', 'permission'],
]);

/** The type of the values that a flag lists. */
export function typeOfNodes(nodes: readonly Node[]): FlagDefinition['type'] {
  const types = new Set(nodes.map((node) => (node.type === 'array' ? 'object' : node.type)));
  const [type] = types;
  if (types.size !== 1) return 'unknown';
  return type === 'boolean' || type === 'string' || type === 'number' || type === 'object' ? type : 'unknown';
}

/** A variation by its name and the node of its value. */
export function variationOf(name: string | undefined, value: Node | undefined): Variation {
  const known = scalar(value);
  return { ...(name ? { name } : {}), ...(known === undefined ? {} : { value: known }) };
}

/** True when a key stands in the text: quoted as in JSON, or plain as in YAML. */
export function hasKey(text: string, key: string): boolean {
  return places(text, key, false);
}

/**
 * True when a key stands at the top of a document, as far as the text tells: at the start of a line, or anywhere where the document is in
 * brackets. Most YAML that has the word has it further inside.
 */
export function hasRootKey(text: string, key: string): boolean {
  return places(text, key, !/^\uFEFF?\s*[{[/]/.test(text));
}

/** Searches by plain text first: most texts do not have the word at all. */
function places(text: string, key: string, atLineStart: boolean): boolean {
  for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1)) {
    const quote = text[at - 1] === '"' || text[at - 1] === "'" ? 1 : 0;
    const before = text[at - 1 - quote] ?? '\n';
    if (atLineStart ? before !== '\n' && before !== '\uFEFF' : quote === 0 && !/[\s{,]/.test(before)) continue;
    let after = at + key.length + quote;
    if (quote === 1 && text[after - 1] !== text[at - 1]) continue;
    while (text[after] === ' ') after++;
    if (text[after] === ':') return true;
  }
  return false;
}
