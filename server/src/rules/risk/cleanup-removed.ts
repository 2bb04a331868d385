import type { CallFact, Declaration, Feature } from '../../facts/change-facts.ts';
import { anchorOf } from '../comparing/anchor.ts';
import { type Compared, shownName } from '../comparing/compared.ts';
import { type Extended, helpersOf } from '../comparing/extended.ts';
import { lostFeatures } from '../comparing/features.ts';
import { lostTeardowns } from '../comparing/lost-teardown.ts';
import { mayFail } from '../comparing/may-fail.ts';
import { isOfReplacedHelper } from '../comparing/replaced-helper.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly how: string;
  /** What it did, for a person: `clearTimeout`, `setBusy`. */
  readonly deed: string;
  /** The call that stays. */
  readonly call: string;
  readonly from: string;
}

export default defineRule({
  id: 'risk/cleanup-removed',
  title: 'Cleanup removed while what it cleans up stays',
  why: 'What is opened, subscribed or started and never undone piles up: memory, connections and listeners, slowly, until something far away fails.',
  severity: 'warning',
  scope: 'change',
  group: 'errors',
  *check(input): Iterable<Evidence<Data>> {
    const told = new Set<string>();
    for (const { compared, lost, now } of lostFeatures(input, 'cleanup')) {
      const call = keptCall(lost, now, compared, input);
      const { path } = compared;
      if (isOfReplacedHelper(lost, compared, helpersOf(input))) continue;
      if (!call || told.has(`${path} ${compared.now.id}`)) continue;
      told.add(`${path} ${compared.now.id}`);
      const isOwn = compared.now.calls.some((one) => one.range === call.range);
      const isAtCall = isOwn && (lost.value === 'signal' || lost.value === 'effect');
      const range = isAtCall ? call.range : anchorOf(compared, lost.range);
      yield {
        path,
        range,
        subject: compared.now.id,
        severity: onlyLogs(lost) ? 'hint' : isUndoneElsewhere(lost, compared, input) ? 'info' : undefined,
        compared,
        related: [{ path, range, message: 'The cleanup that stood here', text: lost.text }],
        data: { how: lost.value ?? '', deed: deedOf(lost), call: call.name, from: shownName(compared.now) },
      };
    }
    for (const { path, gone, by, call, text } of lostTeardowns(input)) {
      if (told.has(`${path} ${by.id}`)) continue;
      told.add(`${path} ${by.id}`);
      const { range } = call;
      yield {
        path,
        range,
        subject: `${by.id} ${gone.name}`,
        declaration: by,
        related: [{ path, range, message: 'The cleanup that stood here', text }],
        data: { how: 'teardown', deed: gone.name, call: call.name, from: shownName(by) },
      };
    }
  },
  message: ({ data: { how, deed, call, from } }) => {
    switch (how) {
      case 'teardown':
        return `'${deed}' is gone, and ${from} still calls '${call}': nothing undoes it when the object goes.`;
      case 'finally':
        if (deed === '')
          return `The 'finally' around '${call}' is gone: nobody reads in the log any more that it ended.`;
        return `The 'finally' around '${call}' is gone: '${deed}' no longer happens, after a failure least of all.`;
      case 'effect':
        return `The effect no longer returns its cleanup: what '${call}' started goes on after it, once more each time it runs.`;
      case 'using':
        return `'using' is gone: nobody disposes of what '${call}' gave ${from}.`;
      case 'signal':
        return `'${call}' no longer gets the signal: it cannot be aborted, and goes on when nobody wants its answer.`;
      default:
        return `'${deed}' is gone, and '${call}' stays: nothing undoes it any more.`;
    }
  },
});

/** The call that is left without its cleanup; undefined when it is gone too, or cleaned up otherwise. */
function keptCall(lost: Feature, now: Extended, compared: Compared, input: RuleInput): CallFact | undefined {
  if (lost.value === 'release') return acquired(lost, now, compared, input);
  const left = protectedCalls(lost, now, compared);
  switch (lost.value) {
    case 'finally': {
      const gone = onlyLogs(lost)
        ? !textOf(compared.now, compared.nowText).includes(insideOf(lost))
        : (lost.words ?? []).some((word) => /^(?:call|pass|set|drop) /.test(word) && !stillDone(word, now, compared));
      const named = left.filter(({ name }) => !/^(?:then|catch|finally)$/.test(name));
      const fails = (one: CallFact) => mayFail(one, textOf(one, compared.nowText));
      return gone && !hasFinally(compared, input)
        ? (named.find(({ stands }) => stands === 'awaited') ?? named.find(fails))
        : undefined;
    }
    case 'effect': {
      const isDone = (lost.words ?? []).some((word) => stillDone(word, now, compared));
      return isDone ? undefined : left.find((one) => one.within.includes(lost.owner ?? '') && !isSetter(one));
    }
    default:
      return left[0];
  }
}

