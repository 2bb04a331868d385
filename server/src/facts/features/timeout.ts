import { ts } from 'ts-morph';
import type { Bindings } from '../bindings.ts';
import { calleeName } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { type Evaluated, evaluate, timeWords, unitOf } from '../constants.ts';
import { wordsOf } from '../words.ts';
import type { Extractor, ExtractorPlace } from './extractor.ts';
import { namedKinds, namedValue, ownerOf, siblingsOf } from './named-value.ts';

/**
 * Limits of time: values of properties, parameters, constants and arguments whose name says timeout, deadline or ttl. The value
 * is in milliseconds where a unit is named, else as written; undefined where this file does not tell it.
 */
export const timeouts: Extractor = {
  nodes: [...namedKinds, ts.SyntaxKind.CallExpression],
  mentions: /time_?-?out|deadline|ttl/i,
  take: timeoutFeatures,
};

function timeoutFeatures(node: ts.Node, { bindings, file }: ExtractorPlace): Feature[] {
  const named = namedValue(node);
  if (named) {
    const words = timeWordsOf(named.name);
    if (!words) return [];
    const value = unwrapMissing(named.value);
    return value ? [feature(words, named.name, value, ownerOf(node))] : [];
  }
  if (!ts.isCallExpression(node)) return [];
  const name = calleeName(node.expression);
  const words = timeWordsOf(name);
  if (!words || isReader(name) || isTimer(node, name)) return [];
  const values = node.arguments.filter((one) => !ts.isFunctionLike(one));
  const argument = values.find((one) => evaluate(one, bindings)) ?? values[0];
  return argument ? [feature(words, name, argument, name === 'timeout' ? 'AbortSignal.timeout' : name)] : [];

  function feature(
    parsed: { key: string; unit: number | undefined },
    name: string,
    value: ts.Expression,
    owner: string,
  ): Feature {
    const known = evaluate(value, bindings);
    const at: ts.Node = ts.isPropertyAssignment(node) || ts.isCallExpression(node) ? node : value;
    return {
      kind: 'timeout',
      key: `${parsed.key} of ${owner}`,
      range: { start: value.getStart(file), end: value.end },
      text: at === node ? node.getText(file) : `${name} = ${value.getText(file)}`,
      value: known && String(inMilliseconds(known, parsed.unit)),
      literal: value.getText(file),
      owner: owner || name,
      words: ts.isPropertyAssignment(node) ? [name, ...siblingsOf(node)] : [name],
      via: known?.via,
    };
  }
}

/** The name of what may be a constant that serves as a timeout at a node although its own name does not say so. */
export function namedTimeout(node: ts.Node): ts.Identifier | undefined {
  const named = namedValue(node);
  const value = named && timeWordsOf(named.name) && named.value;
  return value && ts.isIdentifier(value) && !timeWordsOf(value.text) ? value : undefined;
}

/** That constant, where the name stands for one. */
export function timeoutConstant(value: ts.Identifier, bindings: Bindings): ts.VariableDeclaration | undefined {
  if (!evaluate(value, bindings)) return undefined;
  const holder = bindings.constant(value, value.text);
  return holder && ts.isVariableDeclaration(holder) ? holder : undefined;
}

/** The feature of such a constant. */
export function constantTimeout(
  holder: ts.VariableDeclaration,
  bindings: Bindings,
  file: ts.SourceFile,
): Feature | undefined {
  const known = holder.initializer && evaluate(holder.initializer, bindings);
  if (!known || !holder.initializer) return undefined;
  const name = holder.name.getText(file);
  const { unit } = unitOf(wordsOf(name));
  return {
    kind: 'timeout',
    key: `timeout of ${name}`,
    range: { start: holder.initializer.getStart(file), end: holder.initializer.end },
    text: holder.getText(file),
    value: String(inMilliseconds(known, unit)),
    literal: holder.initializer.getText(file),
    owner: name,
  };
}

function inMilliseconds(known: Evaluated, unit: number | undefined): number {
  return known.value * (known.unit ?? unit ?? 1);
}

const timeoutWord = timeouts.mentions;
const timeoutWords = new RegExp(timeoutWord, 'gi');

/** Where a limit of time may be named, in order: most files name none at all. */
export function timeoutPlaces(text: string): number[] {
  return [...text.matchAll(timeoutWords)].map((match) => match.index);
}

function timeWordsOf(name: string): { key: string; unit: number | undefined } | undefined {
  if (!timeoutWord.test(name)) return undefined;
  const { words, unit } = unitOf(
    wordsOf(name.replace(/time[_-]?out/gi, (text) => (text[0] === 'T' ? 'Timeout' : 'timeout'))),
  );
  return words.some((word) => timeWords.has(word)) ? { key: words.join(' '), unit } : undefined;
}

/** Names that ask for a limit or lift one set none. */
function isReader(name: string): boolean {
  return /^(?:get|clear|cancel|reset|remove|is|has|on|parse|format|to)(?![a-z])/.test(name);
}

/** `setTimeout(run, 100)` waits; `request.setTimeout(100)` limits. */
function isTimer(call: ts.CallExpression, name: string): boolean {
  return name === 'setTimeout' && (ts.isIdentifier(call.expression) || call.arguments.length > 1);
}

/** Timers and callbacks are no values of time. */
function unwrapMissing(value: ts.Expression | undefined): ts.Expression | undefined {
  if (!value || ts.isFunctionLike(value) || ts.isObjectLiteralExpression(value) || ts.isNewExpression(value))
    return undefined;
  if (ts.isCallExpression(value) && ['setTimeout', 'clearTimeout'].includes(calleeName(value.expression)))
    return undefined;
  return value;
}
