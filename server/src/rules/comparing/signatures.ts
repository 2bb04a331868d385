import type { ParameterFact } from '../../facts/change-facts.ts';

type Parameters = readonly ParameterFact[];

/** How what a function takes changed so that calls that were right are not any more. */
export interface Breaking {
  readonly kind: 'required' | 'removed' | 'moved' | 'replaced';
  /** The parameters that it is about. */
  readonly names: readonly string[];
  /** The first place of an argument that means something else now. */
  readonly from: number;
  /** A compiler tells by types, not only by the number of arguments, that old calls are wrong. */
  readonly typed: boolean;
}

/** Undefined where every old call still means what it meant: renamed, or with more that may be left out at the end. */
export function breakingChange(base: Parameters, now: Parameters): Breaking | undefined {
  if (base.some((one) => one.rest)) return undefined;
  const had = new Set(base.map(({ name }) => name));
  const has = new Set(now.map(({ name }) => name));
  const shifted = base.findIndex(({ name }, i) => has.has(name) && now[i]?.name !== name);
  const removed = base.filter(({ name }, i) => !has.has(name) && !isRenamed(base, now, i));
  const required = now.filter(
    ({ name, optional }, i) =>
      !optional && (i >= base.length || base[i]!.optional) && (!had.has(name) || isNowRequired(base, name)),
  );
  if (shifted >= 0) {
    const first = firstDifference(base, now);
    const names = base.filter(({ name }, i) => has.has(name) && now[i]?.name !== name).map(({ name }) => name);
    const typed = differs(base[first]?.type, now[first]?.type);
    const gone = removed.length > 0 && names.every((name) => place(now, name) < place(base, name));
    if (gone) return { kind: 'removed', names: removed.map(({ name }) => name), from: first, typed };
    const came = now.filter(({ name, optional }) => !had.has(name) && !optional);
    if (came.length > 0) return { kind: 'required', names: came.map(({ name }) => name), from: first, typed };
    return { kind: 'moved', names, from: first, typed };
  }
  const replaced = base.findIndex((one, i) => now[i] && !has.has(one.name) && isReplaced(one, now[i]));
  if (replaced >= 0)
    return { kind: 'replaced', names: [base[replaced]!.name], from: replaced, typed: base[replaced]!.type !== '' };
  if (required.length > 0)
    return { kind: 'required', names: required.map(({ name }) => name), from: Number.POSITIVE_INFINITY, typed: false };
  if (removed.length > 0 && !now.some((one) => one.rest))
    return { kind: 'removed', names: removed.map(({ name }) => name), from: now.length, typed: false };
  return undefined;
}

/** Whether a call with so many arguments, that was right before, is wrong now. */
export function isStale(args: number, { kind, from }: Breaking, now: Parameters): boolean {
  const least = now.filter((one) => !one.optional).length;
  if (Number.isFinite(args) && args < least) return true;
  return kind !== 'required' ? args > from : Number.isFinite(from) && args > from;
}

/** Whether its number of arguments alone tells that a call is wrong. */
export function isMiscounted(args: number, now: Parameters): boolean {
  const least = now.filter((one) => !one.optional).length;
  return args < least || (args > now.length && !now.some((one) => one.rest));
}

/** Another name in the same place, with the same type as far as types are written. */
function isRenamed(base: Parameters, now: Parameters, i: number): boolean {
  const [old, other] = [base[i]!, now[i]];
  if (!other || base.some(({ name }) => name === other.name)) return false;
  return isSameWhole(old, other) || (!isReplaced(old, other) && !differs(old.type, other.type));
}

/** An object that is not taken apart any more may be the same one, whatever its type is called. */
function isSameWhole(old: ParameterFact, other: ParameterFact): boolean {
  return isPattern(old.name) && !isPattern(other.name) && !plain.test(other.type);
}

/** Types of what is no object to take apart. */
const plain = /^(?:string|number|boolean|bigint|Date|RegExp|['"`\d])|\[\]$|=>/;

/** Taken apart where it was not, or the other way round: with another type, or with what was passed alone inside of it. */
function isReplaced(old: ParameterFact, other: ParameterFact): boolean {
  if (isPattern(old.name) === isPattern(other.name) || isSameWhole(old, other)) return false;
  return differs(old.type, other.type) || (isPattern(other.name) && other.name.split(/[^\w$]+/).includes(old.name));
}

function differs(a = '', b = ''): boolean {
  return a !== '' && b !== '' && a !== b;
}

function isPattern(name: string): boolean {
  return /^[{[]/.test(name);
}

function isNowRequired(base: Parameters, name: string): boolean {
  return base.find((one) => one.name === name)?.optional ?? true;
}

function firstDifference(base: Parameters, now: Parameters): number {
  const at = base.findIndex(({ name }, i) => now[i]?.name !== name);
  return at < 0 ? base.length : at;
}

function place(parameters: Parameters, name: string): number {
  return parameters.findIndex((one) => one.name === name);
}
