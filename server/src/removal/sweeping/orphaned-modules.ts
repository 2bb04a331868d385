import picomatch from 'picomatch';
import { basename, dirname, join } from '../../core/paths.ts';
import { isTestPath } from '../../facts/tests.ts';
import type { RemovalInput } from '../remove-flags.ts';
import { entryPoints } from './entry-points.ts';
import { type ModuleUse, usesByModule, usesInText, usesNow } from './module-uses.ts';

/** What leaves a file because nobody uses it any more. */
export interface Gone {
  /** Names that the file exports and that nobody imports any more. */
  readonly exports: ReadonlySet<string>;
  /** Specifiers of modules that are deleted, all of whose names the file passes on. */
  readonly specifiers: ReadonlySet<string>;
  /** Keys of the flags that are removed: what only declares one (`new Feature('key')`) goes when nobody uses it any more. */
  readonly keys?: ReadonlySet<string>;
}

export const nothingGone: Gone = { exports: new Set(), specifiers: new Set() };

export interface Orphaned {
  /** Files that nobody imports any more, with the tests and stories that are called after them. */
  readonly files: ReadonlySet<string>;
  readonly gone: ReadonlyMap<string, Gone>;
}

/** The changed files as they will be; `undefined` for those that go. */
export type TextsAfter = ReadonlyMap<string, string | undefined>;

/**
 * Finds modules and exported names that lost their last user through a change. What nobody used before stays, and so do
 * entry points, generated files and what is named by a string (`jest.mock('./old')`, a worker's URL).
 */
export function orphanSearch(input: RemovalInput): (texts: TextsAfter) => Orphaned {
  const isEntryPoint = entryPoints(input);
  const isEntry = (path: string): boolean => input.withheld?.files.has(path) === true || isEntryPoint(path);
  let before: ReadonlyMap<string, readonly ModuleUse[]> | undefined;
  return (texts) => {
    const after = [...texts].flatMap(([path, text]) => (text === undefined ? [] : usesInText(path, text, input)));
    const losers = losersOf(texts, after, input);
    if (losers.size === 0) return { files: new Set(), gone: new Map() };
    before ??= usesByModule(input);
    return orphanedAmong(losers, { input, texts, isEntry, before, after: groupByModule(after) });
  };
}

interface Search {
  readonly input: RemovalInput;
  readonly texts: TextsAfter;
  readonly isEntry: (path: string) => boolean;
  readonly before: ReadonlyMap<string, readonly ModuleUse[]>;
  readonly after: ReadonlyMap<string, readonly ModuleUse[]>;
}

function groupByModule(uses: readonly ModuleUse[]): ReadonlyMap<string, readonly ModuleUse[]> {
  const groups = new Map<string, ModuleUse[]>();
  for (const use of uses) groups.set(use.module, [...(groups.get(use.module) ?? []), use]);
  return groups;
}

/** Modules of which a changed file takes less than before, and those whose names they pass on. */
function losersOf(texts: TextsAfter, after: readonly ModuleUse[], input: RemovalInput): Set<string> {
  const nameOf = ({ by, module, imported, exported }: ModuleUse) => [by, module, imported, exported].join('\n');
  const kept = new Set(after.map(nameOf));
  const losers = new Set<string>();
  const add = (module: string): void => {
    if (losers.has(module)) return;
    losers.add(module);
    for (const use of usesNow(module, input)) if (use.exported !== undefined) add(use.module);
  };
  for (const path of texts.keys()) for (const use of usesNow(path, input)) if (!kept.has(nameOf(use))) add(use.module);
  return losers;
}

