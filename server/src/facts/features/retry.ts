import { ts } from 'ts-morph';
import { calleeName } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { evaluate, unitOf } from '../constants.ts';
import { unwrap } from '../run-time.ts';
import { wordsOf } from '../words.ts';
import type { Extractor, ExtractorPlace } from './extractor.ts';
import { namedKinds, namedValue, ownerOf, siblingsOf } from './named-value.ts';

/**
 * How often, and how soon, something is tried again: values under names such as `retries`, `maxAttempts`, `backoff` (`value` in
 * milliseconds where a unit is named, `off` for false), and wrappers that try again (`retry(() => load(), { retries: 3 })`, `retry(3)` in a
 * pipe), whose key starts with `wrap`.
 */
export const retries: Extractor = {
  nodes: [...namedKinds, ts.SyntaxKind.CallExpression],
  mentions: /retr(?:y|ies)|attempts|back_?off/i,
  take(node, at) {
    const named = namedValue(node);
    if (named) return named.value ? valueFeature(node, named.name, named.value, at) : [];
    return ts.isCallExpression(node) ? wrapperFeature(node, at) : [];
  },
};

function valueFeature(
  node: ts.Node,
  name: string,
  given: ts.Expression,
  { bindings, file }: ExtractorPlace,
): Feature[] {
  const parsed = retryWords(name);
  const value = unwrap(given);
  if (!parsed || ts.isFunctionLike(value) || ts.isStringLiteralLike(value)) return [];
  const known = evaluate(value, bindings);
  // A counter starts at zero; it limits nothing.
  if (ts.isVariableDeclaration(node) && !(known && (known.value > 0 || isLimit(node)))) return [];
  const owner = ownerOf(node);
  const isProperty = ts.isPropertyAssignment(node);
  return [
    {
      kind: 'retry',
      key: `${parsed.key} of ${owner}`,
      range: { start: value.getStart(file), end: value.end },
      text: isProperty ? node.getText(file) : `${name} = ${value.getText(file)}`,
      value: known ? String(known.value * (known.unit ?? parsed.unit ?? 1)) : switchOf(value),
      literal: value.getText(file),
      owner: owner || name,
      words: isProperty ? [name, ...siblingsOf(node)] : [name],
      via: known?.via,
    },
  ];
}

/** `const maxRetries = 0`: nothing counts up what cannot be set again. */
function isLimit({ parent }: ts.VariableDeclaration): boolean {
  return ts.isVariableDeclarationList(parent) && (parent.flags & ts.NodeFlags.Const) !== 0;
}

function switchOf(value: ts.Expression): string | undefined {
  if (value.kind === ts.SyntaxKind.FalseKeyword || value.kind === ts.SyntaxKind.NullKeyword) return '0';
  // `backoff: { type: 'exponential', delay: 1000 }`: what is in it is told by itself, and that it is gone here.
  if (ts.isObjectLiteralExpression(value) && value.properties.length > 0) return 'options';
  return value.kind === ts.SyntaxKind.TrueKeyword ? 'true' : undefined;
}

const counted = new Set(['max', 'maximum', 'num', 'number', 'total', 'limit', 'count', 'min', 'default']);
/** Attempts of people to get in are no retries. */
const notRetries =
  /login|sign|password|otp|pin|verif|auth|captcha|quiz|exam|button|label|text|message|title|error|icon|click/i;

/** `maxRetries`, `retryDelayMs`, `attempts`, `MAX_ATTEMPTS`, `backoffFactor`. */
function retryWords(name: string): { key: string; unit: number | undefined } | undefined {
  if (!retries.mentions.test(name) || notRetries.test(name)) return undefined;
  if (/^(?:on|is|has|can|should|will|set|get|handle|use|did|do|to|before|after)(?![a-z])/.test(name)) return undefined;
  const { words, unit } = unitOf(wordsOf(name.replace(/back_?off/gi, 'backoff')));
  const isOne =
    words.some((word) => word === 'retry' || word === 'retries' || word === 'backoff') ||
    (words.includes('attempts') && (words.length === 1 || words.some((word) => counted.has(word))));
  // A timeout is told as a timeout.
  return isOne && !words.includes('timeout') ? { key: words.join(' '), unit } : undefined;
}

const wrappers =
  /^(?:p?_?retry|retries|async_?retry|promise_?retry|retry_?async|retry_?promise|with_?retr(?:y|ies)|fetch_?retry|axios_?retry|back_?off|retry_?with_?\w*|with_?(?:exponential_?)?back_?off|exponential_?back_?off|retry_?(?:if|when|on|until)\w*|retry_?(?:fn|function|operation|request|call|backoff)|run_?with_?retr(?:y|ies)|\w+_?with_?retr(?:y|ies))$/i;

function wrapperFeature(call: ts.CallExpression, { bindings, file }: ExtractorPlace): Feature[] {
  const name = calleeName(call.expression);
  if (!wrappers.test(name)) return [];
  const args = call.arguments.map(unwrap);
  const piped = ts.isCallExpression(call.parent) && calleeName(call.parent.expression) === 'pipe';
  const holds = args.some((one) => ts.isFunctionLike(one) || ts.isIdentifier(one) || ts.isCallExpression(one));
  if (!piped && !holds) return [];
  const known = args.flatMap((one) => evaluate(one, bindings) ?? [])[0];
  return [
    {
      kind: 'retry',
      key: `wrap ${name}`,
      range: { start: call.getStart(file), end: call.end },
      text: call.getText(file),
      value: known && String(known.value),
      literal: known?.node.getText(file),
      owner: name,
      via: known?.via,
    },
  ];
}