/** Nothing piles up without it. */
function onlyLogs({ value, words = [] }: Feature): boolean {
  return (
    value === 'finally' && words.includes('log') && words.every((word) => word === 'log' || /^#|^test$/.test(word))
  );
}

function insideOf({ text }: Feature): string {
  return text.slice(text.indexOf('{') + 1, text.lastIndexOf('}')).trim();
}

function textOf({ range }: Pick<CallFact, 'range'>, text: string): string {
  return text.slice(range.start, range.end);
}

/** Another declaration has more of them than it had: this one moved there, and was written anew. */
function hasFinally({ now }: Compared, { pairs }: RuleInput): boolean {
  const count = (one: Declaration | undefined) =>
    (one?.features ?? []).filter(({ value }) => value === 'finally').length;
  return pairs.some((pair) => pair.now !== now && count(pair.now) > count(pair.base));
}

/** Calls that it cleaned up after, where none of them went with it. */
function protectedCalls(lost: Feature, now: Extended, { base }: Compared): CallFact[] {
  const count = (calls: readonly CallFact[], key: string) => calls.filter((one) => one.key === key).length;
  return now.calls.filter((one) => isProtected(one, lost) && count(now.calls, one.key) >= count(base.calls, one.key));
}

function isProtected({ key }: CallFact, { protects }: Feature): boolean {
  return protects?.includes(key) ?? false;
}

/** `setItems(...)` starts nothing that would have to be stopped. */
function isSetter({ name }: CallFact): boolean {
  return /^set[A-Z]/.test(name) && !/^set(?:Timeout|Interval|Immediate)$/.test(name);
}

/** What was acquired, here, in another member of the same class or in what holds it, as often as before: who drops both lost nothing. */
function acquired(lost: Feature, now: Extended, compared: Compared, input: RuleInput): CallFact | undefined {
  const isIt = new RegExp(`^(?:${lost.words?.[0] ?? ''})$`);
  const own = (calls: readonly CallFact[]) => calls.filter(({ name }) => isIt.test(name));
  const [before, after] = [own(compared.base.calls), own(now.calls)];
  if (before.length > 0) return after.length >= before.length ? after[0] : undefined;
  return own(relativesOf(compared, input).flatMap(({ calls }) => calls))[0];
}

/** Members of the same class or function, and those that hold it. */
function relativesOf({ now, path }: Compared, input: RuleInput): Declaration[] {
  const { container, id } = now;
  if (container === '') return [];
  const isAround = (one: Declaration) => container === one.id || container.startsWith(`${one.id} > `);
  return (input.changeFacts(path)?.declarations ?? []).filter(
    (one) => one.id !== id && (one.container === container || isAround(one)),
  );
}

/** The same is still undone at another place: it lasts longer than it did, but not for ever. */
function isUndoneElsewhere(lost: Feature, compared: Compared, input: RuleInput): boolean {
  return [compared.now, ...relativesOf(compared, input)].some(({ features }) =>
    features.some(({ kind, text }) => kind === 'cleanup' && text === lost.text),
  );
}

/** The same thing happens as often as before, in whatever place. */
function stillDone(word: string, now: Extended, { base, now: own, baseText, nowText }: Compared): boolean {
  const called = /^(?:call|pass) (.*)$/s.exec(word)?.[1];
  if (called !== undefined) {
    const count = (calls: readonly CallFact[]) => calls.filter((one) => one.name === called).length;
    return count(now.calls) >= Math.max(1, count(base.calls));
  }
  const [, deed, name] = /^(set|drop) (.*)$/s.exec(word) ?? [];
  if (name === undefined) return false;
  const written = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const isIt = new RegExp(
    deed === 'set' ? `${written}\\s*(?:[-+*/%&|^?]*=(?![=>])|\\+\\+|--)` : `delete ${written}`,
    'g',
  );
  const count = (text: string) => text.match(isIt)?.length ?? 0;
  return (
    count(nowText.slice(own.range.start, own.range.end)) >= count(baseText.slice(base.range.start, base.range.end))
  );
}

function deedOf({ value, key, words, owner }: Feature): string {
  if (value === 'release') return owner ?? key;
  const word = words?.find((one) => /^(?:call|pass|set|drop) /.test(one)) ?? '';
  return word
    .replace(/^(?:call|pass) /, '')
    .replace(/^set (.*)$/s, '$1 = ...')
    .replace(/^drop /, 'delete ');
}
