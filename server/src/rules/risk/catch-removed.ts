import type { TextRange } from '../../core/text.ts';
import type { CallFact, Feature } from '../../facts/change-facts.ts';
import { isWrapped } from '../comparing/catches.ts';
import { type Compared, shownName } from '../comparing/compared.ts';
import { differing } from '../comparing/differing.ts';
import { type Extended, type ExtendedCall, extend, type Helpers, helpersOf } from '../comparing/extended.ts';
import { mayFail } from '../comparing/may-fail.ts';
import { isOfReplacedHelper } from '../comparing/replaced-helper.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly call: string;
  readonly from: string;
  readonly outcome: string | undefined;
  readonly taken: boolean;
}

export default defineRule({
  id: 'risk/catch-removed',
  title: 'Catch removed while the call that it protected stays',
  why: 'Most catastrophic failures start as an error that somebody forgot to handle. A call that used to be caught now takes its caller down with it.',
  severity: 'warning',
  scope: 'change',
  group: 'errors',
  *check(input): Iterable<Evidence<Data>> {
    const helpers = helpersOf(input);
    for (const compared of differing(input, 'catch')) {
      const gone = goneCatch(compared, helpers, input);
      if (!gone) continue;
      const { path, now, nowText } = compared;
      const { range } = gone.call.own;
      yield {
        path,
        range,
        subject: now.id,
        severity: gone.feature.value === 'passes' || gone.taken ? 'info' : undefined,
        compared,
        related: [{ path, range, message: 'The catch that stood here', text: gone.feature.text }],
        data: {
          call: gone.call.own.key === gone.call.key ? shownCall(nowText.slice(range.start, range.end)) : gone.call.name,
          from: shownName(now),
          outcome: gone.feature.value,
          taken: gone.taken,
        },
      };
    }
  },
  message: ({ data: { call, from, outcome, taken } }) => {
    const gone = `The catch around '${call}' is gone`;
    if (outcome === 'passes') return `${gone}: what it did before it passed a failure on no longer happens.`;
    if (taken) return `${gone}: a failure now goes to the next catch above it, which does something else.`;
    if (outcome === 'translates') return `${gone}: the caller of ${from} now gets the failure as it is.`;
    return `${gone}: a failure now reaches the caller of ${from}.`;
  },
});

interface Gone {
  readonly feature: Feature;
  readonly call: ExtendedCall;
  /** Another catch, around it or in its callers, takes the failure now. */
  readonly taken: boolean;
}

/** The first catch of the base that is gone while a call that it protected stays; best one that nothing else catches now. */
function goneCatch(compared: Compared, helpers: Helpers, input: RuleInput): Gone | undefined {
  const base = extend(compared.base, helpers.removed);
  const catches = base.features.filter((one) => one.kind === 'catch');
  if (catches.length === 0) return undefined;
  const now = extend(compared.now, helpers.added);
  if (now.features.filter((one) => one.kind === 'catch').length >= catches.length) return undefined;
  const callers = catchingCallers(compared, input);
  if (callers === 'new') return undefined;
  for (const depth of [0, 1, 2])
    for (const feature of catches) {
      if (isOfReplacedHelper(feature, compared, helpers)) continue;
      const call = looseCall(feature, depth, base, now, input);
      if (call) return { feature, call, taken: depth > 0 || callers === 'all' };
    }
  return undefined;
}

/** A call that the catch protected, with at most so many catches around it now, and more of them at the base. */
function looseCall(
  feature: Feature,
  depth: number,
  base: Extended,
  now: Extended,
  input: RuleInput,
): ExtendedCall | undefined {
  const keys = feature.protects ?? [];
  // What stood in the handler itself is gone with it.
  const stood = base.calls.filter(({ range }) => !contains(feature.range, range));
  // Where promises were protected, it is they that matter: a callback may have taken them over with all the rest.
  const promises = stood.some((one) => one.awaited && keys.includes(one.key));
  const isChained = feature.text.startsWith('.');
  for (const key of keys) {
    const before = stood.filter((one) => one.key === key);
    // Nobody waited for it, but its failure was caught: `save().catch(report)` became `save()`.
    const isBare = (one: ExtendedCall) => one.stands === 'bare' && before.some((at) => at.stands === 'chained');
    const isPromise = (one: ExtendedCall) => one.awaited || (isChained && one.stands === 'used');
    const loose = now.calls.filter(
      (one) =>
        one.key === key && one.caught <= depth && (isBare(one) || (mayFail(one) && (isPromise(one) || !promises))),
    );
    if (loose.length <= before.filter((one) => one.caught <= depth).length) continue;
    const call = loose.find((one) => !isWrapped(one, before) && !catchesItself(one, input));
    if (call) return call;
  }
  return undefined;
}

function contains(outer: TextRange, inner: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** What is called catches more now than it did. */
function catchesItself(call: ExtendedCall, input: RuleInput): boolean {
  return input.pairs.some(({ base, now }) => now?.name === call.name && catchCount(now) > catchCount(base));
}

/** `new` where a caller in the change catches it now and did not, `all` where all callers in its own file do. */
function catchingCallers({ now, path }: Compared, input: RuleInput): 'new' | 'all' | undefined {
  const caught = (calls: readonly CallFact[] | undefined) =>
    (calls ?? []).filter((one) => one.name === now.name && one.caught > 0).length;
  if (input.pairs.some((pair) => pair.now !== now && caught(pair.now?.calls) > caught(pair.base?.calls))) return 'new';
  if (now.exported) return undefined;
  const calls = (input.changeFacts(path)?.declarations ?? []).flatMap((one) =>
    one.calls.filter((at) => at.name === now.name),
  );
  return calls.length > 0 && calls.every((one) => one.caught > 0) ? 'all' : undefined;
}

function catchCount(declaration: Compared['now'] | undefined): number {
  return declaration?.features.filter((one) => one.kind === 'catch').length ?? 0;
}

function shownCall(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= 50 ? line : `${line.slice(0, line.indexOf('(') + 1).slice(0, 60)}...)`;
}
