import { basename } from '../core/paths.ts';
import type { FileVersion } from '../core/snapshot.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { ModuleGraph } from '../facts/graph.ts';
import { updateGraph } from '../facts/module-graph.ts';
import { entryMatcher, isDefinitionCandidate, likelyFormats } from '../flags/definitions/detect.ts';
import type { Policy } from '../policy/schema.ts';

interface Side {
  readonly file: FileVersion;
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
  ): { graph: ModuleGraph; definitionFiles: { path: string; text: string }[] } {
    if (this.#policy !== policy) this.#sides.clear();
    this.#policy = policy;
    for (const path of this.#sides.keys()) if (!files.has(path)) this.#sides.delete(path);
    const configs = new Map<string, string>();
    const definitionFiles: { path: string; text: string }[] = [];
    for (const [path, file] of files) {
      if (file.isSource) continue;
      const side = this.#read(file, policy);
      if (side.config !== undefined) configs.set(path, side.config);
      if (side.definition !== undefined) definitionFiles.push({ path, text: side.definition });
    }
    this.#graph = updateGraph(this.#graph, facts, configs);
    return { graph: this.#graph, definitionFiles };
  }

  #read(file: FileVersion, policy: Policy): Side {
    const known = this.#sides.get(file.path);
    if (known?.file === file) return known;
    const text = file.text();
    const isConfig = /^(tsconfig.*|jsconfig|package)\.json$/.test(basename(file.path));
    const side = {
      file,
      config: isConfig ? text : undefined,
      definition: !isConfig && text !== undefined && mayDefine(file.path, text, policy) ? text : undefined,
    };
    this.#sides.set(file.path, side);
    return side;
  }
}

/** Most JSON files define no flags: their texts are not kept. */
function mayDefine(path: string, text: string, policy: Policy): boolean {
  if (!isDefinitionCandidate(path, policy)) return false;
  return likelyFormats(text).length > 0 || policy.flags.definitions.some((entry) => entryMatcher(entry)(path));
}
