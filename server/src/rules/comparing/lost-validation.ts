import type { Declaration, Feature } from '../../facts/change-facts.ts';
import { squeezed } from '../../facts/squeezed.ts';
import type { RuleInput } from '../rule.ts';
import { type Compared, textNow } from './compared.ts';
import { type Extended, extend, type Helpers } from './extended.ts';
import { isGainedElsewhere, without } from './features.ts';
import { ofKind } from './of-kind.ts';

/** A validation that is gone or asks for less. */
export interface LostValidation {
  readonly lost: Feature;
  /** Undefined where nothing stands in its place. */
  readonly now?: Feature;
  /** For a person: what it no longer asks for (`min`), or that it may be missing now (`optional`). */
  readonly asked?: string;
  readonly isOptional: boolean;
}

/** Calls of schemas and validators, decorators, middleware that validates, and bounds of schemas that are gone while what they checked stays. */
export function lostValidation(compared: Compared, helpers: Helpers, input: RuleInput): LostValidation | undefined {
  const { features } = compared.base;
  if (ofKind(features, 'validation').length === 0 && ofKind(features, 'guardable').length === 0) return undefined;
  const now = extend(compared.now, helpers.added);
  return (
    lostCheck(compared, now, input) ??
    lostMiddleware(compared, now, input) ??
    lostDecorator(compared, input) ??
    lostBound(compared, now)
  );
}

function of(features: readonly Feature[], prefix: string): Feature[] {
  return ofKind(features, 'validation').filter(({ key }) => key.startsWith(prefix));
}

/** One for one: a call of another schema or validator stands for the one that is gone. */
function lostCheck(compared: Compared, now: Extended, input: RuleInput): LostValidation | undefined {
  const before = of(compared.base.features, 'check ');
  const after = of(now.features, 'check ');
  const missing = without(before, after);
  const gained = without(after, before).length;
  const lost = missing
    .slice(0, Math.max(0, missing.length - gained))
    .find((one) => isStillUsed(one, compared, now, input) && !isGainedElsewhere(one, compared.now, input));
  return lost && { lost, isOptional: false };
}

/** What was checked is still used here, and nothing else takes the schema up: middleware, a type of the framework, a caller. */
function isStillUsed(
  lost: Feature,
  { base, now, baseText, nowText }: Compared,
  extended: Extended,
  input: RuleInput,
): boolean {
  if (isValidatedAround(now, baseText, nowText, base)) return false;
  const owner = /[\w$]+/.exec(lost.owner ?? '')?.[0] ?? '';
  const code = nowText.slice(now.range.start, now.range.end);
  const names = (lost.words ?? []).filter((name) => !/^(?:await|new|this|as|unknown|any|const|typeof)$/.test(name));
  if (names[0] !== undefined && mentions(code, names[0]) === 0) return false;
  if (takesSameElsewhere(lost.text, base, now, code)) return false;
  const rest = baseText.slice(base.range.start, lost.range.start) + baseText.slice(lost.range.end, base.range.end);
  // A type that follows from the schema (`z.infer<typeof schema>`) checks nothing.
  if (mentions(code.replace(typeOf, ''), owner) > mentions(rest.replace(typeOf, ''), owner)) return false;
  if (extended.calls.length === 0 && base.calls.length > 1) return false;
  return !input.pairs.some((pair) => {
    if (!pair.now || pair.now === now) return false;
    const text = (textNow(input, pair.path) ?? '').slice(pair.now.range.start, pair.now.range.end);
    const before = pair.base && input.change?.files.find((one) => one.basePath === pair.basePath)?.base;
    const known = pair.base && before ? mentions(before.slice(pair.base.range.start, pair.base.range.end), owner) : 0;
    return mentions(text, owner) > known;
  });
}

const typeOf = /\btypeof\s+[\w$.]+/g;

/** The rest of the file calls what validates more often than it did: middleware of the route, that its class registers. */
function isValidatedAround(now: Declaration, baseText: string, nowText: string, base: Declaration): boolean {
  const count = (text: string, { start, end }: Declaration['range']) =>
    (text.slice(0, start) + text.slice(end)).match(/(?<![\w$])(?:\w*[vV]alid\w*|celebrate)\(/g)?.length ?? 0;
  return count(nowText, now.range) > count(baseText, base.range);
}

/** A call that is new takes the very arguments: `validated(id, form)` became `validatedAndRated(id, form)`. */
function takesSameElsewhere(text: string, base: Declaration, now: Declaration, code: string): boolean {
  const given = /\(([^()]+)\)\s*;?$/.exec(text)?.[1];
  if (given === undefined) return false;
  const known = new Set(base.calls.map(({ name }) => name));
  const plain = squeezed(code).replace(/,(?=\))/g, '');
  return now.calls.some(
    ({ name, awaited }) =>
      !known.has(name) && !awaited && plain.includes(`${name}(${squeezed(given).replace(/,$/, '')})`),
  );
}

