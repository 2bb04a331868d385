import { distance } from 'fastest-levenshtein';
import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { z } from 'zod';
import type { TextRange } from '../core/text.ts';
import { type Policy, policySchema } from './schema.ts';

/** Where the policy of a workspace folder stands in it. */
export const policyPath = 'switchyard.jsonc';

/** Something wrong with a policy file, at its place in the text. */
export interface PolicyProblem {
  readonly range: TextRange;
  /** One sentence, plain. */
  readonly message: string;
}

/**
 * Reads the text of a policy file: JSON with comments and trailing commas. There is a policy only when there is no problem; an empty
 * text, or one of comments alone, is the default policy.
 * @param ruleIds the rules that exist; a severity for any other one is a problem. Left out, all names pass.
 */
export function parsePolicy(
  text: string,
  ruleIds?: readonly string[],
): { policy?: Policy; problems: readonly PolicyProblem[] } {
  const bom = text.startsWith('\uFEFF') ? 1 : 0;
  const errors: ParseError[] = [];
  const root = parseTree(text.slice(bom), errors, { allowTrailingComma: true, allowEmptyContent: true });
  const problems = errors.map(syntaxProblem);
  if (problems.length === 0) {
    const read = policySchema.safeParse(root === undefined ? {} : getNodeValue(root));
    if (root !== undefined) {
      problems.push(...repeatedNames(root));
      for (const issue of read.error?.issues ?? []) problems.push(...schemaProblems(issue, root));
      if (ruleIds !== undefined) problems.push(...unknownRules(root, ruleIds));
    }
    if (problems.length === 0 && read.success) return { policy: read.data, problems: [] };
  }
  const shifted = problems.map(({ range, message }) => ({ range: shift(range, bom), message }));
  return { problems: shifted.sort((a, b) => a.range.start - b.range.start) };
}

/** The place of a setting in the text of a policy file: of its value, or of the nearest that stands there. */
export function rangeOfSetting(text: string, path: readonly (string | number)[]): TextRange {
  const bom = text.startsWith('\uFEFF') ? 1 : 0;
  const root = parseTree(text.slice(bom), [], { allowTrailingComma: true, allowEmptyContent: true });
  return root === undefined ? { start: 0, end: 0 } : shift(rangeOf(nodeAt(root, path)), bom);
}

const syntaxSentences: Record<string, string> = {
  InvalidSymbol: 'This is no JSON value: write text in double quotes.',
  InvalidNumberFormat: 'This is no number.',
  PropertyNameExpected: 'The name of a setting in double quotes is expected here.',
  ValueExpected: 'A value is expected here.',
  ColonExpected: 'A colon is expected here.',
  CommaExpected: 'A comma is expected here.',
  CloseBraceExpected: 'A closing brace } is missing.',
  CloseBracketExpected: 'A closing bracket ] is missing.',
  EndOfFileExpected: 'Nothing may follow the policy.',
  InvalidCommentToken: 'This comment is not closed.',
  UnexpectedEndOfComment: 'This comment is not closed.',
  UnexpectedEndOfString: 'The closing quote of this text is missing.',
  InvalidUnicode: 'This escape is no character.',
  InvalidEscapeCharacter: 'This escape is not known in JSON.',
  InvalidCharacter: 'This character is not allowed in JSON text.',
};

function syntaxProblem(error: ParseError): PolicyProblem {
  const code = printParseErrorCode(error.error);
  return { range: rangeOf(error), message: syntaxSentences[code] ?? `This is not valid JSON (${code}).` };
}

/** An issue of the schema becomes one problem, or one for each unknown name. */
function schemaProblems(issue: z.core.$ZodIssue, root: Node): PolicyProblem[] {
  const node = nodeAt(root, issue.path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownSetting(key, issue.path, node));
  return [{ range: rangeOf(node), message: sentence(issue, node) }];
}

function unknownSetting(key: string, path: readonly PropertyKey[], node: Node): PolicyProblem {
  const message = `There is no setting "${[...path, key].join('.')}".${didYouMean(key, settingsAt(path))}`;
  return { range: rangeOf(propertyOf(node, key)?.children?.[0] ?? node), message };
}

