import { count } from '../../core/count.ts';
import type { FlagRead, FlagValue } from '../../flags/flag.ts';
import { defineRule, type Evidence } from '../rule.ts';

interface Data {
  readonly key: string;
  readonly here: FlagValue;
  readonly others: readonly { readonly value: FlagValue; readonly reads: number }[];
}

export default defineRule({
  id: 'flags/conflicting-defaults',
  title: 'Reads of one flag that fall back to different values',
  why: 'When the flag service cannot be reached, one part of the product behaves as if the flag were on, and another as if it were off: a state that nobody tested.',
  severity: 'info',
  scope: 'garden',
  *check({ inventory }): Iterable<Evidence<Data>> {
    for (const { key, reads } of inventory.flags.values()) {
      const byValue = new Map<FlagValue, FlagRead[]>();
      for (const read of reads) {
        const value = read.inTest ? undefined : defaultOf(read);
        if (value !== undefined) byValue.set(value, [...(byValue.get(value) ?? []), read]);
      }
      if (byValue.size < 2) continue;
      // The odd one out is where to look first; among equals the one that comes last.
      const [odd, ...others] = [...byValue].reverse().sort((a, b) => a[1].length - b[1].length);
      const [here, [read]] = odd!;
      const rest = [...byValue].filter(([value]) => value !== here);
      yield {
        path: read!.path,
        range: read!.default!.range,
        subject: key,
        data: { key, here, others: others.map(([value, list]) => ({ value, reads: list.length })) },
        related: rest.flatMap(([value, list]) =>
          list.map((one) => ({
            path: one.path,
            range: one.default!.range,
            message: `'${key}' falls back to ${shown(value)} here`,
          })),
        ),
      };
    }
  },
  message: ({ data: { key, here, others } }) => {
    const rest = others.map(({ value, reads }) => `${shown(value)} in ${count(reads, 'other read')}`).join(', ');
    return `'${key}' falls back to ${shown(here)} here, and to ${rest}.`;
  },
});

/** The literal that the read itself falls back to; that of a function which it goes through is written once. */
function defaultOf({ default: fallback, through }: FlagRead): FlagValue | undefined {
  const value = through?.exact === false ? undefined : fallback?.value;
  return value?.kind === 'boolean' || value?.kind === 'string' || value?.kind === 'number' ? value.value : undefined;
}

function shown(value: FlagValue): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}
