import type { TextRange } from '../core/text.ts';
import type { FileFacts, ModuleSymbol, NameFact, ValueExpr } from '../facts/file-facts.ts';
import type { ModuleGraph } from '../facts/graph.ts';

/** A name of a workspace file. */
export interface Place {
  readonly path: string;
  readonly name: string;
}

/** Where a module symbol leads. */
interface Trail {
  /** Symbols of packages outside the workspace (and of SDK packages wherever they lie). */
  readonly outside: readonly ModuleSymbol[];
  /** Names of workspace files that it goes through, the last ones included. */
  readonly inside: readonly Place[];
  /** The same, with all members and calls on the way: `useFlags().isOn`. */
  readonly targets: readonly Place[];
  /** Specifiers that it goes by. */
  readonly specifiers: ReadonlySet<string>;
}

export interface ResolvedKey {
  readonly value: string;
  /** The enum, object or union that the key is a member of. */
  readonly group?: Place;
  /** The literal that holds the key, where the value is a name for it. */
  readonly written?: Written;
}

/** A string literal, its quotes included. */
export interface Written {
  readonly path: string;
  readonly range: TextRange;
}

/** What a piece of work looked into. */
interface Watched<T> {
  readonly result: T;
  readonly seen: ReadonlyMap<string, FileFacts | undefined>;
  /** Shallow files of which more was asked than they tell. */
  readonly asked: ReadonlySet<string>;
}

/** Follows names across files: imports, re-exports, `export *`, default exports, namespaces, clients that are passed on. */
export interface Resolver {
  follow(path: string, symbol: ModuleSymbol): Trail;
  /** The string behind a value, where the source tells it. */
  key(path: string, value: ValueExpr): ResolvedKey | undefined;
  /** Runs `work` and tells which files it looked into, for keeping its result until one of them changes. */
  watch<T>(work: () => T): Watched<T>;
  /** Whether what a file imports by a specifier may come from a module of flags (`FlagModules`); where that was not looked for, it may. */
  readonly carries?: (path: string, specifier: string, module: string) => boolean;
}

/**
 * @param isPackage packages that are never followed into the workspace: those of the catalogue
 */
export function resolverOf(
  files: Pick<ReadonlyMap<string, FileFacts>, 'get'>,
  graph: ModuleGraph,
  isPackage: (specifier: string) => boolean,
): Resolver {
  let seen = new Map<string, FileFacts | undefined>();
  let asked = new Set<string>();
  const factsOf = (path: string): FileFacts | undefined => {
    const facts = files.get(path);
    seen.set(path, facts);
    return facts;
  };
  const walker: Walker = {
    factsOf,
    askMore(path) {
      if (files.get(path)?.shallow === true) asked.add(path);
    },
    fileOf: (path, specifier) => (isPackage(specifier) ? undefined : graph.resolve(path, specifier)),
  };
  return {
    follow(path, symbol) {
      const trail = emptyTrail();
      followSymbol(walker, path, symbol, trail, new Set());
      const { outside, inside, targets, specifiers } = trail;
      return {
        outside: [...outside.values()],
        inside: [...inside.values()],
        targets: [...targets.values()],
        specifiers,
      };
    },
    key: (path, value) => keyOf(walker, path, value),
    watch(work) {
      seen = new Map();
      asked = new Set();
      return { result: work(), seen, asked };
    },
  };
}

interface Walker {
  factsOf(path: string): FileFacts | undefined;
  /** Notes that a file might tell more if it were looked at closely. */
  askMore(path: string): void;
  fileOf(path: string, specifier: string): string | undefined;
}

interface OpenTrail {
  readonly outside: Map<string, ModuleSymbol>;
  readonly inside: Map<string, Place>;
  readonly targets: Map<string, Place>;
  readonly specifiers: Set<string>;
}

function emptyTrail(): OpenTrail {
  return { outside: new Map(), inside: new Map(), targets: new Map(), specifiers: new Set() };
}

/** A package with many `export *` takes hundreds of steps. */
const maxSteps = 5_000;
/** Steps that go round while they take member after member end here. */
const maxPath = 12;

