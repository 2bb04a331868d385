import { contains, type TextRange } from '../core/text.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import { policyPath } from '../policy/policy-file.ts';
import type { Flag, FlagDefinition, FlagRead, InferredReader, Inventory } from './flag.ts';
import { policyPlaces } from './policy-places.ts';
import type { Written } from './resolve.ts';

/** What symbols are told from: an analysis, or what a fix is given. */
export interface SymbolSources {
  readonly inventory: Inventory;
  facts(path: string): FileFacts | undefined;
  text(path: string): string | undefined;
}

/**
 * A place that stands for one flag: the key of a read as written (a literal, a name for it, a member of a record), the
 * literal of a constant that reads take the key from, the key of a definition, or the name of an entry of the policy that says more of
 * it. `range` may include quotes.
 */
export type Occurrence = KeyPlace &
  (
    | { readonly role: 'read'; readonly read: FlagRead }
    | { readonly role: 'constant' | 'policy' }
    | { readonly role: 'definition'; readonly definition: FlagDefinition }
  );

interface KeyPlace {
  readonly key: string;
  readonly path: string;
  readonly range: TextRange;
  /** What stands there is a name for the key, which is written elsewhere. */
  readonly named?: true;
}

/** What stands at a place: a flag, or a function that was found to read flags. */
export type FlagSymbol =
  | Occurrence
  | { readonly role: 'reader'; readonly path: string; readonly range: TextRange; readonly reader: InferredReader };

/**
 * The flag symbol at an offset; at the end of a symbol counts as on it. The name of a constant or member that holds a key counts
 * (as `named`), the same text elsewhere is no symbol.
 */
export function flagAt(sources: SymbolSources, path: string, offset: number): FlagSymbol | undefined {
  const here = occurrencesIn(sources, path).filter((one) => touches(one.range, offset));
  const [smallest] = here.sort((a, b) => length(a.range) - length(b.range));
  return smallest ?? holderAt(sources, path, offset) ?? readerAt(sources, path, offset);
}

/** All places that stand for a flag: by path, then by offset. Empty for a key that nobody knows. */
export function occurrencesOf(sources: SymbolSources, key: string): readonly Occurrence[] {
  const index = indexOf(sources);
  const { places } = index;
  let found = places.get(key);
  if (found === undefined) {
    const flag = sources.inventory.flags.get(key);
    found = flag ? [...placesOf(flag), ...(index.policy.get(key) ?? [])].sort(byPlace) : [];
    places.set(key, found);
  }
  return found;
}

/** All places of a file that stand for a flag, by offset. */
export function occurrencesIn(sources: SymbolSources, path: string): readonly Occurrence[] {
  const keys = indexOf(sources).keysIn.get(path) ?? [];
  return [...keys].flatMap((key) => occurrencesOf(sources, key).filter((one) => one.path === path)).sort(byPlace);
}

/** The key of a read is a name of the code itself: that of a function that is the flag, or of a global that a build puts in. */
export function isNameOfCode({ path, keyRange }: FlagRead, { facts }: SymbolSources): boolean {
  return (
    facts(path)?.reads.some(({ nameRange }) => nameRange.start === keyRange.start && nameRange.end === keyRange.end) ===
    true
  );
}

/**
 * The key without its quotes in a range that may hold it with them, in `'key' as const`, or behind a prefix
 * (`'change:key'`). Where a record spells the key another way, that spelling; where it is a name for the key, the whole range.
 */
export function keySpan(text: string, range: TextRange, key: string): TextRange {
  const written = text.slice(range.start, range.end);
  const quote = written[0];
  if (quote === "'" || quote === '"' || quote === '`') {
    const end = written.indexOf(quote, 1);
    const at = end < 0 ? 1 : end - key.length;
    if (at >= 1 && written.slice(at, at + key.length) === key)
      return { start: range.start + at, end: range.start + at + key.length };
    if (end === written.length - 1) return { start: range.start + 1, end: range.end - 1 };
  }
  return range;
}

/** Made when somebody asks, once for each analysis: which keys stand in a file, and the places of a key once they are wanted. */
interface SymbolIndex {
  readonly keysIn: ReadonlyMap<string, ReadonlySet<string>>;
  readonly places: Map<string, readonly Occurrence[]>;
  /** What the policy says of flags, by key. */
  readonly policy: ReadonlyMap<string, readonly Occurrence[]>;
}

const indexes = new WeakMap<Inventory, SymbolIndex>();

