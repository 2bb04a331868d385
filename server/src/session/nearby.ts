import { dirname } from '../core/paths.ts';
import type { FileVersion } from '../core/snapshot.ts';
import type { DeclarationForm } from '../facts/change-facts.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { ModuleGraph } from '../facts/graph.ts';
import type { Policy } from '../policy/schema.ts';
import type { NearFile } from '../rules/rule.ts';
import { Overlay } from './overlay.ts';

/** No more files of a folder than these, and none longer: comparing with what is beside must cost little. */
const mostFiles = 40;
const mostText = 100_000;

interface Around {
  readonly policy: Policy;
  readonly files: ReadonlyMap<string, FileVersion>;
  readonly facts: ReadonlyMap<string, FileFacts>;
  readonly graph: ModuleGraph;
  readonly testPaths: ReadonlySet<string>;
  /** Asked only where something is compared. */
  readonly takeForms: (path: string, text: string) => readonly DeclarationForm[];
}

interface Told {
  readonly wanted: ReadonlySet<string>;
  readonly found: readonly NearFile[];
}

/** The files that stand beside a file, or that it imports: told again only where one of them, or which there are, changed. */
export class Nearby {
  #policy: Policy | undefined;
  #under: ReadonlyMap<string, FileVersion> | undefined;
  #folders: ReadonlyMap<string, readonly string[]> = new Map();
  readonly #told = new Map<string, Told>();
  readonly #given = new Map<string, readonly NearFile[]>();

  /** @param changed paths of files whose text or facts may be others than the last time */
  of(
    around: Around,
    changed: ReadonlySet<string>,
  ): (path: string, isLeftOut: (path: string) => boolean) => readonly NearFile[] {
    const { files, policy } = around;
    const under = files instanceof Overlay ? (files as Overlay<string, FileVersion>).under : files;
    const isResolvedOtherwise = [...changed].some((path) => path.endsWith('.json'));
    if (under !== this.#under || policy !== this.#policy || isResolvedOtherwise) {
      this.#told.clear();
      this.#policy = policy;
      this.#under = under;
      this.#folders = new Map();
    }
    for (const path of changed)
      for (const [of, { wanted }] of this.#told) if (of === path || wanted.has(path)) this.#told.delete(of);
    return (path, isLeftOut) => {
      const known = this.#told.get(path) ?? this.#tell(path, around);
      this.#told.set(path, known);
      const found = known.found.filter((one) => !isLeftOut(one.path));
      const given = this.#given.get(path);
      if (given?.length === found.length && given.every((one, i) => one === found[i])) return given;
      this.#given.set(path, found);
      return found;
    };
  }

  #tell(path: string, { files, facts, graph, testPaths, takeForms }: Around): Told {
    const wanted = new Set([...graph.importsOf(path), ...this.#beside(path, files).slice(0, mostFiles)]);
    const found = [...wanted].flatMap((one) => {
      const file = files.get(one);
      if (one === path || !file || !facts.has(one) || facts.get(one)?.generated || testPaths.has(one)) return [];
      return nearFile(file, takeForms) ?? [];
    });
    return { wanted, found };
  }

  #beside(path: string, files: ReadonlyMap<string, FileVersion>): readonly string[] {
    if (this.#folders.size === 0) this.#folders = byFolder(files.keys());
    return this.#folders.get(dirname(path)) ?? [];
  }
}

function byFolder(paths: Iterable<string>): Map<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    const folder = folders.get(dirname(path));
    if (folder) folder.push(path);
    else folders.set(dirname(path), [path]);
  }
  for (const folder of folders.values()) folder.sort();
  return folders;
}

/** The same object for a file until its content changes; undefined for one that is too long. */
const kept = new WeakMap<FileVersion, NearFile>();

function nearFile(file: FileVersion, takeForms: Around['takeForms']): NearFile | undefined {
  const known = kept.get(file);
  if (known) return known;
  const text = file.text();
  if (text === undefined || text.length > mostText) return undefined;
  let forms: readonly DeclarationForm[] | undefined;
  const near: NearFile = {
    path: file.path,
    text,
    get forms() {
      forms ??= takeForms(file.path, text);
      return forms;
    },
  };
  kept.set(file, near);
  return near;
}