/** True when the symbol leads somewhere that is known to have it. */
function followSymbol(
  walker: Walker,
  path: string,
  symbol: ModuleSymbol,
  trail: OpenTrail,
  visited: Set<string>,
  star = false,
): boolean {
  const step = `${path}\n${symbol.specifier}\n${symbol.imported}\n${symbol.path?.join('.') ?? ''}`;
  if (visited.has(step) || visited.size > maxSteps || (symbol.path?.length ?? 0) > maxPath) return false;
  visited.add(step);
  trail.specifiers.add(symbol.specifier);
  if (symbol.specifier === '') {
    const facts = walker.factsOf(path);
    if (facts !== undefined) followName(walker, path, facts, [symbol.imported, ...(symbol.path ?? [])], trail, visited);
    return true;
  }
  const file = walker.fileOf(path, symbol.specifier);
  if (file === undefined) {
    trail.outside.set(JSON.stringify(symbol), symbol);
    return true;
  }
  return followExport(walker, file, symbol.imported, symbol.path ?? [], trail, visited, star);
}

function followExport(
  walker: Walker,
  file: string,
  exported: string,
  path: readonly string[],
  trail: OpenTrail,
  visited: Set<string>,
  star = false,
): boolean {
  const step = `${file}\n=${exported}\n${path.join('.')}`;
  if (visited.has(step) || visited.size > maxSteps) return false;
  visited.add(step);
  const [first, ...rest] = path;
  const facts = walker.factsOf(file);
  if (
    exported === '*' &&
    first !== undefined &&
    first !== '()' &&
    followExport(walker, file, first, rest, trail, visited)
  )
    return true;
  const place: Place = { path: file, name: exported };
  if (facts === undefined) {
    trail.inside.set(`${file}\n${exported}`, place);
    return false;
  }
  for (const { local, from } of exportsNamed(facts, exported)) {
    trail.inside.set(`${file}\n${exported}`, place);
    if (from !== undefined)
      followSymbol(walker, file, { ...from, path: [...(from.path ?? []), ...path] }, trail, visited);
    else if (local !== undefined) followName(walker, file, facts, [local, ...path], trail, visited);
    return true;
  }
  if (exported !== 'default' && followStars(walker, file, facts, exported, path, trail, visited)) {
    trail.inside.set(`${file}\n${exported}`, place);
    return true;
  }
  // One of many files that `export *` may mean is not asked; the file that a name is imported from is.
  if (!star) walker.askMore(file);
  return false;
}

/** `export *`: the workspace file that has the name, or else any of the packages that are passed on whole. */
function followStars(
  walker: Walker,
  file: string,
  facts: FileFacts,
  exported: string,
  path: readonly string[],
  trail: OpenTrail,
  visited: Set<string>,
): boolean {
  const specifiers = starExports(facts).flatMap(({ from }) => (from === undefined ? [] : [from.specifier]));
  const isInside = (specifier: string): boolean => walker.fileOf(file, specifier) !== undefined;
  const follow = (specifier: string): boolean =>
    followSymbol(walker, file, { specifier, imported: exported, path }, trail, visited, true);
  if (specifiers.filter(isInside).some(follow)) return true;
  return specifiers
    .filter((specifier) => !isInside(specifier))
    .map(follow)
    .includes(true);
}

/** `default` and members of CommonJS modules are looked for in what is assigned to `module.exports`. */
function exportsNamed(facts: FileFacts, exported: string) {
  const { named } = indexOf(facts);
  const direct = named.get(exported) ?? (exported === 'default' || exported === '*' ? named.get('export=') : undefined);
  return direct === undefined ? [] : [direct];
}

function followName(
  walker: Walker,
  file: string,
  facts: FileFacts,
  segments: readonly string[],
  trail: OpenTrail,
  visited: Set<string>,
): void {
  const place: Place = { path: file, name: dotted(segments) };
  trail.inside.set(`${file}\n${place.name}`, place);
  trail.targets.set(`${file}\n${place.name}`, place);
  const found = longestName(facts, segments, (fact) => fact.origins !== undefined);
  if (found === undefined) {
    if (longestName(facts, segments, isText) === undefined) walker.askMore(file);
    return;
  }
  for (const origin of found.fact.origins ?? [])
    followSymbol(walker, file, { ...origin, path: [...(origin.path ?? []), ...found.rest] }, trail, visited);
}