function orphanedAmong(losers: ReadonlySet<string>, search: Search): Orphaned {
  const { input, texts, isEntry } = search;
  const files = new Set<string>();
  const gone = new Map<string, { exports: Set<string>; specifiers: Set<string> }>();
  const goneOf = (path: string) => {
    const known = gone.get(path) ?? { exports: new Set<string>(), specifiers: new Set<string>() };
    gone.set(path, known);
    return known;
  };
  for (const module of [...losers].sort()) {
    const facts = input.facts(module);
    const isDeleted = texts.has(module) && texts.get(module) === undefined;
    if (!facts || facts.generated || isDeleted || isEntry(module) || isTestPath(module)) continue;
    const names = facts.exports.map(({ exported }) => exported).filter((name) => name !== '*');
    const left = usersNow(module, search);
    const companions = new Set(left.map(({ by }) => by).filter((by) => isCalledAfter(by, module)));
    const users = left.filter(({ by }) => !companions.has(by));
    const now = (path: string) => usersNow(path, search);
    if (wasUsed(module, names, companions, search) && users.every((use) => isIdle(use, names, now, isEntry))) {
      const own = new Set([module, ...companions, ...users.map(({ by }) => by)]);
      if (isMentioned(module, own, search)) continue;
      for (const path of [module, ...companions]) files.add(path);
      for (const { by, specifier } of users) goneOf(by).specifiers.add(specifier);
      for (const { path, specifier } of mocksOf(module, own, search)) goneOf(path).specifiers.add(specifier);
      continue;
    }
    for (const name of names)
      if (!isUsed(module, name, now, isEntry) && wasTaken(module, name, search)) goneOf(module).exports.add(name);
  }
  return { files, gone };
}

function usersNow(module: string, { before, after, texts }: Search): ModuleUse[] {
  return [...(before.get(module) ?? []).filter(({ by }) => !texts.has(by)), ...(after.get(module) ?? [])];
}

/** Somebody but tests took something of the module before: a barrel that passes it on to nobody did not. */
function wasUsed(
  module: string,
  names: readonly string[],
  companions: ReadonlySet<string>,
  { before, isEntry }: Search,
): boolean {
  const then = usersIn(before);
  return then(module).some(
    (use) => !companions.has(use.by) && !isTestPath(use.by) && !isIdle(use, names, then, isEntry),
  );
}

function usersIn(uses: ReadonlyMap<string, readonly ModuleUse[]>): UsersOf {
  return (path) => uses.get(path) ?? [];
}

/** By code: what only a test took was unused before. A key is no code. */
function wasTaken(module: string, name: string, { before, isEntry, input }: Search): boolean {
  const then = usersIn(before);
  const isKey = input.facts(module)?.names.some((one) => one.name === name && one.kind !== 'origin');
  return isUsed(module, name, (path) => then(path).filter(({ by }) => isKey || !isTestPath(by)), isEntry);
}

type UsersOf = (path: string) => readonly ModuleUse[];

/** A file that only passes on names which nobody takes there. */
function isIdle(
  { by, imported, exported }: ModuleUse,
  names: readonly string[],
  users: UsersOf,
  isEntry: (path: string) => boolean,
): boolean {
  if (exported === undefined) return false;
  const passed = exported === '*' ? names : [exported];
  if (imported === '*' && exported !== '*') return false;
  return passed.every((name) => !isUsed(by, name, users, isEntry));
}

/** Whether somebody takes an exported name, through any number of files that pass it on. */
function isUsed(
  module: string,
  name: string,
  usersOf: UsersOf,
  isEntry: (path: string) => boolean,
  asked: Set<string> = new Set(),
): boolean {
  if (isEntry(module)) return true;
  const question = `${module}\n${name}`;
  if (asked.has(question)) return false;
  asked.add(question);
  return usersOf(module).some(({ by, imported, exported }) => {
    if (exported === undefined) return imported === '*' || imported === name;
    if (imported !== '*') return imported === name && isUsed(by, exported, usersOf, isEntry, asked);
    return isUsed(by, exported === '*' ? name : exported, usersOf, isEntry, asked);
  });
}

/** `cart.test.tsx` and `cart.stories.tsx` for `cart.tsx`, and for `cart/index.tsx`. */
function isCalledAfter(path: string, module: string): boolean {
  if (!isTestPath(path) && !/\.(?:stories|story)\.[cm]?[jt]sx?$/.test(path)) return false;
  const stem = stemOf(module);
  return stemOf(path) === (stem === 'index' ? basename(dirname(module)) : stem) || stemOf(path) === stem;
}

function stemOf(path: string): string {
  return basename(path).replace(/\..*$/, '');
}

const bundled = /import\.meta\.glob|require\.context/;