function indexOf({ inventory, text }: SymbolSources): SymbolIndex {
  let index = indexes.get(inventory);
  if (index === undefined) {
    const policy = inPolicy(text(policyPath) ?? '', inventory);
    const keysIn = keysByPath(inventory);
    if (policy.size > 0) keysIn.set(policyPath, new Set(policy.keys()));
    index = { keysIn, places: new Map(), policy };
    indexes.set(inventory, index);
  }
  return index;
}

function inPolicy(text: string, { flags }: Inventory): Map<string, Occurrence[]> {
  const known = policyPlaces(text).filter(({ key }) => flags.has(key));
  return new Map(known.map(({ key, keyRange }) => [key, [{ role: 'policy', key, path: policyPath, range: keyRange }]]));
}

function keysByPath({ flags }: Inventory): Map<string, Set<string>> {
  const keysIn = new Map<string, Set<string>>();
  const add = (path: string, key: string): void => {
    const keys = keysIn.get(path);
    if (keys === undefined) keysIn.set(path, new Set([key]));
    else keys.add(key);
  };
  for (const { key, definitions, reads } of flags.values()) {
    for (const { path } of definitions) add(path, key);
    for (const { path, written } of reads) {
      add(path, key);
      if (written !== undefined && written.path !== path) add(written.path, key);
    }
  }
  return keysIn;
}

function placesOf({ key, definitions, reads }: Flag): Occurrence[] {
  const found: Occurrence[] = definitions.map((definition) => {
    return { role: 'definition', key, path: definition.path, range: definition.keyRange, definition };
  });
  // A literal that is a read itself is no constant, though a function hands it on.
  const constants = new Set(reads.map((read) => `${read.path}\n${read.keyRange.start}`));
  for (const read of reads) {
    const { written } = read;
    const named = written !== undefined && !isWithin(written, read);
    found.push({ role: 'read', key, path: read.path, range: read.keyRange, read, ...(named && { named }) });
    if (!named || isDefined(written, definitions)) continue;
    const place = `${written.path}\n${written.range.start}`;
    if (constants.has(place)) continue;
    constants.add(place);
    found.push({ role: 'constant', key, path: written.path, range: written.range });
  }
  return found;
}

/** `'key' as const` at the read itself is no name for it. */
function isWithin({ path, range }: Written, read: FlagRead): boolean {
  return path === read.path && contains(read.keyRange, range);
}

function isDefined({ path, range }: Written, definitions: readonly FlagDefinition[]): boolean {
  return definitions.some((one) => one.path === path && touches(one.keyRange, range.start));
}

/** The name of a constant, of a member of a registry, or of a flag that code declares by name. */
function holderAt(sources: SymbolSources, path: string, offset: number): Occurrence | undefined {
  const held = occurrencesIn(sources, path).filter((one) => one.role !== 'read');
  if (held.length === 0) return undefined;
  for (const fact of sources.facts(path)?.names ?? []) {
    if (!touches(fact.range, offset)) continue;
    if (touches(fact.nameRange, offset) && fact.members === undefined) {
      const [one, more] = held.filter(({ range }) => contains(fact.range, range));
      if (one && !more) return { ...one, range: fact.nameRange, named: true };
    }
    for (const { name, range, valueRange } of fact.members ?? []) {
      const last = name.slice(name.lastIndexOf('.') + 1);
      const own = { start: range.start, end: Math.min(range.start + last.length, valueRange.start) };
      const one = touches(own, offset) && held.find((other) => contains(valueRange, other.range));
      if (one) return { ...one, range: own, named: true };
    }
  }
  return undefined;
}

/** The name of an inferred reader, at its declaration or where it is called. */
function readerAt(sources: SymbolSources, path: string, offset: number): FlagSymbol | undefined {
  const { inventory, facts } = sources;
  const declared = inventory.readers.find((one) => one.path === path && touches(one.nameRange, offset));
  if (declared) return { role: 'reader', path, range: declared.nameRange, reader: declared };
  if (inventory.readers.length === 0) return undefined;
  const site = facts(path)?.reads.find((one) => touches(one.nameRange, offset));
  if (site === undefined) return undefined;
  for (const one of occurrencesIn(sources, path)) {
    if (one.role !== 'read' || one.read.through === undefined || one.read.range.start !== site.range.start) continue;
    const { through } = one.read;
    const reader = inventory.readers.find((other) => other.path === through.path && other.name === through.name);
    if (reader) return { role: 'reader', path, range: site.nameRange, reader };
  }
  return undefined;
}

function touches(range: TextRange, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

function length({ start, end }: TextRange): number {
  return end - start;
}

function byPlace(a: Occurrence, b: Occurrence): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.range.start - b.range.start;
}