function keyOf(walker: Walker, path: string, value: ValueExpr): ResolvedKey | undefined {
  if (value.kind === 'string') return { value: value.value, ...writtenIn(path, value.written) };
  if (value.kind !== 'name') return undefined;
  const [first, ...members] = value.path;
  if (first === undefined) return undefined;
  if (value.from === undefined) return keyOfName(walker.factsOf(path), path, value.path);
  const trail = emptyTrail();
  const { specifier, imported } = value.from;
  const from = [...(value.from.path ?? []), ...members];
  followSymbol(walker, path, { specifier, imported, path: from }, trail, new Set());
  for (const place of [...trail.inside.values()].reverse()) {
    const found = keyOfName(walker.factsOf(place.path), place.path, place.name.split('.'));
    if (found !== undefined) return found;
  }
  return undefined;
}

function keyOfName(facts: FileFacts | undefined, path: string, segments: readonly string[]): ResolvedKey | undefined {
  if (facts === undefined) return undefined;
  const found = longestName(facts, segments, isText);
  if (found === undefined) return undefined;
  const { fact, rest } = found;
  if (fact.made !== undefined) return keyOfMade(fact.made, path, rest);
  if (fact.value !== undefined)
    return rest.length === 0 ? { value: fact.value, ...writtenIn(path, fact.written) } : undefined;
  const member = fact.members?.find((one) => one.name === rest.join('.'));
  if (member === undefined) return undefined;
  const written = writtenIn(path, member.written ?? member.valueRange);
  return { value: member.value, group: { path, name: fact.name }, ...written };
}

/** `newCheckout.id` for `const newCheckout = new Feature('new-checkout')`: the text that it is made from. */
function keyOfMade(
  { value, range }: NonNullable<NameFact['made']>,
  path: string,
  [field, ...more]: readonly string[],
): ResolvedKey | undefined {
  const isKey = more.length === 0 && /^(?:id|key|name|flag|flagKey|featureId)$/.test(field ?? '');
  return isKey ? { value, written: { path, range } } : undefined;
}

function writtenIn(path: string, range: TextRange | undefined): { written?: Written } {
  return range === undefined ? {} : { written: { path, range } };
}

function isText(fact: NameFact): boolean {
  return fact.value !== undefined || fact.members !== undefined || fact.made !== undefined;
}

/** The fact whose name is the longest beginning of a path, and what of the path is left. */
function longestName(
  facts: FileFacts,
  segments: readonly string[],
  counts: (fact: NameFact) => boolean,
): { readonly fact: NameFact; readonly rest: readonly string[] } | undefined {
  const { names } = indexOf(facts);
  for (let length = segments.length; length > 0; length--) {
    const fact = names.get(dotted(segments.slice(0, length)))?.find(counts);
    if (fact !== undefined) return { fact, rest: segments.slice(length) };
  }
  return undefined;
}

/** `getClient()` and `services.make().ld` for paths with calls. */
function dotted(segments: readonly string[]): string {
  return segments.reduce(
    (name, segment) => (segment === '()' ? `${name}()` : name === '' ? segment : `${name}.${segment}`),
    '',
  );
}

interface FactsIndex {
  readonly names: ReadonlyMap<string, readonly NameFact[]>;
  readonly named: ReadonlyMap<string, FileFacts['exports'][number]>;
  readonly stars: FileFacts['exports'];
}

const indexes = new WeakMap<FileFacts, FactsIndex>();

function indexOf(facts: FileFacts): FactsIndex {
  let index = indexes.get(facts);
  if (index === undefined) {
    const names = new Map<string, NameFact[]>();
    for (const fact of facts.names) {
      const list = names.get(fact.name);
      if (list === undefined) names.set(fact.name, [fact]);
      else list.push(fact);
    }
    index = {
      names,
      named: new Map(facts.exports.filter((fact) => fact.exported !== '*').map((fact) => [fact.exported, fact])),
      stars: facts.exports.filter((fact) => fact.exported === '*'),
    };
    indexes.set(facts, index);
  }
  return index;
}

function starExports(facts: FileFacts): FileFacts['exports'] {
  return indexOf(facts).stars;
}
