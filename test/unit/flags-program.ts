import type { FileFacts } from '../../server/src/facts/file-facts.ts';
import { asksFor, recipeWith } from '../../server/src/facts/gate.ts';
import { buildGraph, updateGraph } from '../../server/src/facts/module-graph.ts';
import { takeFacts } from '../../server/src/facts/take-facts.ts';
import { recipeFor } from '../../server/src/flags/catalogue.ts';
import type { DynamicRead, FlagRead, Inventory } from '../../server/src/flags/flag.ts';
import { buildInventory, factsToTake } from '../../server/src/flags/inventory.ts';
import { type Policy, policySchema } from '../../server/src/policy/schema.ts';

/** A program given as texts by path, analysed: its facts, and the inventory of its flags. */
export function analyse(
  texts: Readonly<Record<string, string>>,
  policyInput: unknown = {},
): { readonly files: Map<string, FileFacts>; readonly inventory: Inventory; readonly policy: Policy } {
  const policy = policySchema.parse(policyInput);
  let recipe = recipeFor(policy);
  const files = new Map<string, FileFacts>();
  const configs = new Map<string, string>();
  const definitionFiles: { path: string; text: string }[] = [];
  for (const [path, text] of Object.entries(texts)) {
    if (/(?:^|\/)(?:[tj]sconfig.*|package)\.json$/.test(path)) configs.set(path, text);
    else if (path.endsWith('.json')) definitionFiles.push({ path, text });
    else files.set(path, takeFacts(path, text, recipe));
  }
  let graph = buildGraph(files, configs);
  for (;;) {
    const { closely, names, namesGiven } = factsToTake({ files, graph, policy });
    const lacking = [...names, ...[...files.keys()].flatMap((path) => namesGiven(path))].filter(
      (name) => !asksFor(recipe, name),
    );
    if (closely.length === 0 && lacking.length === 0) break;
    for (const path of closely) files.set(path, takeFacts(path, texts[path]!, recipe, true));
    if (lacking.length > 0) {
      recipe = recipeWith(recipe, new Set([...(recipe.learnt ?? []), ...lacking]));
      for (const [path, facts] of files) files.set(path, takeFacts(path, texts[path]!, recipe, !facts.shallow));
    }
    graph = updateGraph(graph, files, configs);
  }
  return { files, inventory: buildInventory({ files, graph, policy, definitionFiles }), policy };
}

/** The reads of a program in the order of their places, each as one line. */
export function programReads(
  texts: Readonly<Record<string, string>>,
  policyInput: unknown = {},
): { readonly reads: string[]; readonly dynamic: readonly DynamicRead[] } {
  const { inventory } = analyse(texts, policyInput);
  const reads = [...inventory.flags.values()].flatMap((flag) => flag.reads);
  reads.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.range.start - b.range.start));
  return { reads: reads.map((read) => line(read, texts)), dynamic: inventory.dynamicReads };
}

function line(read: FlagRead, texts: Readonly<Record<string, string>>): string {
  const { result } = read;
  const how = result.kind === 'details' ? `details:${result.field}` : result.kind;
  const async = (result.kind === 'details' || result.kind === 'value') && result.async ? ' async' : '';
  const fallback = read.default;
  const written = fallback === undefined ? '' : texts[read.path]!.slice(fallback.range.start, fallback.range.end);
  const name = read.reader.slice(read.reader.indexOf(' ') + 1);
  return `${read.key} ${name} ${how}${async}${fallback === undefined ? '' : ` default=${written.replaceAll("'", '"')}`}`;
}
