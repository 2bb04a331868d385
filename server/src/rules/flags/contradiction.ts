import { contains, type TextRange } from '../../core/text.ts';
import type { Decision } from '../../facts/file-facts.ts';
import { decisionsOf, readsByFile } from '../../flags/decisions.ts';
import type { FlagRead } from '../../flags/flag.ts';
import { defineRule, type Evidence } from '../rule.ts';

interface Data {
  readonly key: string;
  readonly path: string;
  readonly by: TextRange;
  /** What is known of the flag there, as the end of a sentence. */
  readonly known: string;
  /** What the tested expression yields, where it is true or false. */
  readonly yields: boolean | undefined;
  /** It is the same evaluation, and not another one that yields the same. */
  readonly once: boolean;
}

export default defineRule({
  id: 'flags/contradiction',
  title: 'A check of a flag whose value is known already',
  why: 'Inside the on side of a flag the flag is on: a check of it there is always true or always false, and one side of that check never runs.',
  severity: 'warning',
  scope: 'garden',
  *check({ inventory }): Iterable<Evidence<Data>> {
    for (const [path, reads] of readsByFile(inventory.flags.values()))
      for (const read of reads) {
        const told = new Set<number>();
        for (const decision of decisionsOf(read)) {
          if (told.has(decision.by.start)) continue;
          const outer = knownAround(decision, read, reads);
          if (!outer) continue;
          told.add(decision.by.start);
          yield {
            path,
            range: decision.by,
            subject: read.key,
            data: { key: read.key, path, by: decision.by, ...outer.known },
            related: [{ path, range: outer.by, message: `'${read.key}' is decided here` }],
          };
        }
      }
  },
  message: ({ data: { key, known } }) => `'${key}' is ${known} here already: this check never yields anything else.`,
  fixes: ({ data: { key, path, by, yields, once } }) =>
    yields === undefined
      ? []
      : [
          {
            id: 'fold-condition',
            title: `Drop the check of '${key}'`,
            safe: once,
            data: { key, path, at: by.start, end: by.end, keep: yields },
          },
        ],
});

interface Known {
  readonly by: TextRange;
  readonly known: Pick<Data, 'known' | 'yields' | 'once'>;
}

/** The innermost decision around a tested place that settles it. */
function knownAround(inner: Decision, read: FlagRead, reads: readonly FlagRead[]): Known | undefined {
  let found: { readonly range: TextRange; readonly result: Known } | undefined;
  for (const other of reads) {
    if (other !== read && !isSame(other, read)) continue;
    for (const outer of decisionsOf(other)) {
      if (outer.by.start === inner.by.start || !contains(outer.range, inner.by)) continue;
      if (found && !contains(found.range, outer.range)) continue;
      const state = settles(outer, inner);
      if (!state) continue;
      const yields = typeof state.yields === 'boolean' && read.inverted ? !state.yields : state.yields;
      const known = { known: state.known, yields, once: other === read };
      found = { range: outer.range, result: { by: outer.by, known } };
    }
  }
  return found?.result;
}

/** Two reads of one key with one value; see `SiteUse.same`. */
function isSame(a: FlagRead, b: FlagRead): boolean {
  return a.key === b.key && a.inverted === b.inverted && a.use?.same !== undefined && a.use.same === b.use?.same;
}

function settles(outer: Decision, inner: Decision): Pick<Data, 'known' | 'yields'> | undefined {
  const on = outer.side === 'on';
  if (outer.equals === undefined)
    return inner.equals === undefined ? { known: on ? 'on' : 'off', yields: on } : undefined;
  if (inner.equals === undefined) return undefined;
  const shown = JSON.stringify(outer.equals);
  if (on) return { known: shown, yields: undefined };
  return inner.equals === outer.equals ? { known: `not ${shown}`, yields: undefined } : undefined;
}
