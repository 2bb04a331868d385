import type { Feature } from '../../facts/change-facts.ts';
import type { Compared } from '../comparing/compared.ts';
import { differing } from '../comparing/differing.ts';
import { isExplainedAnew } from '../comparing/explained.ts';
import { type Extended, extend, helpersOf } from '../comparing/extended.ts';
import { ofKind } from '../comparing/of-kind.ts';
import { isChanged, pairValues, type ValuePair } from '../comparing/paired-values.ts';
import { isRemovedValue, ownerless, removedPlace } from '../comparing/removed-value.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly owner: string;
  readonly from: string;
  /** Undefined: removed. */
  readonly to: string | undefined;
  readonly longer: boolean;
}

export default defineRule({
  id: 'risk/timeout-changed',
  title: 'Timeout changed or removed',
  why: 'A limit of time decides how long a slow dependency may hold its callers, and from when on slow calls fail. Changes of constants are among the commonest causes of incidents.',
  severity: 'warning',
  scope: 'change',
  group: 'time',
  *check(input): Iterable<Evidence<Data>> {
    const helpers = helpersOf(input);
    for (const compared of differing(input, 'timeout')) {
      const now = extend(compared.now, helpers.added);
      const pair = changedTimeout(extend(compared.base, helpers.removed), now, compared, input);
      if (!pair) continue;
      const { path } = compared;
      const own = pair.now && compared.now.features.includes(pair.now);
      const range = own ? pair.now!.range : removedPlace(pair.base, now, compared);
      yield {
        path,
        range,
        subject: compared.now.id,
        severity: pair.now && isExplainedAnew(compared, range.start) ? 'hint' : undefined,
        compared,
        related: [{ path, range, message: 'It was', text: pair.base.text }],
        data: {
          owner: pair.base.owner ?? '',
          from: pair.base.literal ?? '',
          to: pair.now?.literal,
          longer: Number(pair.now?.value) > Number(pair.base.value),
        },
      };
    }
  },
  message: ({ data: { owner, from, to, longer } }) => {
    if (to === undefined)
      return `The timeout of '${owner}' (${from}) is gone: a dependency that hangs now holds its caller without limit.`;
    const why = longer
      ? 'a dependency that hangs now holds its caller longer'
      : 'slow calls that used to succeed now fail';
    return `The timeout of '${owner}' went from ${from} to ${to}: ${why}.`;
  },
});

function changedTimeout(base: Extended, now: Extended, compared: Compared, input: RuleInput): ValuePair | undefined {
  const pairs = pairValues(timeoutsOf(base), timeoutsOf(now), ownerless);
  return pairs.find((pair) => (pair.now ? isChanged(pair.base, pair.now) : isGone(pair.base, now, compared, input)));
}

function timeoutsOf({ features }: Extended): readonly Feature[] {
  return ofKind(features, 'timeout');
}

function isGone(base: Feature, now: Extended, compared: Compared, input: RuleInput): boolean {
  const isKnown = base.value !== undefined || base.owner === 'AbortSignal.timeout';
  return isKnown && isRemovedValue(base, now, compared, input);
}
