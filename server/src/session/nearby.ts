import { dirname } from '../core/paths.ts';
import type { ChangeFacts } from '../facts/change-facts.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { ModuleGraph } from '../facts/graph.ts';
import type { RuleInput } from '../rules/rule.ts';
import type { Take } from './change-facts-memo.ts';

/** No more files of a folder than these, and none longer: comparing with what is beside must cost little. */
const mostFiles = 40;
const mostText = 100_000;

interface Around {
  /** Every path of the workspace. */
  readonly paths: () => Iterable<string>;
  readonly facts: ReadonlyMap<string, FileFacts>;
  readonly graph: ModuleGraph;
  readonly testPaths: ReadonlySet<string>;
  readonly text: (path: string) => string | undefined;
  readonly take: Take<ChangeFacts>;
}

/** Facts of the files that stand beside a file, or that it imports, told where they are asked for. */
export function nearby({ paths, facts, graph, testPaths, text, take }: Around): RuleInput['nearby'] {
  return (path, isLike) => {
    const folder = dirname(path);
    const beside = [...paths()].filter((one) => dirname(one) === folder).sort();
    const wanted = new Set([...graph.importsOf(path), ...beside.slice(0, mostFiles)]);
    return [...wanted].flatMap((one) => {
      if (one === path || !facts.has(one) || facts.get(one)?.generated || testPaths.has(one)) return [];
      const found = text(one);
      if (found === undefined || found.length > mostText || !isLike(found)) return [];
      return [{ path: one, declarations: take(one, found).declarations }];
    });
  };
}
