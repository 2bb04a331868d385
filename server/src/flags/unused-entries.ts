import { policyPath } from '../policy/policy-file.ts';
import type { Policy } from '../policy/schema.ts';
import type { DefinitionProblem } from './flag.ts';
import { headOf } from './policy-reads.ts';

/** Entries of `flags.reads` that nothing in the workspace folder follows: misspelled, or left over. */
export function unusedEntries(
  { flags }: Policy,
  used: ReadonlySet<number>,
): readonly (DefinitionProblem & { readonly setting: readonly (string | number)[] })[] {
  return flags.reads.flatMap((shape, index) => {
    if (used.has(index)) return [];
    const head = headOf(shape);
    const from = shape.from === undefined ? '' : ` from ${shape.from}`;
    return [
      {
        path: policyPath,
        range: { start: 0, end: 0 },
        setting: ['flags', 'reads', index],
        message: `Nothing in this folder reads a flag by the ${head} "${shape[head]}"${from}.`,
      },
    ];
  });
}
