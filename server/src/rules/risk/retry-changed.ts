import { lineEnd } from '../../change/comments.ts';
import type { TextRange } from '../../core/text.ts';
import type { Feature } from '../../facts/change-facts.ts';
import type { Compared } from '../comparing/compared.ts';
import { differing } from '../comparing/differing.ts';
import { isExplainedAnew } from '../comparing/explained.ts';
import { type Extended, extend, helpersOf } from '../comparing/extended.ts';
import { ofKind } from '../comparing/of-kind.ts';
import { isChanged, pairValues } from '../comparing/paired-values.ts';
import { isRemovedValue, ownerless, removedPlace } from '../comparing/removed-value.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly what: string;
  readonly from: string;
  /** Undefined: removed. */
  readonly to: string | undefined;
  readonly more: boolean;
}

export default defineRule({
  id: 'risk/retry-changed',
  title: 'Retries changed or removed',
  why: 'Retries decide whether a short fault of a dependency is felt, and how hard it is hit while it recovers.',
  severity: 'warning',
  scope: 'change',
  group: 'time',
  *check(input): Iterable<Evidence<Data>> {
    const helpers = helpersOf(input);
    for (const compared of differing(input, 'retry')) {
      const now = extend(compared.now, helpers.added);
      const changed = changedRetry(extend(compared.base, helpers.removed), now, compared, input);
      if (!changed) continue;
      const { path } = compared;
      const { from, to, range } = changed;
      yield {
        path,
        range,
        subject: compared.now.id,
        severity: to && isExplainedAnew(compared, range.start) ? 'hint' : undefined,
        compared,
        related: [{ path, range, message: 'It was', text: from.text }],
        data: {
          what: shownKey(from, to === undefined),
          from: from.literal ?? '',
          to: to?.literal,
          more: Number(to?.value) > Number(from.value),
        },
      };
    }
  },
  message: ({ data: { what, from, to, more } }) => {
    if (to === undefined)
      return `${what}${from === '' ? '' : ` (${from})`} is gone: a short fault of what is called is felt at once now.`;
    const why = more ? 'a failing dependency is asked longer or harder now' : 'it gives up, or asks again, sooner now';
    return `${what} went from ${from} to ${to}: ${why}.`;
  },
});

interface Changed {
  readonly from: Feature;
  readonly to: Feature | undefined;
  readonly range: TextRange;
}

function changedRetry(base: Extended, now: Extended, compared: Compared, input: RuleInput): Changed | undefined {
  const [before, after] = [retriesOf(base), retriesOf(now)];
  for (const { base: from, now: to } of pairValues(before, after, ownerless)) {
    if (to && isChanged(from, to))
      return {
        from,
        to,
        range: compared.now.features.includes(to) ? placeOf(to, compared) : removedPlace(from, now, compared),
      };
    // Retries that are written otherwise now are no loss.
    if (!to && after.length < before.length && isGone(from, now, compared, input))
      return { from, to, range: removedPlace(from, now, compared) };
  }
  return undefined;
}

function retriesOf({ features }: Extended): readonly Feature[] {
  return ofKind(features, 'retry');
}

function isGone(base: Feature, now: Extended, compared: Compared, input: RuleInput): boolean {
  return (
    (base.value !== undefined || base.key.startsWith('wrap ')) &&
    base.value !== '0' &&
    isRemovedValue(base, now, compared, input)
  );
}

/** The first line: a wrapper spans what it wraps. */
function placeOf({ range: { start, end } }: Feature, { nowText }: Compared): TextRange {
  return { start, end: Math.min(end, lineEnd(nowText, start)) };
}

function shownKey({ key, owner, text }: Feature, gone: boolean): string {
  if (key.startsWith('wrap ')) return gone ? `The wrapper '${owner}'` : `The number of '${owner}'`;
  const name = /^['"]?([\w$-]+)/.exec(text)?.[1] ?? ownerless(key);
  return owner && owner !== name ? `'${name}' of '${owner}'` : `'${name}'`;
}
