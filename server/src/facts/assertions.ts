import { ts } from 'ts-morph';
import type { TextRange } from '../core/text.ts';
import { unwrap } from './run-time.ts';

/** One thing that a test holds to be so. */
export interface Assertion {
  /** What it is about: the argument of `expect`, or all arguments but the last one of `assert.equal(a, b)`, in one line. */
  readonly subject: string;
  /** The words that compare, without fillers: `toEqual`, `not.toThrow`, `equal`. */
  readonly matcher: string;
  /**
   * How much it rules out: 5 exact and strict, 4 exact, 3 a part or a bound, 2 hardly more than presence, 1 presence. Undefined where the
   * matcher is not known.
   */
  readonly strength: number | undefined;
  /** How many of its expected values are open: `expect.any(Number)`, `expect.anything()`, `expect.objectContaining(...)`. */
  readonly open: number;
  /** Of the test's file. */
  readonly range: TextRange;
  readonly text: string;
}

/** Assertions below a node, in order. Places are told from `origin` on. */
export function assertionsIn(root: ts.Node, file: ts.SourceFile, origin: number): Assertion[] {
  const found: Assertion[] = [];
  const visit = (node: ts.Node): void => {
    const one = isChainPart(node) ? undefined : assertionAt(node, file);
    if (one) {
      const range = { start: node.getStart(file) - origin, end: node.end - origin };
      found.push({ ...one, range, text: node.getText(file) });
    }
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** A part of a longer chain (`expect(x)` of `expect(x).toBe(1)`) is told with the whole. */
function isChainPart(node: ts.Node): boolean {
  const { parent } = node;
  return (ts.isPropertyAccessExpression(parent) || ts.isCallExpression(parent)) && parent.expression === node;
}

type Told = Pick<Assertion, 'subject' | 'matcher' | 'strength' | 'open'>;

function assertionAt(node: ts.Node, file: ts.SourceFile): Told | undefined {
  if (!ts.isCallExpression(node) && !ts.isPropertyAccessExpression(node)) return undefined;
  const { names, calls, root } = chainOf(node);
  const first = calls.at(-1);
  if (!root || !first) return undefined;
  const given = calls[0] === first ? [] : [...calls[0]!.arguments];
  const words = names.filter((one) => !fillers.has(one));
  if (/^expect(?:TypeOf)?$/.test(root)) {
    // `expect.any(Number)` and `expect.assertions(2)` hold nothing themselves.
    const starts = /^expect(?:TypeOf|\.soft|\.poll)?$/.test(first.expression.getText(file));
    const matcher = words.filter((one) => one !== 'soft' && one !== 'poll').join('.');
    if (!starts || matcher === '') return undefined;
    return { subject: line(first.arguments, file), matcher, ...weigh(matcher, given, file) };
  }
  if (/^(?:assert|t|chai|sinon)$/.test(root) && (root === 'assert' || words.length > 0)) {
    const matcher = words.filter((one) => one !== 'strict' && one !== 'assert').join('.') || 'ok';
    const known = isAssertion.test(matcher);
    if (root !== 'assert' && !known && !names.includes('assert')) return undefined;
    const [subject, ...expected] = first.arguments;
    return { subject: subject ? line([subject], file) : '', matcher, ...weigh(matcher, expected, file) };
  }
  if (names.includes('should')) {
    const matcher = `should ${given[0] && ts.isStringLiteralLike(given[0]) ? given[0].text : words.at(-1)}`;
    return { subject: subjectOfShould(node, file), matcher, strength: undefined, open: 0 };
  }
  if (/^(?:expect|assert|verify|check|should)[A-Z_]/.test(names.at(-1) ?? root))
    return { subject: line(first.arguments, file), matcher: names.at(-1) ?? root, strength: undefined, open: 0 };
  return undefined;
}

const fillers = new Set(
  'to be been is that which and has have with at of same but does still also a an resolves rejects'.split(' '),
);

const isAssertion =
  /^(?:is|not|ok|truthy|falsy|true|false|deepEqual|equal|strictEqual|deepStrictEqual|like|throws|throwsAsync|notThrows|regex|snapshot|rejects|calledWith|calledOnce|called)$/;

/** `expect(a).not.toBe(b)` from its end: names in the order of the text, calls from the last one on. */
function chainOf(node: ts.Expression): { names: string[]; calls: ts.CallExpression[]; root: string | undefined } {
  const names: string[] = [];
  const calls: ts.CallExpression[] = [];
  let at: ts.Expression = node;
  for (;;) {
    if (ts.isCallExpression(at)) {
      calls.push(at);
      at = unwrap(at.expression);
    } else if (ts.isPropertyAccessExpression(at)) {
      names.unshift(at.name.text);
      at = unwrap(at.expression);
    } else return { names, calls, root: ts.isIdentifier(at) ? at.text : undefined };
  }
}

function line(nodes: readonly ts.Node[], file: ts.SourceFile): string {
  return nodes.map((one) => one.getText(file).replace(/\s+/g, ' ')).join(', ');
}

function subjectOfShould(node: ts.Expression, file: ts.SourceFile): string {
  const text = node.getText(file).replace(/\s+/g, ' ');
  return text.slice(0, Math.max(0, text.indexOf('.should')));
}

function weigh(
  matcher: string,
  expected: readonly ts.Expression[],
  file: ts.SourceFile,
): Pick<Told, 'strength' | 'open'> {
  const text = line(expected, file);
  const open = (text.match(anything) ?? []).length;
  if (expected.length === 1 && /^expect\.(?:anything\(|any\()/.test(text)) return { strength: 1, open };
  return { strength: strengthOf(matcher, expected.length), open };
}

const anything =
  /\b(?:expect|jasmine|match|sinon\.match)\.(?:anything|any|objectContaining|stringContaining|stringMatching|arrayContaining|closeTo)\b/g;

const strengths: readonly (readonly [RegExp, number])[] = [
  [/^(?:toStrictEqual|strictEqual|deepStrictEqual)$/, 5],
  [/^(?:toBe|toEqual|equal|equals|eq|eql|deep\.equal|deepEqual|is|deepEquals)$/, 4],
  [
    /^(?:toBeNull|toBeUndefined|toBeNaN|null|undefined|true|false|empty|lengthOf|toHaveLength|toHaveBeenCalledTimes)$/,
    4,
  ],
  [/^(?:toHaveBeenCalledWith|toHaveBeenNthCalledWith|toHaveBeenLastCalledWith|toHaveBeenCalledExactlyOnceWith)$/, 4],
  [/^(?:toBeCalledWith|toBeCalledTimes|calledWith|calledOnceWithExactly|toHaveBeenCalledOnce|calledOnce)$/, 4],
  [
    /^(?:toMatchInlineSnapshot|toMatchSnapshot|toMatchObject|toContain|toContainEqual|toMatch|include|match|like|regex)$/,
    3,
  ],
  [/^(?:toHaveProperty|property|toBeCloseTo|closeTo|members|toBeInstanceOf|instanceof|instanceOf)$/, 3],
  [/^(?:toBe(?:Greater|Less)Than(?:OrEqual)?|above|below|least|most|greaterThan|lessThan)$/, 3],
  [/^(?:toBeTruthy|toBeFalsy|ok|truthy|falsy|isOk|toBeTypeOf|toHaveBeenCalled|toBeCalled|called|toHaveReturned)$/, 2],
  [/^(?:toBeDefined|exist|exists|isDefined|not\.(?:toBeNull|toBeUndefined|null|undefined|toBe|toEqual|equal))$/, 1],
];

/** Of `toThrow` and its kin, with what it is to throw or with any failure. */
const throwing = /^(?:toThrow|toThrowError|throws?|throwsAsync|rejects|rejected|rejectedWith)$/;

function strengthOf(matcher: string, expected: number): number | undefined {
  if (throwing.test(matcher)) return expected > 0 ? 4 : 2;
  return strengths.find(([pattern]) => pattern.test(matcher))?.[1];
}
