import type { Change } from '../change/change.ts';
import { dirname } from '../core/paths.ts';
import type { ModuleGraph } from '../facts/graph.ts';
import type { TestReach } from './reach.ts';

export interface ReachParts {
  readonly graph: ModuleGraph;
  readonly testPaths: ReadonlySet<string>;
  /** Tells which tests differ from the base; undefined where there is no base. */
  readonly change: Change | undefined;
}

/** Which tests reach what, by following imports backwards. Nothing is computed before somebody asks; answers are kept. */
export function buildReach({ graph, testPaths: tests, change }: ReachParts): TestReach {
  const changed = new Map(
    (change?.files ?? []).flatMap(({ path, now }) => (now !== undefined && tests.has(path) ? [[path, now]] : [])),
  );
  let parts: Set<string> | undefined;
  let folders: Set<string> | undefined;
  let imported: Set<string> | undefined;
  const testsOf = (path: string) => {
    const reached = reachedIn(graph, tests);
    const known = reached.get(path);
    if (known) return known;
    const found = testsAbove(path, graph, tests);
    reached.set(path, found);
    return found;
  };
  return {
    hasTests: tests.size > 0,
    testsOf,
    hasTestsNear(path) {
      const part = partOf(path);
      if (part === '') return tests.size > 0;
      parts ??= new Set([...tests].flatMap((test) => [test, ...graph.importsOf(test)].map(partOf)));
      return parts.has(part);
    },
    hasTestsBeside(path) {
      folders ??= foldersOf(tests, graph);
      return folders.has(dirname(path)) || folders.has(dirname(dirname(path)));
    },
    isTested(path) {
      imported ??= new Set([...tests].flatMap((test) => [...graph.importsOf(test)]));
      return imported.has(path);
    },
    changedTestsNaming(path, symbol) {
      if (changed.size === 0) return [];
      return testsOf(path).filter((test) => namesSymbol(changed.get(test) ?? '', symbol));
    },
  };
}

const kept = new WeakMap<object, WeakMap<ReadonlySet<string>, Map<string, readonly string[]>>>();

/** Tests by path: the same map as long as the same files import the same files, and the same of them are tests. */
function reachedIn(graph: ModuleGraph, tests: ReadonlySet<string>): Map<string, readonly string[]> {
  const edges = graph.edges ?? graph;
  const all = kept.get(edges) ?? new WeakMap<ReadonlySet<string>, Map<string, readonly string[]>>();
  kept.set(edges, all);
  const reached = all.get(tests) ?? new Map<string, readonly string[]>();
  all.set(tests, reached);
  return reached;
}

/** Folders from which tests import, and those around them. */
function foldersOf(tests: ReadonlySet<string>, graph: ModuleGraph): Set<string> {
  const found = new Set<string>();
  for (const test of tests)
    for (const path of graph.importsOf(test))
      if (!tests.has(path)) found.add(dirname(path)).add(dirname(dirname(path)));
  return found;
}

/** `packages/cart` for `packages/cart/src/total.ts`; `''` outside of such folders. */
function partOf(path: string): string {
  return /^(?:packages|apps|libs|services|plugins|modules)\/[^/]+(?=\/)/.exec(path)?.[0] ?? '';
}

/** Test files among the file's transitive importers. Imports of tests by tests are followed too: helpers are imported. */
function testsAbove(path: string, graph: ModuleGraph, tests: ReadonlySet<string>): readonly string[] {
  const seen = new Set([path]);
  const open = [path];
  const found: string[] = [];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const importer of graph.importersOf(at)) {
      if (seen.has(importer)) continue;
      seen.add(importer);
      if (tests.has(importer)) found.push(importer);
      open.push(importer);
    }
  return found.sort();
}

/** True when the text holds the symbol as a word of its own. */
function namesSymbol(text: string, symbol: string): boolean {
  if (symbol === '') return false;
  for (let at = text.indexOf(symbol); at >= 0; at = text.indexOf(symbol, at + 1))
    if (!joins(text[at - 1], symbol[0]!) && !joins(symbol.at(-1)!, text[at + symbol.length])) return true;
  return false;
}

function joins(left: string | undefined, right: string | undefined): boolean {
  return /[\w$]/.test(left ?? '') && /[\w$]/.test(right ?? '');
}
