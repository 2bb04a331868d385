import { quoted } from '../wrap/style.ts';
import type { TestCase } from './skeleton-cases.ts';
import type { TestStyle } from './skeleton-style.ts';

/** What a test case calls, as source text. */
export interface Call {
  /** For sentences: `price`, `Cart.total`. */
  readonly name: string;
  /** Lines that come before: `const cart = new Cart();`, without semicolons. */
  readonly before: readonly string[];
  readonly expression: string;
  readonly async: boolean;
  readonly hasResult: boolean;
}

/** The cases as lines of code, without indentation of their own (`unit` inside), each failing until it is edited. */
export function printCases(cases: readonly TestCase[], call: Call, style: TestStyle): string[] {
  return cases.flatMap((one, index) => [...(index > 0 ? [''] : []), ...printCase(one, call, style)]);
}

/** The import (or require) lines that tests of this style start with. */
export function headerLines(style: TestStyle): string[] {
  const { code, framework, assertion } = style;
  const end = code.semicolons ? ';' : '';
  const q = (text: string) => quoted(text, code.quote);
  const load = (clause: string, from: string) =>
    style.require
      ? `const ${clause.replace(' as ', ': ')} = require(${q(from)})${end}`
      : `import ${clause} from ${q(from)}${end}`;
  const words = style.describe ? ['describe', style.word] : [style.word];
  const lines: string[] = [];
  if (framework === 'ava') lines.push(load('test', 'ava'));
  else if (framework === 'node:test') lines.push(load(`{ ${[...words].sort().join(', ')} }`, 'node:test'));
  else if (style.imported && framework === 'mocha') lines.push(load(`{ ${[...words].sort().join(', ')} }`, 'mocha'));
  else if (style.imported) lines.push(load(`{ ${[...words, 'expect'].sort().join(', ')} }`, style.from));
  if (assertion.line !== undefined) lines.push(assertion.line);
  else if (assertion.kind === 'assert') lines.push(load('assert', 'node:assert/strict'));
  else if (assertion.kind === 'expect' && framework === 'mocha') lines.push(load('{ expect }', 'chai'));
  return framework === 'node:test' || framework === 'mocha' ? lines.sort() : lines;
}

/** A suite around lines, or the lines themselves where tests are not nested. */
export function inSuite(title: string, lines: readonly string[], style: TestStyle): string[] {
  if (!style.describe) return [...lines];
  const { code } = style;
  return [
    `describe(${quoted(title, code.quote)}, () => {`,
    ...lines.map((line) => (line === '' ? '' : code.unit + line)),
    `})${code.semicolons ? ';' : ''}`,
  ];
}

function printCase(one: TestCase, call: Call, style: TestStyle): string[] {
  const { code, framework } = style;
  const end = code.semicolons ? ';' : '';
  const q = (text: string) => quoted(text, code.quote);
  const title = style.describe ? one.title : `${call.name} ${one.title}`;
  const body = one.throws ? throwing(one, call, style, q) : returning(one, call, style, q);
  const isAsync = body.some((line) => /\bawait\b/.test(line));
  const head = `${style.word}(${q(title)}, ${isAsync ? 'async ' : ''}${framework === 'ava' ? 't' : '()'} => {`;
  return [
    head,
    ...[...call.before, ...body].map((line) => `${code.unit}${line}${/[{,]$/.test(line) ? '' : end}`),
    `})${end}`,
  ];
}

function returning(one: TestCase, call: Call, style: TestStyle, q: (text: string) => string): string[] {
  const value = `${call.async ? 'await ' : ''}${call.expression}`;
  if (!call.hasResult) {
    const todo = q(`Not written yet: ${expected(one, call.name, 'does')}`);
    if (style.framework === 'ava') return [value, `t.fail(${todo})`];
    if (style.assertion.kind === 'assert') return [value, `assert.fail(${todo})`];
    if (style.framework === 'jest') return [value, `throw new Error(${todo})`];
    return [value, `expect.fail(${todo})`];
  }
  const todo = q(`Not written yet: ${expected(one, call.name, 'gives')}`);
  const first = `const result = ${value}`;
  if (style.framework === 'ava') return [first, 't.log(result)', `t.fail(${todo})`];
  if (style.assertion.kind === 'assert') return [first, `assert.equal(result, ${todo})`];
  return [first, `expect(result).${style.framework === 'mocha' ? 'to.equal' : 'toBe'}(${todo})`];
}

/** What the person has to write: `what price gives when total is 0`, `that price falls back to 0 when ...`. */
function expected(one: TestCase, name: string, verb: string): string {
  return /^(when|otherwise)\b/.test(one.title) ? `what ${name} ${verb} ${one.title}` : `that ${name} ${one.title}`;
}

function throwing(one: TestCase, call: Call, style: TestStyle, q: (text: string) => string): string[] {
  const todo = q(`Not written yet: the error ${one.title.replace(/^throws /, '')}`);
  const { expression } = call;
  if (style.framework === 'ava')
    return [`${call.async ? 'await t.throwsAsync' : 't.throws'}(() => ${expression}, { message: ${todo} })`];
  if (style.assertion.kind === 'assert')
    return [`${call.async ? 'await assert.rejects' : 'assert.throws'}(() => ${expression}, { message: ${todo} })`];
  if (style.framework !== 'mocha')
    return [
      call.async
        ? `await expect(${expression}).rejects.toThrow(${todo})`
        : `expect(() => ${expression}).toThrow(${todo})`,
    ];
  if (!call.async) return [`expect(() => ${expression}).to.throw(${todo})`];
  return [
    `const error = await ${expression}.then(() => undefined, (reason) => reason)`,
    `expect(error).to.have.property(${q('message')}, ${todo})`,
  ];
}
