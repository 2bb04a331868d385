import type { TextRange } from '../../core/text.ts';
import type { FlagSign } from '../../facts/flag-signs.ts';

/** Signs of one file. */
export interface FileSigns {
  readonly path: string;
  readonly signs: readonly FlagSign[];
  readonly inTest: boolean;
}

/** A way in which code may read or list flags, for a person to decide on. */
export interface ShapeProposal {
  /** Stable for the same state. */
  readonly id: string;
  /** `Calls of isFeatureEnabled(key)` */
  readonly title: string;
  /** What was seen, as one sentence. */
  readonly reason: string;
  /** Three places at most. */
  readonly evidence: readonly { readonly path: string; readonly range: TextRange }[];
  readonly uses: number;
  /** Some of the keys, as written, sorted. */
  readonly keys: readonly string[];
  /** The setting that an entry is added to: `flags.reads` or `flags.definitions`. */
  readonly setting: 'reads' | 'definitions';
  readonly entry: Readonly<Record<string, unknown>>;
  /** There is little doubt: a new policy may say it. */
  readonly likely: boolean;
}

/**
 * Proposes shapes for a folder from the signs in its files, the likeliest first. There must be evidence: several uses with several
 * keys, outside tests as well, or a registry that the uses take their keys from.
 * @param isRead places that are known to read a flag: nothing is proposed for them
 */
export function detectShapes(
  files: Iterable<FileSigns>,
  isRead: (path: string, range: TextRange) => boolean,
): ShapeProposal[] {
  const groups = new Map<string, Group>();
  const registries = new Set<string>();
  for (const { path, signs, inTest } of files)
    for (const sign of signs) {
      if (sign.kind === 'registry') registries.add(sign.name);
      if (isRead(path, sign.range)) continue;
      const own = sign.kind === 'registry' || sign.kind === 'function' ? `${path}\n` : '';
      const name = sign.kind === 'function' ? '' : `${sign.name}\n${sign.at ?? ''}`;
      const id = `${sign.kind}\n${own}${name}`;
      let group = groups.get(id);
      if (group === undefined) {
        group = { kind: sign.kind, name: sign.name, at: sign.at, path, uses: [] };
        groups.set(id, group);
      }
      group.uses.push({ path, sign, inTest });
    }
  const lists = [...groups.values()].filter((group) => group.kind === 'registry');
  const others = [...groups.values()].filter((group) => group.kind !== 'registry');
  const reads = others.map((group) => ({ group, weight: weigh(group, registries) })).filter(({ weight }) => weight > 0);
  const beside = keysBeside(
    lists,
    reads.map(({ group }) => group),
  );
  const weighed = lists.map((group) => ({ group, weight: weighList(group, beside(group)) }));
  return [...reads, ...weighed.filter(({ weight }) => weight > 0)]
    .map(({ group, weight }) => ({ weight, proposal: proposalOf(group, weight >= likelyFrom, beside(group)) }))
    .sort((a, b) => b.weight - a.weight || (a.proposal.id < b.proposal.id ? -1 : 1))
    .map(({ proposal }) => proposal);
}

interface Group {
  readonly kind: FlagSign['kind'];
  readonly name: string;
  readonly at: FlagSign['at'];
  readonly path: string;
  readonly uses: { readonly path: string; readonly sign: FlagSign; readonly inTest: boolean }[];
}

/** Weights begin at 40 for uses of a shape, and grow with each use. */
const likelyFrom = 43;

/** How likely it is that these are flags: 0 where the evidence is too thin. */
function weigh({ kind, path, uses }: Group, registries: ReadonlySet<string>): number {
  const live = uses.filter((use) => !use.inTest);
  const keys = new Set(live.map(({ sign }) => sign.key));
  const fromRegistry = live.filter(({ sign }) => sign.constant && registries.has(sign.key!.split('.')[0]!)).length;
  if (live.length === 0) return 0;
  if (kind === 'function') return keys.size >= 2 ? keys.size + (listsFlags(path) && keys.size >= 3 ? 40 : 20) : 0;
  const enough = live.length >= 2 && (keys.size >= 2 || fromRegistry > 0);
  if (!enough) return 0;
  if (kind === 'property') {
    const deciding = live.filter(({ sign }) => sign.decides).length;
    const weak = !live[0]!.sign.name.startsWith('*.');
    if (keys.size < (weak ? 3 : 2) || deciding * (weak ? 2 : 4) < live.length) return 0;
  }
  if (kind === 'call' && fromRegistry === 0 && keys.size * 8 < live.length) return 0;
  return 40 + Math.min(live.length, 40) + Math.min(fromRegistry, 20) + (kind === 'env' ? -20 : 0);
}

