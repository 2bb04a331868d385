import { ts } from 'ts-morph';
import type { TextRange } from '../core/text.ts';
import { wordsOfCode } from '../core/words.ts';
import { type Assertion, assertionsIn } from './assertions.ts';
import { parseForFacts } from './parse.ts';
import { type Opening, openingOf, skipInside, type TestMark } from './test-openings.ts';
import { shinglesOfText } from './test-tokens.ts';

/** One test, a suite of tests, or a function beside them that asserts something, of one text of a test file. Plain JSON. */
export interface TestCase {
  readonly kind: 'case' | 'suite' | 'helper';
  /** Names of helpers, and titles of the suites around it, outermost first, and its own: as written, templates and expressions as their source. */
  readonly titles: readonly string[];
  /** The whole call. */
  readonly range: TextRange;
  /** From its first word to the end of its title. */
  readonly nameRange: TextRange;
  /** That it does not run, or that others do not run beside it. Not where a condition decides. */
  readonly mark?: TestMark;
  /** What marks it, as written: `it.skip`, `{ skip: true }`, `test.skip()`. */
  readonly markText?: string;
  /** A comment beside the mark, or the mark's own text, says why. */
  readonly explained: boolean;
  /** It runs once for each row of a table. */
  readonly table: boolean;
  /** Its tokens without comments and layout: equal texts are equal tests. Empty for suites. */
  readonly normal: string;
  /** Hashes of token windows, for likeness. Empty for suites. */
  readonly shingles: readonly number[];
  readonly assertions: readonly Assertion[];
  /** Names and words that stand in it, its title among them. */
  readonly words: readonly string[];
}

/** What is compared of one text of a changed test file. */
export interface TestCases {
  /** In the order of the text; a suite stands before its cases. */
  readonly cases: readonly TestCase[];
  /** Where its imports come from, as written. */
  readonly imports: readonly string[];
}

type Body = Pick<TestCase, 'normal' | 'shingles' | 'assertions' | 'words'>;

const keptBy = new WeakMap<TestCases, ReadonlyMap<string, Body>>();

/**
 * The tests of a file by the words of the usual frameworks (jest, vitest, mocha, node:test, playwright, jasmine, cypress): `it`, `test`,
 * `describe` and their kin. A pure function; a text with syntax errors yields what could be read of it.
 * @param before what was told of an earlier text of the same file: only makes it faster
 */
export function takeTestCases(path: string, text: string, before?: TestCases): TestCases {
  const file = parseForFacts(path, text);
  const known = before && keptBy.get(before);
  const kept = new Map<string, Body>();
  const cases: TestCase[] = [];
  const visit = (node: ts.Node, titles: readonly string[], conditional: boolean): void => {
    const opening = ts.isCallExpression(node) ? openingOf(node, file) : undefined;
    if (opening) {
      const own = [...titles, opening.title];
      const told = bodyOf(opening, own, file, known, kept);
      cases.push(caseOf(opening, own, told, conditional, file));
      if (opening.kind === 'suite' && opening.body) visit(opening.body, own, conditional);
      return;
    }
    const decides = conditional || ts.isIfStatement(node) || ts.isConditionalExpression(node);
    const before = cases.length;
    ts.forEachChild(node, (child) => visit(child, titles, decides));
    // A function that opens tests is none that tests call.
    const helper = cases.length === before ? helperAt(node, titles, file, known, kept) : undefined;
    if (helper) cases.push(helper);
  };
  for (const one of file.statements) visit(one, [], false);
  const imports = file.statements.flatMap((one) =>
    ts.isImportDeclaration(one) && ts.isStringLiteral(one.moduleSpecifier) ? [one.moduleSpecifier.text] : [],
  );
  const facts: TestCases = { cases, imports };
  keptBy.set(facts, kept);
  return facts;
}

function caseOf(
  opening: Opening,
  titles: readonly string[],
  body: Body,
  conditional: boolean,
  file: ts.SourceFile,
): TestCase {
  const { call, kind, table } = opening;
  const start = call.getStart(file);
  const inside = opening.mark ? undefined : skipInside(opening, file);
  const mark = opening.mark ?? inside?.mark;
  const isMarked = mark !== undefined && !(conditional && mark !== 'only');
  const place = inside?.range.start ?? start;
  return {
    kind,
    titles,
    range: { start, end: call.end },
    nameRange: { start, end: call.arguments[0]!.end },
    ...(isMarked && { mark, markText: inside?.text ?? opening.markText }),
    explained: isMarked && (opening.reason || inside?.reason === true || hasReason(file.text, place)),
    table,
    ...placed(body, start),
  };
}

