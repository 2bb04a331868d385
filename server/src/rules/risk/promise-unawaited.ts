import type { CallFact, Declaration } from '../../facts/change-facts.ts';
import { type Compared, shownName } from '../comparing/compared.ts';
import { differing } from '../comparing/differing.ts';
import { type ExtendedCall, extend, type Helpers, helpersOf } from '../comparing/extended.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly call: string;
  readonly from: string;
  /** A catch stands around it, which no longer sees its failure. */
  readonly caught: boolean;
  /** It stands in a `forEach`, which waits for nothing. */
  readonly each: boolean;
}

export default defineRule({
  id: 'risk/promise-unawaited',
  title: 'Promise that nobody waits for any more',
  why: 'Without `await` or `return` the code goes on before the work is done, and its failure is an unhandled rejection that no catch sees.',
  severity: 'warning',
  scope: 'change',
  group: 'errors',
  *check(input): Iterable<Evidence<Data>> {
    const helpers = helpersOf(input);
    const dropped = droppedIn(input, helpers);
    for (const { compared, calls } of dropped) {
      const found = calls.find(({ call }) => !isSweep(call.key, dropped));
      if (!found) continue;
      const { call, text, each } = found;
      const { path, now } = compared;
      yield {
        path,
        range: call.own.range,
        subject: now.id,
        compared,
        related: [{ path, range: call.own.range, message: 'The call as it stood here', text }],
        data: { call: call.key.replace(/^[_?]\./, ''), from: shownName(now), caught: call.caught > 0, each },
      };
    }
  },
  message: ({ data: { call, from, caught, each } }) => {
    if (each) return `'${call}' was awaited, and runs in a 'forEach' now: ${from} goes on before any of it is done.`;
    const gone = `Nobody waits for '${call}' any more: ${from} goes on before it is done`;
    return caught
      ? `${gone}, and the catch around it no longer sees its failure.`
      : `${gone}, and its failure is unhandled.`;
  },
});

interface Dropped {
  readonly compared: Compared;
  readonly calls: readonly { readonly call: ExtendedCall; readonly text: string; readonly each: boolean }[];
}

function droppedIn(input: RuleInput, helpers: Helpers): Dropped[] {
  const found: Dropped[] = [];
  for (const compared of differing(input, 'calls')) {
    const base = extend(compared.base, helpers.removed).calls;
    const now = extend(compared.now, helpers.added).calls;
    const calls = [...bare(base, now, compared, input), ...inForEach(base, now, compared, input)];
    if (calls.length > 0) found.push({ compared, calls });
  }
  return found;
}

/** Calls that are statements of their own now, and were waited for. */
function* bare(
  base: readonly ExtendedCall[],
  now: readonly ExtendedCall[],
  compared: Compared,
  input: RuleInput,
): Iterable<Dropped['calls'][number]> {
  const seen = new Set<string>();
  for (const call of now) {
    if (call.stands !== 'bare' || seen.has(call.key) || isOfAnyList(call)) continue;
    seen.add(call.key);
    const before = base.filter(({ key }) => key === call.key);
    const after = now.filter(({ key }) => key === call.key);
    const waits = (all: readonly CallFact[]) => all.filter(isAwaited).length;
    const loose = (all: readonly CallFact[]) => all.filter((one) => one.stands === 'bare').length;
    if (waits(before) <= waits(after) || loose(before) >= loose(after)) continue;
    if (!isPromise(call, before, compared, input)) continue;
    // Of several calls of the same name the one that lost its await is not told apart by its place alone.
    yield {
      call: lastBare(before, after) ?? call,
      text: textOf(before.find(isAwaited), compared),
      each: false,
    };
  }
}

/** `items.map(...)` of a helper that came or went is any list's. */
function isOfAnyList({ name, key, own }: ExtendedCall): boolean {
  return own.key !== key && /^(?:map|flatMap|filter|reduce|forEach)$/.test(name);
}

/** The first bare call that has no bare counterpart, counted from the top. */
function lastBare(before: readonly ExtendedCall[], after: readonly ExtendedCall[]): ExtendedCall | undefined {
  const at = after.findIndex((one, i) => one.stands === 'bare' && before[i]?.stands !== 'bare');
  return after[at];
}

/** Calls that were waited for one by one or all together, and stand in the callback of a `forEach` now. */
function* inForEach(
  base: readonly ExtendedCall[],
  now: readonly ExtendedCall[],
  compared: Compared,
  input: RuleInput,
): Iterable<Dropped['calls'][number]> {
  for (const call of now) {
    if (!call.awaited || !call.within.includes('forEach')) continue;
    const loop = now.find((one) => one.name === 'forEach' && holds(one, call));
    if (loop === undefined || loop.awaited) continue;
    const before = base.filter(({ key }) => key === call.key);
    if (before.length === 0 || before.some((one) => one.within.includes('forEach'))) continue;
    if (before.some(isAwaited) && isPromise(call, before, compared, input))
      yield {
        call,
        text: textOf(before.find(isAwaited), compared),
        each: true,
      };
  }
}