/** `router.post('/orders', validate(schema), create)` */
function lostMiddleware(compared: Compared, now: Extended, input: RuleInput): LostValidation | undefined {
  const validating = (features: readonly Feature[]) =>
    ofKind(features, 'guardable').filter(
      ({ key, text }) => key.startsWith('use ') && /valid|celebrate|schema/i.test(text),
    );
  const before = validating(compared.base.features);
  const after = validating(now.features);
  const isSame = (one: Feature, other: Feature) => one.protects?.[0] === other.protects?.[0];
  const lost = before.find(
    (one) =>
      one.protects?.[0] !== undefined &&
      after.filter((other) => isSame(one, other)).length < before.filter((other) => isSame(one, other)).length &&
      compared.now.routes.includes(one.protects[0]) &&
      !isGainedElsewhere(one, compared.now, input) &&
      !after.some((other) => other.protects?.length === 0),
  );
  return lost && { lost, isOptional: false };
}

/** Another decorator in its place, or another type of the member, is no removal. */
function lostDecorator({ base, now, baseText, nowText }: Compared, input: RuleInput): LostValidation | undefined {
  const [before, after] = [of(base.features, 'decorator '), of(now.features, 'decorator ')];
  if (before.length === 0) return undefined;
  const isLoose = ({ key }: Feature) => key === 'decorator IsOptional';
  const gained = without(after, before).filter((one) => !isLoose(one)).length;
  const missing = without(before, after).filter((one) => !isLoose(one));
  // One of the project's own may have taken its place: it is not known as a validation.
  const decorators = (text: string, { start, end }: Declaration['range']) =>
    text.slice(start, end).match(/(?:^|\s)@[A-Za-z]/g)?.length ?? 0;
  if (missing.length > 0 && decorators(nowText, now.range) >= decorators(baseText, base.range)) return undefined;
  const code = squeezed(nowText.slice(now.range.start, now.range.end));
  const lost = missing
    .slice(0, Math.max(0, missing.length - gained))
    .find((one) => code.includes(one.owner ?? '') && !isGainedElsewhere(one, now, input));
  if (lost) return { lost, isOptional: false };
  const optional = without(after, before).find(isLoose);
  const [first] = before;
  return optional && first && missing.length === 0
    ? { lost: first, now: optional, asked: 'optional', isOptional: true }
    : undefined;
}

/** What is sent turns nothing away. */
const sent = /(?:^|\.)\w*(?:[oO]utput|[rR]esponse|[rR]esult)s?(?:\.|$)/;

/** A field that asks for less than it did, or may be missing now. */
function lostBound(compared: Compared, now: Extended): LostValidation | undefined {
  const before = of(compared.base.features, 'schema ').filter(({ owner = '' }) => !sent.test(owner));
  const after = of(compared.now.features, 'schema ');
  let optional: LostValidation | undefined;
  for (const lost of before) {
    if (before.filter(({ key }) => key === lost.key).length > 1) continue;
    const [field, ...more] = after.filter(({ key }) => key === lost.key);
    if (!field || more.length > 0 || !now.features.includes(field)) continue;
    const gone = missingIn(lost.words, field.words);
    if (gone.length > missingIn(field.words, lost.words).length)
      return { lost, now: field, asked: gone[0]!, isOptional: false };
    const [loose] = missingIn(field.protects, lost.protects);
    if (loose !== undefined && gone.length === 0 && (lost.protects ?? []).length < (field.protects ?? []).length)
      optional ??= { lost, now: field, asked: loose, isOptional: true };
  }
  return optional;
}

function missingIn(some: readonly string[] | undefined, others: readonly string[] | undefined): string[] {
  const left = [...(others ?? [])];
  return (some ?? []).filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function mentions(text: string, name: string): number {
  if (name === '') return 0;
  return text.match(new RegExp(`(?<![\\w$])${name.replace(/\$/g, '\\$')}(?![\\w$])`, 'g'))?.length ?? 0;
}