/** A list that some take their keys from, and nobody another key, is worth to be named: it tells that others are mistakes. */
function weighList({ uses }: Group, beside: readonly string[] | undefined): number {
  const keys = new Set(uses.filter((use) => !use.inTest).map(({ sign }) => sign.key));
  if (keys.size < 2) return 0;
  return beside?.length === 0 ? 30 + Math.min(keys.size, 20) : Math.min(30 + keys.size, likelyFrom - 1);
}

/**
 * The keys that are read beside those of a list, where some read keys of it: those that no list has. Undefined where nobody does, and
 * for what is no list.
 */
function keysBeside(lists: readonly Group[], reads: readonly Group[]): (list: Group) => readonly string[] | undefined {
  const keysOf = (group: Group) =>
    group.uses.filter((use) => !use.inTest).map(({ sign }) => ({ key: sign.key!, constant: sign.constant }));
  const holds = ({ name, uses }: Group, { key, constant }: { key: string; constant: true | undefined }) =>
    constant ? key.startsWith(`${name}.`) : uses.some(({ sign }) => sign.key === key);
  return (list) => {
    if (list.kind !== 'registry') return undefined;
    const own = reads.filter((group) => keysOf(group).some((key) => holds(list, key)));
    if (own.length === 0) return undefined;
    const others = own.flatMap(keysOf).filter((key) => !lists.some((one) => holds(one, key)));
    return [...new Set(others.map(({ key }) => key))].sort();
  };
}

/** A module by its name: features alone may be anything. */
function listsFlags(path: string): boolean {
  return /feature-?(?:flags?|toggles?)(?:\/index)?\.\w+$/i.test(path);
}

function proposalOf(group: Group, likely: boolean, beside: readonly string[] | undefined): ShapeProposal {
  const { kind, uses, name, path } = group;
  const live = uses.filter((use) => !use.inTest);
  const keys = [...new Set(live.map(({ sign }) => sign.key!))].sort();
  const files = new Set(live.map((use) => use.path)).size;
  const { title, entry } = shapeOf(group);
  const listed = some(keys);
  const reason =
    kind === 'registry'
      ? `${name} lists ${keys.length} names: ${listed}${beside?.length ? `; what is read beside them: ${some(beside)}` : ''}.`
      : kind === 'function'
        ? `${path} exports ${keys.length} functions that say true or false: ${listed}.`
        : `${live.length} uses in ${files} ${files === 1 ? 'file' : 'files'}, with ${keys.length} ${keys.length === 1 ? 'key' : 'keys'}: ${listed}.`;
  return {
    id: `${kind}:${kind === 'registry' || kind === 'function' ? `${path}#` : ''}${kind === 'function' ? '' : name}${group.at ? `@${group.at}` : ''}`,
    title,
    reason,
    evidence: examples(live),
    uses: live.length,
    keys: keys.slice(0, 20),
    setting: kind === 'registry' ? 'definitions' : 'reads',
    entry,
    likely,
  };
}

function some(keys: readonly string[]): string {
  return `${keys.slice(0, 3).join(', ')}${keys.length > 3 ? ` and ${keys.length - 3} more` : ''}`;
}

/** Three places, of different files and keys where there are such. */
function examples(uses: Group['uses']): ShapeProposal['evidence'] {
  const byPlace = new Map(uses.map((use) => [`${use.path}\n${use.sign.range.start}`, use]));
  const distinct = [...byPlace.values()];
  const first = [...new Map(distinct.toReversed().map((use) => [use.path, use])).values()].reverse();
  return [...new Set([...first, ...distinct])].slice(0, 3).map(({ path, sign }) => ({ path, range: sign.range }));
}

function shapeOf({ kind, name, at, path }: Group): { title: string; entry: Record<string, unknown> } {
  const key = typeof at === 'number' && at > 0 ? { key: at } : {};
  switch (kind) {
    case 'call':
      return { title: `Calls of ${name}(${'..., '.repeat(Number(at ?? 0))}key)`, entry: { call: name, ...key } };
    case 'decorator':
      return { title: `The decorator @${name}(key)`, entry: { decorator: name, ...key } };
    case 'hook':
      return at === undefined
        ? { title: `Members of what ${name}() returns`, entry: { hook: name } }
        : { title: `Members of '${at}' in what ${name}() returns`, entry: { hook: name, record: at } };
    case 'property':
      return { title: `Members of ${name}`, entry: { property: name } };
    case 'collection':
      return { title: `Keys that ${name} includes`, entry: { collection: name } };
    case 'component':
      return {
        title: `Elements <${name} ${at}="key">`,
        entry: { component: name, ...(at !== 'name' && { prop: at }) },
      };
    case 'env':
      return { title: `Environment variables ${name}`, entry: { env: name } };
    case 'define':
      return { title: `Names that the build puts in, ${name}`, entry: { define: name } };
    case 'function':
      return { title: `Functions of ${path}`, entry: { module: path.replace(/\.[mc]?[jt]sx?$/, '') } };
    case 'registry':
      return { title: `The list of flags ${name} in ${path}`, entry: { file: path, format: 'typescript', name } };
  }
}
