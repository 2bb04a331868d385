import { containment } from '../../change/likeness.ts';
import type { Declaration, Feature } from '../../facts/change-facts.ts';
import { squeezed } from '../../facts/squeezed.ts';
import type { RuleInput } from '../rule.ts';
import { type Compared, textNow } from './compared.ts';
import { type Extended, extend, type Helpers } from './extended.ts';
import { ofKind } from './of-kind.ts';

/**
 * Guards of the base that are gone while what ran only past them still runs. Not those whose condition stands in another shape
 * (around the rest, in a ternary, in another guard, in a helper), nor those of which nothing is left that they could protect.
 */
export function lostGuards(compared: Compared, helpers: Helpers, input: RuleInput): Feature[] {
  const before = guardsOf(compared.base.features);
  if (before.length === 0) return [];
  const now = extend(compared.now, helpers.added);
  const after = guardsOf(now.features);
  const missing = unpaired(before, after);
  if (missing.length === 0 || isRewritten(compared)) return [];
  const gained = unpaired(after, before).length;
  const tests = changedTests(compared.base.features, now.features);
  return missing
    .slice(0, Math.max(0, missing.length - gained))
    .filter((one) => isUntested(one, tests) && !isOfFlag(one) && !isAccess(one, compared.base))
    .filter((one) => !isOfGoneCase(one, compared) && !isOfSwitch(one, compared))
    .filter((one) => isStillNeeded(one, compared, now) && comesFromTheSame(one, compared, input))
    .filter((one) => !isTestedElsewhere(one, compared, now, input));
}

function guardsOf(features: readonly Feature[]): Feature[] {
  return ofKind(features, 'validation').filter((one) => one.key.startsWith('guard '));
}

