import type { Change } from '../change/change.ts';
import { basename } from '../core/paths.ts';
import type { ChangeFacts } from '../facts/change-facts.ts';
import { entryPoints } from '../facts/entry-points.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { ModuleGraph } from '../facts/graph.ts';
import { moduleResolution } from '../facts/module-resolution.ts';
import type { Modules } from '../facts/public-names.ts';
import type { Snapshot } from './snapshot.ts';

interface Parts {
  readonly snapshot: Snapshot;
  readonly change: Change | undefined;
  readonly facts: ReadonlyMap<string, FileFacts>;
  readonly graph: ModuleGraph;
  /** By path at the base. */
  readonly baseFacts: (path: string) => ChangeFacts | undefined;
}

/** The modules of the workspace as they are, and as they were at the base. Both are made when somebody asks. */
export function modulesOf(parts: Parts): { readonly base: Modules; readonly now: Modules } {
  let base: Modules | undefined;
  let now: Modules | undefined;
  return {
    get base() {
      base ??= modulesAtBase(parts);
      return base;
    },
    get now() {
      now ??= modulesNow(parts);
      return now;
    },
  };
}

function modulesNow({ snapshot, facts, graph }: Parts): Modules {
  return {
    resolve: graph.resolve,
    exportsOf: (path) => facts.get(path)?.exports,
    entries: entryPoints(configsOf(snapshot), (path) => facts.has(path)),
  };
}

function modulesAtBase({ snapshot, change, facts, baseFacts }: Parts): Modules {
  const files = change?.files ?? [];
  const stood = new Map(files.flatMap((one) => (one.base === undefined ? [] : [[one.basePath, one] as const])));
  const came = new Set(files.flatMap(({ path }) => (stood.has(path) ? [] : [path])));
  const has = (path: string) => stood.has(path) || (facts.has(path) && !came.has(path));
  const configs = configsOf(snapshot);
  for (const { path, basePath, base } of change?.others ?? []) {
    if (!isConfig(basePath)) continue;
    configs.delete(path);
    if (base !== undefined) configs.set(basePath, base);
  }
  return {
    resolve: moduleResolution(has, configs).resolve,
    exportsOf(path) {
      if (!has(path)) return undefined;
      // What is generated, or a test, is not compared: it counts as it is now.
      return baseFacts(path)?.exports ?? facts.get(stood.get(path)?.path ?? path)?.exports;
    },
    entries: entryPoints(configs, has),
  };
}

function configsOf({ files }: Snapshot): Map<string, string> {
  const configs = new Map<string, string>();
  for (const [path, file] of files) {
    if (!isConfig(path)) continue;
    const text = file.text();
    if (text !== undefined) configs.set(path, text);
  }
  return configs;
}

function isConfig(path: string): boolean {
  return path.endsWith('.json') && /^(?:tsconfig.*|jsconfig|package)\.json$/.test(basename(path));
}
