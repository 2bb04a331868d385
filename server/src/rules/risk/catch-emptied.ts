import { lineEnd } from '../../change/comments.ts';
import { count } from '../../core/count.ts';
import type { Severity } from '../../core/finding.ts';
import type { TextRange } from '../../core/text.ts';
import type { Feature } from '../../facts/change-facts.ts';
import { anchorOf } from '../comparing/anchor.ts';
import { type CatchPair, isWrapped, pairCatches } from '../comparing/catches.ts';
import { type Compared, shownName } from '../comparing/compared.ts';
import { differing } from '../comparing/differing.ts';
import { type Extended, extend, helpersOf } from '../comparing/extended.ts';
import { ofKind } from '../comparing/of-kind.ts';
import { isOfReplacedHelper } from '../comparing/replaced-helper.ts';
import { toldOnce } from '../comparing/told-once.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

type Loss = 'empty' | 'logs' | 'silent' | 'passes-nothing' | 'goes-on' | 'tells-less';

interface Data {
  readonly loss: Loss;
  readonly call: string;
  readonly from: string;
  /** The deed that is gone, for a person: `throw`, `refund`. */
  readonly deed: string;
  /** How many more of the change lost the same, told as hints. */
  readonly beside?: number;
}

export default defineRule({
  id: 'risk/catch-emptied',
  title: 'Catch that does less than it did',
  why: 'A handler that is empty, or only logs, is the commonest step from a small failure to a catastrophic one: the code goes on as if nothing had happened.',
  severity: 'warning',
  scope: 'change',
  group: 'errors',
  check: (input) =>
    toldOnce(emptied(input), {
      input,
      id: 'risk/catch-emptied',
      group: 'errors',
      most: mostAlike,
      causeOf: ({ data: { loss, deed } }) => `${loss} ${deed}`,
    }),
  message: ({ data }) => {
    const { beside = 0 } = data;
    return beside === 0
      ? messageOf(data)
      : `${messageOf(data)} So it is in ${count(beside, 'other place')} of this change.`;
  },
});

/** More of one kind than these are a change of the way how failures are handled: told once. */
const mostAlike = 3;

function* emptied(input: RuleInput): Iterable<Evidence<Data>> {
  const helpers = helpersOf(input);
  for (const compared of differing(input, 'catch')) {
    const [base, now] = [extend(compared.base, helpers.removed), extend(compared.now, helpers.added)];
    for (const pair of pairCatches(catchesOf(base), catchesOf(now))) {
      const lost = lossOf(pair.base, pair.now, now, compared);
      if (!lost || isHandledAround(pair, base, now) || isOfReplacedHelper(pair.base, compared, helpers)) continue;
      const { path } = compared;
      yield {
        path,
        range: placeOf(pair.base, pair.now, compared),
        subject: compared.now.id,
        severity: lost.severity,
        compared,
        related: [{ path, range: compared.now.nameRange, message: 'The catch that stood here', text: pair.base.text }],
        data: { ...lost, call: shownCall(pair), from: shownName(compared.now) },
      };
      break;
    }
  }
}

function messageOf({ loss, call, from, deed }: Data): string {
  const around = call === '' ? 'The catch' : `The catch around '${call}'`;
  if (loss === 'empty') return `${around} is empty now: a failure leaves no trace, and '${deed}' no longer happens.`;
  if (loss === 'logs') return `${around} only logs now: '${deed}' no longer happens, and the code goes on.`;
  if (loss === 'silent') return `${around} no longer logs: a failure leaves no trace.`;
  if (loss === 'goes-on') return `${around} no longer leaves: after a failure the code below it runs, too.`;
  if (loss === 'tells-less') return `${around} no longer does '${deed}': a failure is told to nobody.`;
  return `${around} no longer passes the failure on ('${deed}'): the caller of ${from} goes on as if it had succeeded.`;
}

function catchesOf({ features }: Extended): readonly Feature[] {
  return ofKind(features, 'catch');
}

/** All that both protect runs in the arguments of a call that was not around it: `withCron(async () => ...)` takes a failure up. */
function isHandledAround({ base, now }: CatchPair, before: Extended, whole: Extended): boolean {
  const both = (base.protects ?? []).filter((key) => now.protects?.includes(key));
  const calls = whole.calls.filter(({ key }) => both.includes(key));
  return (
    calls.length > 0 &&
    calls.every((one) =>
      isWrapped(
        one,
        before.calls.filter(({ key }) => key === one.key),
      ),
    )
  );
}

interface Lost {
  readonly loss: Loss;
  readonly deed: string;
  readonly severity?: Severity;
}

