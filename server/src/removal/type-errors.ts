import { ts } from 'ts-morph';
import { dirname, join } from '../core/paths.ts';
import { type FileChange, offsetBefore, type SourceChange } from '../core/source-change.ts';
import { contains, LineMap } from '../core/text.ts';
import type { TypeProblem } from '../core/type-report.ts';
import type { FlagRead } from '../flags/flag.ts';
import type { RemovalInput, RemovalRequest } from './remove-flags.ts';
import { type ModuleUse, usesByModule, usesNow } from './sweeping/module-uses.ts';
import { placeOfRead, type Withheld } from './withheld.ts';

const code = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/;

/**
 * Tells the files that a change could break: those that it changes, their importers, and who imports from them through others.
 * Sorted. Who imports whom is looked up once for all changes.
 */
export function filesToCheck(input: RemovalInput): (change: SourceChange) => string[] {
  let users: ReadonlyMap<string, readonly ModuleUse[]> | undefined;
  return (change) => {
    users ??= usesByModule(input);
    return filesAround(change, users, input);
  };
}

function filesAround(
  change: SourceChange,
  users: ReadonlyMap<string, readonly ModuleUse[]>,
  input: RemovalInput,
): string[] {
  const deleted = new Set(change.files.filter((file) => file.deleted).map(({ path }) => path));
  const changed = change.files.map(({ path }) => path);
  const files = new Set(changed.filter((path) => code.test(path)));
  const visit = (module: string, uses: readonly ModuleUse[]): void => {
    for (const { by, exported } of uses) {
      const known = files.has(by);
      files.add(by);
      if (!known && (exported !== undefined || deleted.has(module))) visit(by, users.get(by) ?? []);
    }
  };
  for (const path of changed) visit(path, users.get(path) ?? usersOfData(path, input));
  return [...files].filter((path) => !deleted.has(path)).sort();
}

/** Who imports a file that is no module, such as a list of flags in JSON. */
function usersOfData(module: string, { paths, facts }: RemovalInput): ModuleUse[] {
  if (!module.endsWith('.json')) return [];
  return paths.flatMap((by) =>
    (facts(by)?.imports ?? [])
      .filter(({ specifier }) => specifier.startsWith('.') && join(dirname(by), specifier) === module)
      .map(({ specifier }) => ({ module, by, specifier, imported: '*' })),
  );
}

/**
 * What the type checker reports after a change and did not report before. A message counts as often as it is there, wherever
 * it moved to; one that reads otherwise now, at the same place and with the same code, is an old one.
 */
export function newProblems(
  before: readonly TypeProblem[],
  after: readonly TypeProblem[],
  change: SourceChange,
): TypeProblem[] {
  const edits = new Map(change.files.map((file) => [file.path, file.edits]));
  const was = (one: TypeProblem): number => offsetBefore(edits.get(one.path) ?? [], one.start);
  let old = [...before];
  let left = [...after];
  const pair = (isSame: (a: TypeProblem, b: TypeProblem) => boolean): void => {
    left = left.filter((one) => {
      const index = old.findIndex((other) => other.path === one.path && other.code === one.code && isSame(other, one));
      if (index >= 0) old = old.filter((_, at) => at !== index);
      return index < 0;
    });
  };
  pair((a, b) => a.message === b.message && a.start === was(b));
  pair((a, b) => a.message === b.message);
  pair((a, b) => a.start === was(b));
  return left;
}

/**
 * What to leave as it is so that new errors go away: at first the definitions that an error names, then what follows for a changed file from others, then the reads whose
 * edits stand around an error, else all reads of its file, else those of the nearest changed files that it imports (of what the
 * error names there, where that can be told). Undefined when there is nothing more to leave.
 */
export function withhold(
  fresh: readonly TypeProblem[],
  change: SourceChange,
  requests: readonly RemovalRequest[],
  input: RemovalInput,
): Withheld | undefined {
  const files = new Map(input.withheld?.files);
  const reads = new Map(input.withheld?.reads);
  const search: Search = { input, changed: new Map(change.files.map((file) => [file.path, file])), active: new Map() };
  for (const { key } of requests)
    for (const read of input.inventory.flags.get(key)?.reads ?? [])
      if (!reads.has(placeOfRead(read)) && !files.has(read.path))
        search.active.set(read.path, [...(search.active.get(read.path) ?? []), read]);
  const apart = new Set(input.withheld?.apart);
  const defined = fresh.flatMap((problem) => definitionsNamed(problem, requests, search, files));
  for (const [path, reason] of defined) files.set(path, reason);
  if (defined.length > 0) return { files, reads, apart };
  for (const { path } of fresh) if (search.changed.has(path)) apart.add(path);
  if (apart.size > (input.withheld?.apart?.size ?? 0)) return { files, reads, apart };
  for (const problem of fresh) {
    const { cause, around } = causeOf(problem, search);
    const reason = reasonOf(problem, search);
    for (const path of cause) {
      const own = around?.filter((read) => read.path === path) ?? search.active.get(path) ?? [];
      for (const read of own) reads.set(placeOfRead(read), reason);
      if (own.length === 0) files.set(path, reason);
    }
  }
  const grew = files.size > (input.withheld?.files.size ?? 0) || reads.size > (input.withheld?.reads.size ?? 0);
  return grew ? { files, reads, apart } : undefined;
}

