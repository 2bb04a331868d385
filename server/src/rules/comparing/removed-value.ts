import { lineEnd } from '../../change/comments.ts';
import type { TextRange } from '../../core/text.ts';
import type { CallFact, Feature } from '../../facts/change-facts.ts';
import type { RuleInput } from '../rule.ts';
import { anchorOf } from './anchor.ts';
import type { Compared } from './compared.ts';
import type { Extended, ExtendedCall } from './extended.ts';
import { ofKind } from './of-kind.ts';

/** The key of a value without its owner: `timeout of fetch` is `timeout`. */
export function ownerless(key: string): string {
  return key.replace(/ of .*$/, '');
}

/**
 * Whether a value that stood at the base is gone while what it was for stays: the call whose options held it or that it wrapped, the
 * constant that it was a property of, or the rest of the object. Not when another place of the change sets such a value now.
 */
export function isRemovedValue(base: Feature, now: Extended, compared: Compared, input: RuleInput): boolean {
  if (isSetElsewhere(base, compared, input)) return false;
  const kept = keptCall(base, now, compared);
  if (mayComeFromElsewhere(kept?.own, compared)) return false;
  if (kept) return true;
  const isProperty = !base.text.includes('=');
  const text = compared.nowText.slice(compared.now.range.start, compared.now.range.end);
  if (compared.now.kind === 'variable' && base.owner === compared.now.name) return isProperty;
  const owner = base.owner ?? '';
  const [name, ...siblings] = base.words ?? [];
  if (isProperty && owner !== '' && owner !== name) return isDeclared(owner, text);
  // Nobody owns the object by name: the properties beside it tell that it still stands.
  const others = siblings.filter((one) => one !== name);
  return others.length > 0 && others.every((one) => names(text, one));
}

function isDeclared(name: string, text: string): boolean {
  return new RegExp(`(?<![\\w$.])(?:const|let|var)\\s+${escaped(name)}(?![\\w$])`).test(text);
}

function names(text: string, word: string): boolean {
  return new RegExp(`(?<![\\w$])${escaped(word)}(?![\\w$])`).test(text);
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The call that the value was for: the one that took it, one around it, or one within it. */
export function keptCall(base: Feature, now: Extended, compared: Compared): ExtendedCall | undefined {
  const owner = base.owner?.replace(/^AbortSignal\./, '');
  const own = now.calls.find((one) => one.name === owner);
  if (own) return own;
  // Of options the call that took them counts alone; a wrapper or a signal is gone with its own call.
  if (/^\s*['"]?[\w$-]+['"]?\s*[:=]/.test(base.text)) return undefined;
  const { calls } = compared.base;
  const holder = calls.findLast((one) => one.name === owner && covers(one, base.range));
  if (!holder) return undefined;
  const inside = (at: CallFact) => calls.filter((one) => one !== at && covers(at, one.range));
  const outer = calls.filter((one) => one !== holder && covers(one, holder.range)).toReversed();
  const [around] = outer;
  const wrapped = inside(around && groups.has(around.name) ? around : holder).map((one) => one.key);
  const kept = now.calls.find((one) => wrapped.includes(one.key));
  if (kept) return kept;
  // Not past a callback: what takes that is another call's business.
  const isSame = ({ range }: CallFact) =>
    !/=>|\bfunction\b/.test(compared.baseText.slice(range.start, holder.range.start));
  const same = outer.filter((one) => one === around || isSame(one));
  for (const at of same) {
    const still = now.calls.find((one) => one.key === at.key);
    if (still) return still;
  }
  return undefined;
}

/** Calls that put what limits beside what is limited. */
const groups = new Set(['race', 'pipe']);

function covers({ range }: CallFact, { start, end }: TextRange): boolean {
  return range.start <= start && end <= range.end;
}

/**
 * Another declaration of the change has such a value now and had none, for all calls at once, say; or it has the very value more often
 * than it had, because the object that held it moved there.
 */
function isSetElsewhere(base: Feature, { now }: Compared, input: RuleInput): boolean {
  const alike = (some: readonly Feature[] | undefined) =>
    ofKind(some, base.kind).filter((one) => ownerless(one.key) === ownerless(base.key));
  return input.pairs.some((pair) => {
    const after = pair.now === now ? [] : alike(pair.now?.features);
    if (after.length === 0) return false;
    const before = alike(pair.base?.features);
    const same = (some: readonly Feature[]) => some.filter(({ value }) => value === base.value).length;
    return before.length === 0 || same(after) > same(before);
  });
}

const spread = /\.\.\.\s*\(?\s*(?:await\s+)?([\w$]+(?:\??\.[\w$]+)*)/g;
const argument =
  /[(,]\s*(?:await\s+)?(?!(?:true|false|null|undefined|this|async)\b)([A-Za-z_$][\w$]*(?:\??\.[\w$]+)*)\s*(?=[(,)])/g;

/** Something is spread that was not, or the call takes an argument by a name that was not there: it may hold what moved as a whole. */
function mayComeFromElsewhere(call: CallFact | undefined, { base, now, baseText, nowText }: Compared): boolean {
  const before = baseText.slice(base.range.start, base.range.end);
  const after = nowText.slice(now.range.start, now.range.end);
  const found = [...after.matchAll(spread)];
  if (call) found.push(...nowText.slice(call.range.start, call.range.end).matchAll(argument));
  const isSameCount = base.parameters.length === now.parameters.length;
  const isRenamed = (name: string) => isSameCount && now.parameters.includes(name);
  return found.some(([, path = '']) => !names(before, path) && !isRenamed(path));
}

/** The first line of the call that lost it, or the line that stands where it stood. */
export function removedPlace(base: Feature, now: Extended, compared: Compared): TextRange {
  const range = keptCall(base, now, compared)?.own.range;
  if (!range) return anchorOf(compared, base.range);
  return { start: range.start, end: Math.min(range.end, lineEnd(compared.nowText, range.start)) };
}