function sentence(issue: z.core.$ZodIssue, node: Node): string {
  const name = issue.path.length === 0 ? 'The policy' : `"${issue.path.join('.')}"`;
  switch (issue.code) {
    case 'invalid_type':
      if (lacks(node, issue.path)) return `${name} is missing.`;
      return `${name} must be ${kinds[issue.expected] ?? issue.expected}.`;
    case 'invalid_value': {
      const near = didYouMean(String(node.value), issue.values.map(String));
      return `${name} must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}.${near}`;
    }
    case 'too_small':
      return `${name} must be at least ${issue.minimum}.`;
    case 'too_big':
      return `${name} must be at most ${issue.maximum}.`;
    case 'invalid_format':
      // The schema says what is wanted.
      if (issue.format === 'regex') return `${name}: ${issue.message}.`;
      return issue.format === 'date'
        ? `${name} must be a date that exists, as YYYY-MM-DD.`
        : `${name} must be a valid ${issue.format}.`;
    default:
      return `${name}: ${issue.message}.`;
  }
}

const kinds: Record<string, string> = {
  string: 'a text in double quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in [brackets]',
  object: 'an object in {braces}',
  record: 'an object in {braces}',
};

/** The settings that the schema knows at a place. */
function settingsAt(path: readonly PropertyKey[]): string[] {
  let schema: unknown = policySchema;
  for (const step of ['', ...path]) {
    if (step !== '') schema = stepInto(schema, step);
    schema = unwrapped(schema);
  }
  return Object.keys((schema as { shape?: object } | undefined)?.shape ?? {});
}

type Definition = { innerType?: unknown; element?: unknown; valueType?: unknown };

function stepInto(schema: unknown, step: PropertyKey): unknown {
  const { shape, def } = schema as { shape?: Record<PropertyKey, unknown>; def?: Definition };
  return shape?.[step] ?? def?.element ?? def?.valueType;
}

function unwrapped(schema: unknown): unknown {
  const inner = (schema as { def?: Definition } | undefined)?.def?.innerType;
  return inner === undefined ? schema : unwrapped(inner);
}

function unknownRules(root: Node, ruleIds: readonly string[]): PolicyProblem[] {
  const rules = propertyOf(root, 'rules')?.children?.[1];
  if (rules?.type !== 'object') return [];
  return (rules.children ?? []).flatMap((property) => {
    const name = property.children?.[0];
    if (name === undefined || ruleIds.includes(name.value)) return [];
    return [{ range: rangeOf(name), message: `There is no rule "${name.value}".${didYouMean(name.value, ruleIds)}` }];
  });
}

/** JSON takes the last of two settings with one name, and says nothing. */
function repeatedNames(node: Node): PolicyProblem[] {
  const seen = new Set<string>();
  const problems = (node.children ?? []).flatMap(repeatedNames);
  if (node.type !== 'object') return problems;
  for (const property of node.children ?? []) {
    const name = property.children?.[0];
    if (name === undefined) continue;
    if (seen.has(name.value)) problems.push({ range: rangeOf(name), message: `"${name.value}" is set twice.` });
    seen.add(name.value);
  }
  return problems;
}

function didYouMean(wrong: string, known: readonly string[]): string {
  const near = known
    .map((name) => ({ name, off: distance(wrong.toLowerCase(), name.toLowerCase()) }))
    .filter(
      ({ name, off }) =>
        off <= Math.max(2, Math.floor(name.length / 3)) || (wrong.length > 1 && name.startsWith(wrong)),
    )
    .sort((a, b) => a.off - b.off || (a.name < b.name ? -1 : 1))[0];
  return near === undefined ? '' : ` Did you mean "${near.name}"?`;
}

/** The value at a path, or the nearest that stands there. */
function nodeAt(root: Node, path: readonly PropertyKey[]): Node {
  let node = root;
  for (const step of path) {
    const next = typeof step === 'number' ? node.children?.[step] : propertyOf(node, String(step))?.children?.[1];
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

/** True when the last step of a path names a setting that its object does not have. */
function lacks(node: Node, path: readonly PropertyKey[]): boolean {
  const last = path.at(-1);
  return node.type === 'object' && typeof last === 'string' && node.parent?.children?.[0]?.value !== last;
}

/** Of settings with one name the last one counts. */
function propertyOf(node: Node, name: string): Node | undefined {
  if (node.type !== 'object') return undefined;
  return node.children?.findLast((property) => property.children?.[0]?.value === name);
}

function rangeOf({ offset, length }: { offset: number; length: number }): TextRange {
  return { start: offset, end: offset + length };
}

function shift(range: TextRange, by: number): TextRange {
  return { start: range.start + by, end: range.end + by };
}
