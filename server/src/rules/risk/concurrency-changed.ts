import { lineEnd } from '../../change/comments.ts';
import type { Severity } from '../../core/finding.ts';
import type { TextRange } from '../../core/text.ts';
import type { Feature } from '../../facts/change-facts.ts';
import { anchorOf } from '../comparing/anchor.ts';
import type { Compared } from '../comparing/compared.ts';
import { differing } from '../comparing/differing.ts';
import { isExplainedAnew } from '../comparing/explained.ts';
import { type Extended, extend, helpersOf } from '../comparing/extended.ts';
import { pairValues } from '../comparing/paired-values.ts';
import { isRemovedValue, ownerless, removedPlace } from '../comparing/removed-value.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly change: 'value' | 'gone' | 'unbounded' | 'unlimited' | 'serial';
  /** The name of the value, or the call that runs in the loop. */
  readonly what: string;
  readonly from: string;
  readonly to: string;
}

export default defineRule({
  id: 'risk/concurrency-changed',
  title: 'Concurrency changed',
  why: 'How much is done at a time decides what databases and other services have to bear, and how long a batch takes. Tests with three items show neither.',
  severity: 'warning',
  scope: 'change',
  group: 'time',
  *check(input): Iterable<Evidence<Data>> {
    const helpers = helpersOf(input);
    for (const compared of differing(input, 'concurrency')) {
      const now = extend(compared.now, helpers.added);
      const base = extend(compared.base, helpers.removed);
      const changed = changedLoop(base, now, compared) ?? changedLimit(base, now, compared, input);
      if (!changed) continue;
      const { path } = compared;
      const { feature, range, data } = changed;
      const severity = data.change === 'value' && isExplainedAnew(compared, range.start) ? 'hint' : changed.severity;
      const related = [{ path, range, message: 'It was', text: feature.text }];
      yield { path, range, subject: compared.now.id, severity, compared, related, data };
    }
  },
  message: ({ data: { change, what, from, to } }) => {
    switch (change) {
      case 'unbounded':
        return `'${what}' ran one by one, and runs for all items at once now: as many at a time as there are items.`;
      case 'unlimited':
        return `'${what}' ran a few at a time, and runs for all items at once now: as many at a time as there are items.`;
      case 'serial':
        return `'${what}' ran for all items at once, and runs one by one now: it takes as long as all of them together.`;
      case 'gone':
        return `The limit ${what} (${from}) is gone: how much is done at a time is up to a default now.`;
      default:
        return `${what} went from ${from} to ${to}: ${Number(to) < Number(from) ? 'work may queue up that did not' : 'what stands behind it has to bear more at a time'}.`;
    }
  },
});

interface Changed {
  /** As it was at the base. */
  readonly feature: Feature;
  readonly range: TextRange;
  readonly severity?: Severity;
  readonly data: Data;
}

/** The same call in a loop of another kind. */
function changedLoop(base: Extended, now: Extended, compared: Compared): Changed | undefined {
  for (const feature of loopsOf(base)) {
    for (const call of feature.protects ?? []) {
      const kinds = (of: Extended) => loopsOf(of).filter((one) => one.protects?.includes(call));
      const other = kinds(now).find((one) => one.key !== feature.key);
      if (!other || kinds(now).length > 1 || kinds(base).length > 1 || other.key === 'limited') continue;
      if (/^Promise\.|\.(?:then|catch|push|json)$/.test(call)) continue;
      const change = other.key === 'one by one' ? 'serial' : feature.key === 'limited' ? 'unlimited' : 'unbounded';
      const data = { change, what: call.replace(/^[_?]\./, ''), from: '', to: '' } as const;
      // Slower at worst: mostly it is done to spare what stands behind it.
      const severity = change === 'serial' ? 'hint' : undefined;
      return { feature, range: firstLine(other, feature, compared), severity, data };
    }
  }
  return undefined;
}

function changedLimit(base: Extended, now: Extended, compared: Compared, input: RuleInput): Changed | undefined {
  const [before, after] = [limitsOf(base), limitsOf(now)];
  for (const { base: feature, now: to } of pairValues(before, after, ownerless)) {
    const data = { what: shownKey(feature), from: feature.literal ?? '', to: to?.literal ?? '' };
    // Rows of a page are no load.
    if (/^chunk/.test(feature.key) && compared.now.renders) continue;
    if (feature.value === undefined) continue;
    if (to?.value !== undefined && to.value !== feature.value && (feature.via === undefined || feature.via !== to.via))
      return { feature, range: firstLine(to, feature, compared), data: { change: 'value', ...data } };
    if (!to && after.length < before.length && isRemovedValue(feature, now, compared, input))
      return { feature, range: removedPlace(feature, now, compared), data: { change: 'gone', ...data } };
  }
  return undefined;
}

function loopsOf({ features }: Extended): Feature[] {
  return features.filter((one) => one.kind === 'concurrency' && one.protects !== undefined);
}

function limitsOf({ features }: Extended): Feature[] {
  return features.filter((one) => one.kind === 'concurrency' && one.protects === undefined);
}

function firstLine(now: Feature, base: Feature, compared: Compared): TextRange {
  if (!compared.now.features.includes(now)) return anchorOf(compared, base.range);
  const { start, end } = now.range;
  return { start, end: Math.min(end, lineEnd(compared.nowText, start)) };
}

function shownKey({ owner, text }: Feature): string {
  const name = /^['"]?([\w$-]+)['"]?\s*[:=]/.exec(text)?.[1];
  return name === undefined || name === owner ? `'${owner}'` : `'${name}' of '${owner}'`;
}