/** Those without an equal in the other list: equal by name first, then with renamed locals. Each counts once. */
function unpaired(some: readonly Feature[], others: readonly Feature[]): Feature[] {
  const left = [...others];
  const without = (list: readonly Feature[], of: (one: Feature) => string | undefined) =>
    list.filter((one) => {
      const at = left.findIndex((other) => of(other) === of(one));
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  return without(
    without(some, (one) => one.literal),
    (one) => one.key,
  );
}

interface Tests {
  readonly lost: readonly Feature[];
  readonly gained: readonly Feature[];
}

const told = new WeakMap<readonly Feature[], { readonly base: readonly Feature[]; readonly tests: Tests }>();

function changedTests(base: readonly Feature[], now: readonly Feature[]): Tests {
  const [before, after] = [ofKind(base, 'tested'), ofKind(now, 'tested')];
  const known = told.get(after);
  if (known?.base === before) return known.tests;
  const tests = { lost: unpaired(before, after), gained: unpaired(after, before) };
  told.set(after, { base: before, tests });
  return tests;
}

/** A part of its condition is tested less often than before, and nothing else tests the same value now. */
function isUntested(guard: Feature, { lost, gained }: Tests): boolean {
  if (!lost.some(({ literal }) => guard.protects?.includes(literal ?? ''))) return false;
  const roots = (guard.words ?? []).map(rootOf);
  return !gained.some(({ words }) => (words ?? []).some((path) => roots.includes(rootOf(path))));
}

function rootOf(path: string): string {
  return path.startsWith('this.') ? path.split('.').slice(0, 2).join('.') : path.split('.')[0]!;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

const flagWord = /flag|feature|toggle|experiment|variant|rollout|treatment|\bbeta/i;

/** The end of a feature flag's life takes its guard with it, whether it asks for the flag or answers with it. */
function isOfFlag({ literal = '', value, text }: Feature): boolean {
  return flagWord.test(literal) || (value === 'answers' && flagWord.test(/\breturn\b(.*)/.exec(text)?.[1] ?? ''));
}

function isAccess(guard: Feature, base: Declaration): boolean {
  return base.features.some((one) => one.kind === 'auth' && one.range.start === guard.range.start);
}

/** Most of what stands there now did not stand there before: nobody dropped a line, somebody wrote it anew. */
function isRewritten({ base, now }: Compared): boolean {
  if (now.shingles.length < 12) return false;
  return containment(now.shingles, new Set(base.shingles)) < 0.6;
}

/** At least half of the calls past it still stand, and so does a value that it tested. */
function isStillNeeded(guard: Feature, { base, now, baseText, nowText }: Compared, extended: Extended): boolean {
  const { start, end } = { start: guard.range.end, end: guard.range.end + (guard.rest ?? 0) };
  const calls = new Set(
    base.calls.filter(({ range }) => range.start >= start && range.end <= end).map(({ key }) => key),
  );
  // As many of them: of two copies, one may have gone with its guard.
  const count = (all: readonly { readonly key: string }[], key: string) => all.filter((one) => one.key === key).length;
  const others = base.calls.filter(({ range }) => range.start < guard.range.start || range.start >= start);
  const kept = [...calls].filter((key) => count(extended.calls, key) >= count(others, key));
  if (kept.length * 2 < calls.size) return false;
  const rest = withoutComments(baseText.slice(start, end));
  const code = withoutComments(nowText.slice(now.range.start, now.range.end));
  const beside = rest.trim() === '' ? withoutComments(baseText.slice(base.range.start, guard.range.start)) : rest;
  if (!standsStill(beside, code)) return false;
  const renamed = (name: string) => {
    const at = base.parameters.length === now.parameters.length ? base.parameters.indexOf(name) : -1;
    return at < 0 ? name : now.parameters[at]!;
  };
  const outside = withoutComments(
    `${baseText.slice(base.range.start, guard.range.start)}\n${baseText.slice(end, base.range.end)}`,
  );
  // It is used more often than it was outside of what the guard protected.
  const needed = (guard.words ?? []).map((path) => {
    const name = [lastOf(path), rootOf(path)].find((one) => one !== 'this' && mentions(rest, lastOf(one)));
    return name === undefined ? undefined : mentionsOf(code, renamed(lastOf(name))) > mentionsOf(outside, lastOf(name));
  });
  if (needed.some((one) => one !== undefined)) return needed.includes(true);
  const before = baseText.slice(base.range.start, guard.range.start);
  return (guard.words ?? []).every((path) => {
    const root = rootOf(path);
    const isLocal = mentions(base.parameters.join(' '), root) || declares(before, root);
    return isLocal ? mentions(code, renamed(root)) : mentions(nowText, lastOf(path));
  });
}

/** A value that it compares with is in the file no more, though it was there in other places too: a case that is gone. */
function isOfGoneCase({ literal }: Feature, { baseText, nowText }: Compared): boolean {
  const values = literal?.match(/'[^']+'|\b[A-Z][\w$]*(?:\.[\w$]+)+/g) ?? [];
  return values.some((one) => {
    const bare = one.replace(/'/g, '');
    return !nowText.includes(bare) && baseText.split(bare).length > 2;
  });
}

/** All that follows is a `switch` of the tested value without a default: what the guard let leave does nothing there either. */
function isOfSwitch({ range, rest = 0, value, words }: Feature, { base, now, baseText, nowText }: Compared): boolean {
  if (value !== 'leaves' || words?.length !== 1) return false;
  const code = withoutComments(baseText.slice(range.end, range.end + rest)).trim();
  const head = /^switch\s*\(\s*([\w$.]+)\s*\)\s*\{/.exec(code);
  if (head?.[1] !== words[0] || !isOneBlock(code.slice(head![0].length - 1))) return false;
  const defaults = (text: string, { start, end }: Declaration['range']) =>
    text.slice(start, end).split(/\bdefault\s*:/).length;
  return !/\bdefault\s*:/.test(code) && defaults(nowText, now.range) <= defaults(baseText, base.range);
}

/** The brace that opens at the start closes at the end. */
function isOneBlock(code: string): boolean {
  let depth = 0;
  for (const [at, sign] of [...code].entries()) {
    if (sign === '{') depth++;
    else if (sign === '}' && --depth === 0) return at === code.length - 1;
  }
  return false;
}

/** Of the first lines beside the guard, a third stands as it did. */
function standsStill(rest: string, code: string): boolean {
  const lines = rest
    .split('\n')
    .map(squeezed)
    .filter((line) => /\w{2}/.test(line))
    .slice(0, 9);
  const whole = squeezed(code);
  return lines.filter((line) => whole.includes(line)).length * 3 >= lines.length;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<![^\s;,{}()])\/\/.*/g, '');
}

function declares(text: string, name: string): boolean {
  return new RegExp(`\\b(?:const|let|var)\\b[^;=]*(?<![\\w$])${escaped(name)}(?![\\w$])`).test(text);
}

/** The tested locals are declared as they were: a type that got stricter, or another call that yields the value, may need no guard. */
function comesFromTheSame(guard: Feature, { base, now, nowText }: Compared, input: RuleInput): boolean {
  const code = squeezed(withoutComments(nowText.slice(now.range.start, now.range.end)));
  const sources = (guard.owner ?? '').split('\n').filter((one) => one !== '');
  const known = base.parameters.join() === now.parameters.join();
  if (known && !sources.every((one) => code.includes(one))) return false;
  if ((guard.words ?? []).some((path) => hasOtherType(base.parameters.indexOf(rootOf(path)), base, now))) return false;
  return !(guard.words ?? []).some((path) => becameRequired(lastOf(path), input));
}

/** The parameter in its place is of another type now: `ids: string[]` became `id: string`. */
function hasOtherType(index: number, base: Declaration, now: Declaration): boolean {
  const [before, after] = [base.signature?.[index], now.signature?.[index]];
  return before !== undefined && after !== undefined && before.name !== after.name && before.type !== after.type;
}

/** `id?: string` became `id: string` somewhere in the change. */
function becameRequired(name: string, { change }: RuleInput): boolean {
  const optional = new RegExp(`\\b${escaped(name)}\\?\\s*:`, 'g');
  const count = (text: string | undefined) => text?.match(optional)?.length ?? 0;
  return (change?.files ?? []).some(({ base, now }) => now !== undefined && count(base) > count(now));
}

/** A caller, something that is called here, or another declaration by the same words, tests the value now and did not before. */
function isTestedElsewhere(guard: Feature, { now, path }: Compared, extended: Extended, input: RuleInput): boolean {
  const names = (guard.words ?? []).map(lastOf);
  return input.pairs.some(({ base, now: other, path: at }) => {
    if (!other) return false;
    const calls =
      other === now ||
      other.calls.some(({ name }) => name === now.name) ||
      extended.calls.some(({ name }) => name === other.name);
    if (validations(other) > validations(base) && (calls || mentions(textOf(other, at, input), now.name))) return true;
    if (other === now) return false;
    const { gained } = changedTests(base?.features ?? [], other.features);
    if (gained.some(({ literal }) => guard.protects?.includes(literal ?? '')) && (at === path || base)) return true;
    if (!calls || gained.length === 0) return false;
    const isGuarded = unpaired(guardsOf(other.features), guardsOf(base?.features ?? [])).length > 0;
    return isGuarded || gained.some(({ words }) => words?.some((one) => names.includes(lastOf(one))));
  });
}

/** Schemas, validators and checks of access: one that came with the change may hold what the guard held. */
function validations(declaration: Declaration | undefined): number {
  return (declaration?.features ?? []).filter(
    (one) => one.kind === 'auth' || (one.kind === 'validation' && !one.key.startsWith('guard ')),
  ).length;
}

function textOf({ range }: Declaration, path: string, input: RuleInput): string {
  return (textNow(input, path) ?? '').slice(range.start, range.end);
}

function mentions(text: string, name: string): boolean {
  return mentionsOf(text, name) > 0;
}

function mentionsOf(text: string, name: string): number {
  return text.match(new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`, 'g'))?.length ?? 0;
}

function escaped(name: string): string {
  return name.replace(/[$()[\]{}.*+?^|\\]/g, '\\$&');
}