/** What a handler no longer does, unless something else does it in its place. */
function lossOf(base: Feature, now: Feature, whole: Extended, compared: Compared): Lost | undefined {
  const [before, after] = [base.words ?? [], now.words ?? []];
  const isGained = (word: string) => !before.includes(word);
  // A new comment is the reason that this rule would ask for.
  if (after.some((word) => word.startsWith('# ') && isGained(word) && !/\b(?:TODO|FIXME|XXX)\b/.test(word)))
    return undefined;
  const lost = before.filter(
    (word) => isDeed(word) && !after.includes(word) && !isElsewhere(word, base, whole, compared),
  );
  const does = after.filter(isDeed);
  // It may still throw in some cases, but no longer in the end.
  const ends = base.value !== 'handles' && now.value === 'handles' && !isElsewhere('throw', base, whole, compared);
  const passed = lost.find((word) => word === 'throw' || word.startsWith('pass ')) ?? (ends ? 'throw' : undefined);
  const gained = does.filter((word) => isGained(word) && !isEmptyReturn(word));
  if (gained.length > 0) return undefined;
  const main = passed ?? lost.find((word) => word.startsWith('call ')) ?? lost.find((word) => word !== 'leave');
  if (does.length === 0 && main !== undefined)
    return {
      loss: after.includes('log') ? 'logs' : 'empty',
      deed: shownDeed(main),
      // Without its value the caller gets undefined; often that is what it asks for now.
      severity: main.startsWith('return ') ? 'info' : undefined,
    };
  if (passed && (ends || !does.some(passesOn))) {
    const swallows = does.some((word) => isEmptyReturn(word) && isGained(word));
    return { loss: 'passes-nothing', deed: shownDeed(passed), severity: swallows ? 'info' : undefined };
  }
  if (lost.includes('leave') && !does.some((word) => word.startsWith('return ') || passesOn(word)))
    return { loss: 'goes-on', deed: 'return' };
  const told = lost.find((word) => word.startsWith('call ') && tells.test(word));
  if (told && !does.some((word) => tells.test(word) || passesOn(word)))
    return { loss: 'tells-less', deed: shownDeed(told), severity: 'info' };
  if (before.includes('log') && after.filter((word) => !word.startsWith('# ')).length === 0 && !isLoggedElsewhere())
    return { loss: 'silent', deed: 'log', severity: 'info' };
  return undefined;

  function isLoggedElsewhere(): boolean {
    return catchesOf(whole).some((one) => one !== now && one.words?.includes('log') && !isOf(one, compared.base));
  }
}

function isOf(one: Feature, declaration: Compared['base']): boolean {
  return declaration.features.some((at) => at.kind === 'catch' && at.key === one.key);
}

/** Words of calls that tell somebody of a failure, or undo what it left. */
const tells = /error|fail|toast|notif|snack|alert|rollback|abort|refund|revert|undo|flash|report|reject|exit/i;

/** What counts: not a question, a log, or a comment. */
function isDeed(word: string): boolean {
  return word !== 'log' && word !== 'test' && !word.startsWith('# ') && !/^call \w+Log$/.test(word);
}

function passesOn(word: string): boolean {
  return word === 'throw' || word.startsWith('pass ');
}

/** `return null` and the like say that there is nothing, not that something failed. */
function isEmptyReturn(word: string): boolean {
  return /^return (?:null|undefined|false|true|0|-1|''|""|``|\[\]|\{\})$/.test(word);
}

/** It happens outside of this handler now, and did not before: in `finally`, below, or in what is called there. */
function isElsewhere(
  word: string,
  from: Feature,
  whole: Extended,
  { base, now, baseText, nowText }: Compared,
): boolean {
  const called = /^(?:call|pass) (.*)$/s.exec(word)?.[1];
  if (called !== undefined && !/\(\s*[\w$.]+\s*\)$/.test(from.text)) {
    const count = (calls: readonly { name: string }[]) => calls.filter((one) => one.name === called).length;
    return count(whole.calls) >= Math.max(1, count(base.calls));
  }
  if (word === 'leave') return false;
  // After a failure or not: what stood at both ends of the code stands once now.
  if (
    whole.features.some(({ kind, value, words }) => kind === 'cleanup' && value === 'finally' && words?.includes(word))
  )
    return true;
  const pattern = escaped(called ?? word.replace(/^set (.*)$/s, '$1 =').replace(/^return /, '')).replace(
    /\s+/g,
    '\\s+',
  );
  const find = new RegExp(word.startsWith('return ') ? `(?:return|=>)\\s*\\(*\\s*${pattern}` : pattern, 'g');
  const count = (of: string) => [...of.matchAll(find)].length;
  const before = count(baseText.slice(base.range.start, base.range.end));
  return count(nowText.slice(now.range.start, now.range.end)) >= Math.max(1, before);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function placeOf(base: Feature, now: Feature, compared: Compared): TextRange {
  if (!compared.now.features.includes(now)) return anchorOf(compared, base.range);
  const { start, end } = now.range;
  return { start, end: Math.min(end, lineEnd(compared.nowText, start)) };
}

function shownDeed(word: string): string {
  const shown = word.replace(/^(?:call|pass) /, '').replace(/^set (.*)$/s, '$1 = ...');
  return shown.length <= 50 ? shown : `${shown.slice(0, 50)}...`;
}

/** The first one that both protect. */
function shownCall({ base, now }: CatchPair): string {
  const key = base.protects?.find((one) => now.protects?.includes(one)) ?? base.protects?.[0] ?? '';
  return key.replace(/^.*\./, '').replace('?', '');
}
