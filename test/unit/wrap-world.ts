import type { ChangedFile } from '../../server/src/change/change.ts';
import { matchDeclarations } from '../../server/src/change/match.ts';
import { takeChangeFacts } from '../../server/src/facts/declarations.ts';
import { buildGraph } from '../../server/src/facts/module-graph.ts';
import { takeFacts } from '../../server/src/facts/take-facts.ts';
import { isTestPath } from '../../server/src/facts/tests.ts';
import type { World } from '../../server/src/fixes/fix.ts';
import { recipeFor } from '../../server/src/flags/catalogue.ts';
import { buildInventory } from '../../server/src/flags/inventory.ts';
import { type Policy, policySchema } from '../../server/src/policy/schema.ts';
import { buildReach } from '../../server/src/testing/test-reach.ts';

const isSource = (path: string) => /\.[cm]?[jt]sx?$/.test(path);

/** A workspace folder in memory, as fixes see it. Without `base` there is no git. */
export function worldOf(
  now: ReadonlyMap<string, string>,
  base?: ReadonlyMap<string, string>,
  settings: unknown = {},
): World {
  const policy: Policy = policySchema.parse(settings);
  const recipe = recipeFor(policy);
  const sources = [...now].filter(([path]) => isSource(path));
  const facts = new Map(sources.map(([path, text]) => [path, takeFacts(path, text, recipe)]));
  const graph = buildGraph(facts, new Map([...now].filter(([path]) => path.endsWith('.json'))));
  const text = (path: string) => now.get(path);
  const inventory = buildInventory({ files: facts, graph, policy, definitionFiles: [] });
  const files: ChangedFile[] = [];
  for (const path of new Set([...(base?.keys() ?? []), ...now.keys()]))
    if (base !== undefined && isSource(path) && base.get(path) !== now.get(path))
      files.push({ path, basePath: path, base: base.get(path), now: now.get(path), test: isTestPath(path, []) });
  const change = base && { baseName: 'merge base with main', others: [], trailers: [], files };
  const compared = files.map((file) => ({
    path: file.path,
    basePath: file.basePath,
    base: file.base === undefined ? undefined : takeChangeFacts(file.basePath, file.base),
    now: file.now === undefined ? undefined : takeChangeFacts(file.path, file.now),
  }));
  const testPaths = new Set([...facts].filter(([path, one]) => one.test || isTestPath(path, [])).map(([path]) => path));
  return {
    policy,
    inventory,
    change,
    pairs: matchDeclarations(compared),
    graph,
    reach: buildReach({ graph, testPaths: new Set(testPaths), change }),
    paths: [...now.keys()].sort(),
    text,
    facts: (path) => facts.get(path),
    changeFacts: (path) => compared.find((file) => file.path === path)?.now,
  };
}