/** A string somewhere names the file, or a glob of a bundler takes it in. */
function isMentioned(module: string, own: ReadonlySet<string>, { input, texts }: Search): boolean {
  const stem = stemOf(module);
  const folder = basename(dirname(module));
  const strings = /(['"`])((?:\.{1,2}|@|~|src|app|\w+)?\/[^'"`\n]*)\1/g;
  const beside = (input.beside ?? []).filter((path) => isMarkup(path) || /\.[cm]?ts$/.test(path));
  return [...input.paths, ...beside].some((path) => {
    if (own.has(path)) return false;
    const text = texts.has(path) ? texts.get(path) : input.text(path);
    if (text === undefined || !(text.includes(stem) || text.includes(folder) || bundled.test(text))) return false;
    if (isGlobbed(module, path, text)) return true;
    if (!text.includes(stem) && stem !== 'index') return false;
    if (isMarkup(path) && isLinked(module, stem, path, text)) return true;
    const outside = isTestPath(path) ? text.replace(mockCalls, '') : text;
    return [...outside.matchAll(strings)].some(([, , string]) => input.graph?.resolve(path, string!) === module);
  });
}

/** Pages, documents with components, components of other kinds, and style sheets name files by paths of their own. */
function isMarkup(path: string): boolean {
  return /\.(?:html|mdx|vue|svelte|astro|hbs|ejs|css|scss|sass|less|styl|pcss)$/.test(path);
}

/** `src="/src/main.ts"`, `src=main.ts`, `@plugin "./plugin"`: with or without its ending, from there or from any folder above. */
function isLinked(module: string, stem: string, path: string, text: string): boolean {
  const bare = module.replace(/\.[cm]?[jt]sx?$/, '');
  const isModule = (found: string | undefined): boolean => found === module || found === bare;
  const escaped = stem.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const written = text.matchAll(new RegExp(`[^\\s'"\`=<>(),;]*${escaped}(?:\\.\\w+)*`, 'g'));
  return [...written].some(([one]) => {
    if (!/[/.]/.test(one)) return false;
    if (isModule(join(dirname(path), one))) return true;
    const rest = one.replace(/^(?:[@~]?\/)+/, '');
    return rest !== one && (isModule(rest) || [module, bare].some((name) => name.endsWith(`/${rest}`)));
  });
}

/** `jest.mock('./old')`, which goes with the module. */
const mockCalls = /\b(?:jest|vi)\.(?:mock|unmock|doMock|dontMock)\(\s*(['"])([^'"\n]+)\1/g;

function mocksOf(
  module: string,
  own: ReadonlySet<string>,
  { input, texts }: Search,
): { path: string; specifier: string }[] {
  return input.paths
    .filter((path) => isTestPath(path) && !own.has(path))
    .flatMap((path) => {
      const text = texts.has(path) ? texts.get(path) : input.text(path);
      if (text === undefined || !/\b(?:jest|vi)\./.test(text)) return [];
      const specifiers = [...text.matchAll(mockCalls)].map(([, , specifier]) => specifier!);
      return specifiers
        .filter((specifier) => input.graph?.resolve(path, specifier) === module)
        .map((specifier) => ({ path, specifier }));
    });
}

/** What bundlers take in by a pattern: `import.meta.glob(['./pages/*.tsx'])`, `require.context('./pages')`. */
export function isGlobbed(module: string, path: string, text: string): boolean {
  const inFolder = (name: string) => join(dirname(path), name) ?? '\n';
  const globs = [...text.matchAll(/\bimport\.meta\.glob\w*\s*(?:<[^>]*>)?\(([^)]*)\)/g)].flatMap(([, args]) =>
    [...args!.matchAll(/(['"`])(.*?)\1/g)].map(([, , glob]) => glob!),
  );
  const patterns = globs.map((glob) => (glob.startsWith('.') ? inFolder(glob) : `**/${glob.replace(/^[@~#]?\//, '')}`));
  const folders = [...text.matchAll(/\brequire\.context\s*\(\s*(['"`])(.*?)\1/g)].map(([, , folder]) =>
    inFolder(folder!),
  );
  return patterns.some((one) => picomatch(one)(module)) || folders.some((folder) => module.startsWith(folder));
}
