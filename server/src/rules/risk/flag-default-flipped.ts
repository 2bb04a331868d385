import type { ChangedValue } from '../comparing/features.ts';
import { changedValues } from '../comparing/features.ts';
import { readWithFallback } from '../comparing/flag-fallback.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

export default defineRule({
  id: 'risk/flag-default-flipped',
  title: 'Fallback of a flag changed',
  why: 'A read falls back to its own value where the flag service does not answer, or does not know the flag: in an outage everybody gets it at once, and no rollout shows it before.',
  severity: 'warning',
  scope: 'change',
  group: 'default',
  *check(input): Iterable<Evidence<Data>> {
    const told = new Set<string>();
    for (const { compared, from, to } of fallbacks(input)) {
      const { path, now } = compared;
      const read = readWithFallback(to, path, input.inventory);
      if (!read || read.inTest || told.has(`${path} ${now.id}`)) continue;
      told.add(`${path} ${now.id}`);
      const { range } = to;
      yield {
        path,
        range,
        subject: now.id,
        compared,
        related: [{ path, range, message: 'The read was', text: from.text }],
        data: { key: read.key, from: from.literal ?? '', to: to.literal ?? '' },
      };
    }
  },
  message: ({ data: { key, from, to } }) =>
    `The fallback of flag '${key}' went from ${from} to ${to}: everybody gets it wherever the flag's own value cannot be had.`,
});

function* fallbacks(input: RuleInput): Iterable<ChangedValue> {
  yield* changedValues(input, 'flag-default');
  yield* changedValues(input, 'default');
}
