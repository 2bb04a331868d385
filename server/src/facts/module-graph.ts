import type { FileFacts, ImportFact } from './file-facts.ts';
import type { ModuleGraph } from './graph.ts';
import { type ModuleResolution, moduleResolution } from './module-resolution.ts';

/** A graph that remembers what it was folded from, so that the next one can start from it. */
export interface FoldedGraph extends ModuleGraph {
  /** Equal objects resolve equally: it changes when files come or go, or when a config changes. */
  readonly resolution: ModuleResolution;
}

interface State {
  readonly resolution: ModuleResolution;
  readonly configs: ReadonlyMap<string, string>;
  /** The paths that specifiers may lead to. */
  readonly known: ReadonlySet<string>;
  files: ReadonlyMap<string, FileFacts>;
  /** Paths whose edges may be others than in `nodes`; undefined for all. */
  stale: Set<string> | undefined;
  /** Facts and targets by path: filled when somebody asks who imports whom. */
  readonly nodes: Map<string, Node>;
  readonly importers: Map<string, Set<string>>;
  edges: Edges;
}

/** Importers, sorted, where somebody asked for them. */
type Edges = Map<string, readonly string[]>;

interface Node {
  readonly facts: FileFacts;
  readonly targets: readonly string[];
}

const states = new WeakMap<ModuleGraph, State>();

/**
 * The import graph of a workspace folder. Making it costs nothing: edges are folded when somebody asks for importers.
 * @param files facts by path: the files that imports may lead to
 * @param configs texts of tsconfig*.json, jsconfig.json and package.json files by path
 */
export function buildGraph(files: ReadonlyMap<string, FileFacts>, configs: ReadonlyMap<string, string>): FoldedGraph {
  const known = new Set(files.keys());
  return graphOf({
    resolution: moduleResolution((path) => known.has(path), configs),
    configs,
    known,
    files,
    stale: undefined,
    nodes: new Map(),
    importers: new Map(),
    edges: new Map(),
  });
}

/**
 * The graph after some files changed, from the graph before. Where no file came or went and no config changed, only the
 * imports of files with other facts are looked at again. The graph that it starts from must not be used any more.
 * @param changed paths whose facts may have changed, come or gone; all when left out
 */
export function updateGraph(
  before: ModuleGraph | undefined,
  files: ReadonlyMap<string, FileFacts>,
  configs: ReadonlyMap<string, string>,
  changed?: ReadonlySet<string>,
): FoldedGraph {
  const state = before === undefined ? undefined : states.get(before);
  if (state === undefined || !sameTexts(state.configs, configs) || !samePaths(state.known, files, changed))
    return buildGraph(files, configs);
  state.files = files;
  if (changed === undefined) state.stale = undefined;
  else for (const path of changed) state.stale?.add(path);
  return graphOf(state);
}

function samePaths(
  known: ReadonlySet<string>,
  files: ReadonlyMap<string, FileFacts>,
  changed: Iterable<string> = files.keys(),
): boolean {
  if (known.size !== files.size) return false;
  for (const path of changed) if (known.has(path) !== files.has(path)) return false;
  return true;
}

function sameTexts(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [path, text] of a) if (b.get(path) !== text) return false;
  return true;
}

function place(state: State, path: string, facts: FileFacts): void {
  const before = state.nodes.get(path);
  if (before?.facts === facts) return;
  const targets = targetsOf(path, facts, state.resolution);
  state.nodes.set(path, { facts, targets });
  if (before !== undefined && sameList(before.targets, targets)) return;
  if (state.edges.size > 0) state.edges = new Map();
  for (const target of before?.targets ?? []) state.importers.get(target)?.delete(path);
  for (const target of targets) {
    const importers = state.importers.get(target);
    if (importers === undefined) state.importers.set(target, new Set([path]));
    else importers.add(path);
  }
}

function targetsOf(path: string, facts: FileFacts, resolution: ModuleResolution): readonly string[] {
  const targets = new Set<string>();
  for (const fact of facts.imports) {
    if (isTypeOnly(fact)) continue;
    const target = resolution.resolve(path, fact.specifier);
    if (target !== undefined && target !== path) targets.add(target);
  }
  return [...targets].sort();
}

function isTypeOnly(fact: ImportFact): boolean {
  return fact.typeOnly || (fact.bindings.length > 0 && fact.bindings.every((binding) => binding.typeOnly));
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

const nothing: readonly string[] = [];

function graphOf(state: State): FoldedGraph {
  const placeAll = () => {
    for (const path of state.stale ?? state.files.keys()) {
      const facts = state.files.get(path);
      if (facts !== undefined) place(state, path, facts);
    }
    state.stale = new Set();
  };
  const graph: FoldedGraph = {
    get edges() {
      placeAll();
      return state.edges;
    },
    resolution: state.resolution,
    resolve: state.resolution.resolve,
    importsOf(path) {
      const facts = state.files.get(path);
      if (facts === undefined) return nothing;
      const node = state.nodes.get(path);
      return node?.facts === facts ? node.targets : targetsOf(path, facts, state.resolution);
    },
    importersOf(path) {
      placeAll();
      let list = state.edges.get(path);
      if (list === undefined) {
        list = [...(state.importers.get(path) ?? nothing)].sort();
        state.edges.set(path, list);
      }
      return list;
    },
  };
  states.set(graph, state);
  return graph;
}
