import { ts } from 'ts-morph';
import { unwrap } from '../../facts/run-time.ts';
import type { FlagValue } from '../../flags/flag.ts';
import type { TestFlag } from './names.ts';

/** Whether what a test sets is the value that stays. */
export type Side = 'live' | 'dead';

/** Which side a value stands for; undefined where that is not certain. */
export function sideOf(flag: TestFlag, value: FlagValue | undefined): Side | undefined {
  if (value === undefined) return undefined;
  const { keep } = flag;
  if (typeof keep === typeof value) return keep === value ? 'live' : 'dead';
  if (typeof keep !== 'boolean' || typeof value !== 'string') return undefined;
  const said = onWords.test(value) ? true : offWords.test(value) ? false : undefined;
  return said === undefined ? undefined : said === keep ? 'live' : 'dead';
}

const onWords = /^(?:true|1|on|yes|enabled)$/i;
const offWords = /^(?:false|0|off|no|disabled|)$/i;

/** Fields of objects that tell a flag's value, the surest first. */
export const valueFields =
  'value defaultValue enabled isEnabled on treatment variation variant variationName variantName variationKey variantKey'.split(
    ' ',
  );

/** What an expression of a test sets a flag to: a literal, an object with its value in a field, or one packed in a call. */
export function valueIn(
  node: ts.Expression,
  names: (id: ts.Identifier) => ts.Expression | undefined,
): FlagValue | undefined {
  const plain = coreOf(node);
  if (plain.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (plain.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isStringLiteralLike(plain)) return plain.text;
  if (ts.isNumericLiteral(plain)) return Number(plain.text);
  if (ts.isIdentifier(plain)) {
    const held = names(plain);
    return held && valueIn(held, () => undefined);
  }
  return undefined;
}

/** The expression that tells the value: of `{ value: on }` and `Promise.resolve(on)` it is `on`. */
export function coreOf(node: ts.Expression): ts.Expression {
  const plain = unwrap(node);
  if (ts.isObjectLiteralExpression(plain)) {
    const field = valueFields.map((name) => fieldOf(plain, name)).find((one) => one !== undefined);
    return field ? coreOf(field) : plain;
  }
  if (ts.isCallExpression(plain) && plain.arguments.length === 1 && packs.test(plain.expression.getText()))
    return coreOf(plain.arguments[0]!);
  return plain;
}

/** Calls that only wrap a value. */
const packs =
  /^(?:Promise\.resolve|of|ref|shallowRef|signal|computed|String|Boolean|jest\.fn|vi\.fn)$|[fF]lag|[fF]eature/;

export function fieldOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  for (const property of object.properties)
    if (ts.isPropertyAssignment(property) && nameText(property.name) === name) return property.initializer;
  return undefined;
}

export function nameText(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
}

/** A name says that it is about flags: `mockFeatureFlags`, `bootstrap`, `launchdarkly-react-client-sdk`. */
export function speaksOfFlags(name: string): boolean {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/[^A-Za-z\d]+/g, ' ');
  return flagWords.test(words);
}

const flagWords =
  /\b(?:(?:feature )?flags?|features?|toggles?|experiments?|variations?|variants?|treatments?|gates?|bootstrap|switches|launch ?darkly|ld|unleash|optimizely|growth ?book|statsig|posthog|flipt|config ?cat|flagsmith|dev ?cycle|eppo|featureflags?|openfeature)\b/i;
