import { basename } from '../core/paths.ts';
import type { FileVersion } from '../core/snapshot.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { ModuleGraph } from '../facts/graph.ts';
import { updateGraph } from '../facts/module-graph.ts';
import { entryMatcher, isDefinitionCandidate, likelyFormats } from '../flags/definitions/detect.ts';
import type { Policy } from '../policy/schema.ts';

interface Side {
  readonly config: string | undefined;
  readonly definition: string | undefined;
}

/** The files beside the sources: configurations that tell how imports resolve, and definition files. Their texts are kept. */
export class SideFiles {
  readonly #sides = new Map<string, Side>();
  #policy: Policy | undefined;
  #graph: ModuleGraph | undefined;

  update(
    files: ReadonlyMap<string, FileVersion>,
    facts: ReadonlyMap<string, FileFacts>,
    policy: Policy,
    changed: ReadonlySet<string>,
  ): { graph: ModuleGraph; definitionFiles: { path: string; text: string }[] } {
    const all = this.#policy !== policy;
    this.#policy = policy;
    // Files that went along with a change of the policy are not among those that there are.
    if (all) this.#sides.clear();
    for (const path of all ? files.keys() : changed) {
      const file = files.get(path);
      const side = file && !file.isSource ? sideOf(file, policy) : undefined;
      if (side) this.#sides.set(path, side);
      else this.#sides.delete(path);
    }
    const configs = new Map<string, string>();
    const definitionFiles: { path: string; text: string }[] = [];
    for (const [path, side] of this.#sides) {
      if (side.config !== undefined) configs.set(path, side.config);
      if (side.definition !== undefined) definitionFiles.push({ path, text: side.definition });
    }
    definitionFiles.sort((a, b) => (a.path < b.path ? -1 : 1));
    this.#graph = updateGraph(this.#graph, facts, configs, changed);
    return { graph: this.#graph, definitionFiles };
  }
}

/** Undefined for files that are neither. */
function sideOf(file: FileVersion, policy: Policy): Side | undefined {
  const isConfig = /^(tsconfig.*|jsconfig|package)\.json$/.test(basename(file.path));
  if (!isConfig && !isDefinitionCandidate(file.path, policy)) return undefined;
  const text = file.text();
  if (text === undefined) return undefined;
  if (isConfig) return { config: text, definition: undefined };
  return mayDefine(file.path, text, policy) ? { config: undefined, definition: text } : undefined;
}

/** Most JSON files define no flags: their texts are not kept. */
function mayDefine(path: string, text: string, policy: Policy): boolean {
  return likelyFormats(text, path).length > 0 || policy.flags.definitions.some((entry) => entryMatcher(entry)(path));
}