function placed(body: Body, by: number): Body {
  const assertions = body.assertions.map((one) => ({
    ...one,
    range: { start: one.range.start + by, end: one.range.end + by },
  }));
  return { ...body, assertions };
}

/** A function with a name that holds something to be so. */
function helperAt(
  node: ts.Node,
  titles: readonly string[],
  file: ts.SourceFile,
  known: ReadonlyMap<string, Body> | undefined,
  kept: Map<string, Body>,
): TestCase | undefined {
  const isNamed =
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    (ts.isVariableDeclaration(node) && isFunction(node));
  const name = isNamed ? node.name : undefined;
  if (!isNamed || !name || !ts.isIdentifier(name)) return undefined;
  const start = node.getStart(file);
  const text = file.text.slice(start, node.end);
  if (!/\bexpect|\bassert|\.should\b|\bt\.\w/.test(text)) return undefined;
  const body = known?.get(text) ?? {
    ...shinglesOfText(text),
    assertions: assertionsIn(node, file, start),
    words: wordsOfCode(text),
  };
  kept.set(text, body);
  if (body.assertions.length === 0) return undefined;
  const range = { start, end: node.end };
  const nameRange = { start: name.getStart(file), end: name.end };
  const plain = { kind: 'helper', explained: false, table: false } as const;
  return { ...plain, titles: [...titles, name.text], range, nameRange, ...placed(body, start) };
}

function isFunction({ initializer }: ts.VariableDeclaration): boolean {
  return initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer));
}

const empty: Body = { normal: '', shingles: [], assertions: [], words: [] };

/** Told from the text of the call alone, so that an equal text need not be looked at again. Places count from its start. */
function bodyOf(
  opening: Opening,
  titles: readonly string[],
  file: ts.SourceFile,
  known: ReadonlyMap<string, Body> | undefined,
  kept: Map<string, Body>,
): Body {
  if (opening.kind === 'suite') return empty;
  const start = opening.call.getStart(file);
  const text = file.text.slice(start, opening.call.end);
  const before = known?.get(text);
  const body = before ?? {
    ...shinglesOfText(bodyText(opening, file)),
    assertions: opening.body ? assertionsIn(opening.body, file, start) : [],
    words: wordsOfCode(text),
  };
  kept.set(text, body);
  const around = wordsOfCode(titles.slice(0, -1).join(' '));
  return { ...body, words: [...new Set([...body.words, ...around])] };
}

/** The table and the body: a case that only got another title is the same case. */
function bodyText({ call, body }: Opening, file: ts.SourceFile): string {
  const table = ts.isCallExpression(call.expression) ? call.expression.arguments : [];
  const parts = [...table, ...(body ? [body] : [])];
  return parts.map((one) => file.text.slice(one.getStart(file), one.end)).join('\n');
}

/** A comment on the line of a place, or on the lines directly above it. */
function hasReason(text: string, place: number): boolean {
  const lineStart = text.lastIndexOf('\n', place - 1) + 1;
  const lineEnd = text.indexOf('\n', place);
  const line = text.slice(place, lineEnd < 0 ? text.length : lineEnd);
  const above = text.slice(0, lineStart).trimEnd().split('\n').at(-1)?.trim() ?? '';
  const touches = /^\s*$/.test(text.slice(text.slice(0, lineStart).trimEnd().length, lineStart).replace('\n', ''));
  const comment = /^(?:\/\/|\/\*|\*)/.test(above) && touches;
  return isSentence(/\/[/*](.*)$/.exec(line)?.[1]) || (comment && isSentence(above));
}

/** More than a mark of a tool: a word or two, or the number of a ticket. */
function isSentence(comment: string | undefined): boolean {
  if (comment === undefined || /^[\s/*]*(?:eslint|biome|@ts-|prettier|istanbul|c8|v8|#region)/.test(comment))
    return false;
  return /[A-Z]+-\d+|#\d+|https?:/.test(comment) || (comment.match(/\p{L}{2,}/gu) ?? []).length >= 2;
}