/** `const [role, setRole] = useState()`, or what a component is given; `await setRole(user)` of a service is another matter. */
function isStateSetter({ name, key }: CallFact, { path, baseText }: Compared): boolean {
  if (!/^set[A-Z]/.test(name) || key !== name) return false;
  return /\.[jt]sx$/.test(path) || new RegExp(`,\\s*${name}\\s*\\]\\s*=`).test(baseText);
}

function isAwaited({ stands }: CallFact): boolean {
  return stands === 'awaited' || stands === 'returned';
}

function holds(one: CallFact, other: CallFact): boolean {
  return one.range.start <= other.range.start && other.range.end <= one.range.end;
}

/** Who awaits says that there is something to wait for; who only returns does not. */
function isPromise(call: ExtendedCall, before: readonly CallFact[], compared: Compared, input: RuleInput): boolean {
  const { now, path } = compared;
  // What answers a request, prints, or sets a state is waited for out of habit.
  if (
    /^(?:res|reply|response|console|logger|this\.logger)\b|^(?:next|super|dispatch|navigate|(?:this\.)?(?:router|history)\.\w+)\(/.test(
      shown(call, compared),
    )
  )
    return false;
  if (isStateSetter(call, compared) || isQueued(call, compared)) return false;
  const declared = declaredAs(call.name, path, input);
  if (declared.length > 0 && declared.every(isSync)) return false;
  if (input.pairs.some((pair) => pair.now?.name === call.name && pair.base?.async && !pair.now.async)) return false;
  if (before.some((one) => one.stands === 'awaited' || (one.stands === 'returned' && isInGroup(one)))) return true;
  if (/^(?:fetch|axios|Promise)\b/.test(call.key) || declared.some((one) => one.async)) return true;
  const own = (input.changeFacts(path)?.declarations ?? []).filter((one) => one.id !== now.id);
  return own.some(({ calls }) => calls.some((one) => one.name === call.name && one.stands === 'awaited'));
}

/** `pipeline.set(...)` of what is sent as a whole later: `await pipeline.exec()`. */
function isQueued(call: ExtendedCall, { now, nowText }: Compared): boolean {
  const receiver = /^([\w$]+)\s*\.\s*[\w$]+\s*\(/.exec(nowText.slice(call.own.range.start, call.own.range.end))?.[1];
  if (receiver === undefined) return false;
  const rest = nowText.slice(call.own.range.end, now.range.end);
  return new RegExp(
    `(?<![\\w$.])${receiver.replace(/\$/g, '\\$')}\\s*\\.\\s*(?:exec|execute|commit|flush)\\w*\\(`,
  ).test(rest);
}

/** `Promise.all(items.map((item) => push(item)))` */
function isInGroup({ within }: CallFact): boolean {
  return within.includes('all') || within.includes('allSettled');
}

/** Functions of that name in the same file, or in the change. */
function declaredAs(name: string, path: string, input: RuleInput): Declaration[] {
  const own = input.changeFacts(path)?.declarations ?? [];
  const others = input.pairs.flatMap(({ now }) => (now ? [now] : []));
  return [...own, ...others].filter((one) => one.name === name && one.kind !== 'class' && one.kind !== 'module');
}

/** It is not `async`, and returns nothing that may be a promise. */
function isSync(declaration: Declaration): boolean {
  const { kind, async, calls } = declaration;
  return (kind === 'function' || kind === 'method') && !async && !calls.some((one) => one.stands !== 'bare');
}

/** All over the change nobody waits for it any more: then it gives no promise any more. */
function isSweep(key: string, dropped: readonly Dropped[]): boolean {
  return dropped.filter(({ calls }) => calls.some(({ call }) => call.key === key)).length > 2;
}

function shown(call: ExtendedCall, { now, nowText }: Compared): string {
  const isOwn = now.calls.includes(call.own) && call.own.key === call.key;
  return isOwn ? nowText.slice(call.range.start, call.range.end) : `${call.key}()`;
}

function textOf(call: ExtendedCall | undefined, { baseText }: Compared): string {
  if (!call) return '';
  const { start, end } = call.own.range;
  const from = Math.max(baseText.lastIndexOf('\n', start) + 1, baseText.lastIndexOf(';', start) + 1);
  return baseText.slice(from, end).trim();
}