interface Search {
  readonly input: RemovalInput;
  readonly changed: ReadonlyMap<string, FileChange>;
  /** Reads that are folded, by file. */
  readonly active: Map<string, FlagRead[]>;
}

/** Registries in code whose entry an error names: somebody still speaks of the key, or of its member. */
function definitionsNamed(
  problem: TypeProblem,
  requests: readonly RemovalRequest[],
  search: Search,
  left: ReadonlyMap<string, string>,
): [path: string, reason: string][] {
  return requests.flatMap(({ key }) =>
    (search.input.inventory.flags.get(key)?.definitions ?? []).flatMap(({ path, registry }): [string, string][] => {
      const names = [key, ...(registry ? [registry.member.split('.').at(-1)!] : [])];
      const isNamed = names.some(
        (name) => problem.message.includes(`'${name}'`) || problem.message.includes(`"${name}"`),
      );
      if (!isNamed || !code.test(path) || !search.changed.has(path) || left.has(path)) return [];
      const place = `${problem.path}:${lineOf(problem, search)}`;
      return [
        [
          path,
          `The definition of '${key}' stays, because ${place} still names it (TS${problem.code}); look there, then delete it.`,
        ],
      ];
    }),
  );
}

/** Files whose edits brought an error about, and the very reads where that can be told. */
function causeOf(
  problem: TypeProblem,
  search: Search,
): { readonly cause: readonly string[]; readonly around?: readonly FlagRead[] } {
  const { path } = problem;
  const own = search.changed.get(path);
  const cause = own === undefined ? nearestChanged(path, search) : [path];
  const around = own === undefined ? readsOfNames(problem, cause, search) : readsAround(problem, own, search);
  if (around.length > 0) return { cause: cause.filter((one) => around.some((read) => read.path === one)), around };
  return { cause: cause.length > 0 ? cause : [...search.changed.keys()] };
}

/** Reads in the same statement of the file as an error. */
function readsAround({ path, start }: TypeProblem, { before = '', edits }: FileChange, search: Search): FlagRead[] {
  const at = offsetBefore(edits, start);
  return readsIn(path, before, search, ({ pos, end }) => pos <= at && at < end);
}

/** Reads in the statements that declare what an error names of the changed files that brought it about. */
function readsOfNames(problem: TypeProblem, cause: readonly string[], search: Search): FlagRead[] {
  const { path, start, end } = problem;
  const named = new Set(
    search.input
      .text(path)
      ?.slice(start, end)
      .match(/[\w$]+/g),
  );
  const bindings = (search.input.facts(path)?.imports ?? []).flatMap((one) => one.bindings);
  const names = new Set(bindings.flatMap(({ imported, local }) => (named.has(local) ? [imported] : [])));
  return cause.flatMap((changed) => {
    const exported = search.input.facts(changed)?.exports ?? [];
    const locals = new Set(exported.flatMap(({ exported: name, local = name }) => (names.has(name) ? [local] : [])));
    const before = search.changed.get(changed)?.before ?? '';
    return readsIn(changed, before, search, (statement) => declaredBy(statement).some((name) => locals.has(name)));
  });
}

function readsIn(path: string, text: string, search: Search, isIt: (statement: ts.Statement) => boolean): FlagRead[] {
  const reads = search.active.get(path) ?? [];
  if (reads.length === 0) return [];
  const statements = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext).statements.filter(isIt);
  return reads.filter(({ range }) => statements.some(({ pos, end }) => contains({ start: pos, end }, range)));
}

function declaredBy(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  const { name } = statement as ts.Statement & { readonly name?: ts.Node };
  return name && ts.isIdentifier(name) ? [name.text] : [];
}

/** The changed files that a file imports, over as few others as possible. */
function nearestChanged(path: string, { input, changed }: Search): string[] {
  const seen = new Set([path]);
  for (let ring = [path]; ring.length > 0; ) {
    const next = ring.flatMap((from) => importedBy(from, input)).filter((to) => !seen.has(to));
    for (const to of next) seen.add(to);
    ring = [...new Set(next)];
    const found = ring.filter((to) => changed.has(to));
    if (found.length > 0) return found;
  }
  return [];
}

function importedBy(path: string, input: RemovalInput): string[] {
  const data = (input.facts(path)?.imports ?? []).flatMap(({ specifier }) => {
    const target = /^\..*\.json$/.test(specifier) ? join(dirname(path), specifier) : undefined;
    return target === undefined ? [] : [target];
  });
  return [...usesNow(path, input).map(({ module }) => module), ...data];
}

function reasonOf(problem: TypeProblem, search: Search): string {
  const { path, code, message } = problem;
  const [first = ''] = message.split('\n');
  return `Folding it would bring a new type error at ${path}:${lineOf(problem, search)} (TS${code}: ${first.replace(/\.$/, '')}); fold it by hand.`;
}

/** The line before the change. */
function lineOf({ path, start }: TypeProblem, { changed, input }: Search): number {
  const edits = changed.get(path)?.edits ?? [];
  return new LineMap(input.text(path) ?? '').position(offsetBefore(edits, start)).line + 1;
}
