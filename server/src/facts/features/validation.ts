import { ts } from 'ts-morph';
import { isGuardName } from '../auth-words.ts';
import { calleeName } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { importedFrom } from '../imported-from.ts';
import { unwrap } from '../run-time.ts';
import { squeezed } from '../squeezed.ts';
import { wordsOf } from '../words.ts';
import type { Extractor } from './extractor.ts';

/**
 * What checks data as a whole: `Schema.parse(body)` and its like, functions named so (`validateOrder(order)`), and decorators of
 * class-validator. `owner` is the schema or function, `words` the names of what is checked.
 */
export const validation: Extractor = {
  nodes: [ts.SyntaxKind.Decorator, ts.SyntaxKind.CallExpression],
  mentions:
    /[pP]arse|[vV]alid|\.(?:assert|check|decode|cast|input)\(|[vV]erify|[sS]anitize|\b(?:check|ensure|require|assert)[A-Z]|@[A-Z]/,
  take(node, { file }) {
    if (ts.isDecorator(node)) return decorator(node, file);
    if (!ts.isCallExpression(node)) return [];
    const found = schemaCall(node, file) ?? checkingCall(node);
    return found ? [feature(node, found, file)] : [];
  },
};

interface Check {
  readonly owner: string;
  readonly input: ts.Expression | undefined;
}

function feature(call: ts.CallExpression, { owner, input }: Check, file: ts.SourceFile): Feature {
  const range = { start: call.getStart(file), end: call.end };
  const words = input ? (input.getText(file).match(/[A-Za-z_$][\w$]*/g) ?? []) : [];
  return {
    kind: 'validation',
    key: `check ${owner}`,
    range,
    text: file.text.slice(range.start, range.end),
    value: 'throws',
    owner,
    words: [...new Set(words)],
  };
}

/** Methods that only schemas have. */
const certain = new Set(['safeParse', 'safeParseAsync', 'parseAsync', 'validateSync', 'validateAsync', 'isValidSync']);
const likely = new Set(['parse', 'validate', 'check', 'assert', 'decode', 'cast', 'isValid']);
const functions = new Set([
  'parse',
  'safeParse',
  'parseAsync',
  'assert',
  'is',
  'create',
  'validate',
  'validateSync',
  'validateOrReject',
  'mask',
  'Check',
  'Parse',
  'Decode',
]);
const libraries =
  /^(?:zod|yup|joi|@hapi\/joi|ajv|superstruct|valibot|class-validator|io-ts|runtypes|arktype|@sinclair\/typebox)(?:\/|$)/;

/** `OrderSchema.parse(body)`, `v.parse(OrderSchema, body)`, `procedure.input(OrderSchema)`. */
function schemaCall(call: ts.CallExpression, file: ts.SourceFile): Check | undefined {
  const callee = unwrap(call.expression);
  const name = calleeName(callee);
  const [first, second] = call.arguments;
  if (!first) return undefined;
  const imports = importedFrom(file);
  const isOfLibrary = (node: ts.Expression) => ts.isIdentifier(node) && libraries.test(imports.get(node.text) ?? '');
  if (ts.isIdentifier(callee)) {
    if (!functions.has(name) || !isOfLibrary(callee)) return undefined;
    if (!second) return { owner: name, input: first };
    // `assert(value, Schema)` of superstruct, `parse(Schema, value)` of valibot.
    const isLast = /schema|struct/i.test(second.getText(file));
    return { owner: schemaText(isLast ? second : first, file), input: isLast ? first : second };
  }
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const receiver = unwrap(callee.expression);
  if (name === 'input' && /rocedure/.test(receiver.getText(file)))
    return { owner: schemaText(first, file), input: undefined };
  if (functions.has(name) && second && ts.isIdentifier(receiver) && isOfLibrary(receiver))
    return { owner: schemaText(first, file), input: second };
  if (
    certain.has(name)
      ? isSchema(receiver, file, true)
      : likely.has(name) && (isSchema(receiver, file, false) || isAskedForInput(receiver, first, file))
  )
    return { owner: schemaText(receiver, file), input: first };
  return undefined;
}

function schemaText(node: ts.Expression, file: ts.SourceFile): string {
  return squeezed(node.getText(file)).slice(0, 80);
}

const otherParsers =
  /^(?:JSON|Date|Number|URL|Url|Intl|BigInt|Papa|YAML|Yaml|TOML|XML|CSV|Path|Cookie|SemVer|Marked|Markdown|Babel|Buffer|Object|Array|String|Promise|QueryString|Temporal|this|console|form)$/;

/** Told by its name, by what it was made with, or, for methods that only schemas have, by being called so. */
function isSchema(receiver: ts.Expression, file: ts.SourceFile, isCertain: boolean): boolean {
  const root = rootOf(receiver);
  if (root && libraries.test(importedFrom(file).get(root) ?? '')) return true;
  const name = ts.isIdentifier(receiver) || ts.isPropertyAccessExpression(receiver) ? calleeName(receiver) : '';
  const last = wordsOf(name).at(-1) ?? '';
  if (/^(?:schema|schemas|validator|validators|codec|struct|dto)$/.test(last)) return true;
  if (otherParsers.test(name)) return false;
  if (isCertain) return true;
  const isPascal = /^[A-Z][a-z]\w*$/.test(name);
  return isPascal && ts.isIdentifier(receiver) && /^[.~@]/.test(importedFrom(file).get(name) ?? '');
}

/** `newParcel.parse(req.body)`: something of another file of the workspace is asked about what came in. */
function isAskedForInput(receiver: ts.Expression, input: ts.Expression, file: ts.SourceFile): boolean {
  if (!ts.isIdentifier(receiver) || /pars|read|lex|format|compil/i.test(receiver.text)) return false;
  const from = importedFrom(file).get(receiver.text) ?? '';
  if (!/^[.~@]/.test(from)) return false;
  const isInput = /\b(?:req|request|body|query|params|input|event|payload|ctx|formData|env)\b/.test(
    input.getText(file),
  );
  return isInput || /schema|valid|dto|contract/i.test(from);
}

/** `z` for `z.object({}).strict()`. */
function rootOf(expression: ts.Expression): string | undefined {
  let at = unwrap(expression);
  while (ts.isCallExpression(at) || ts.isPropertyAccessExpression(at)) at = unwrap(at.expression);
  return ts.isIdentifier(at) ? at.text : undefined;
}

/** `validateOrder(order)`, `verifySignature(body)`: functions named for what they do. */
function checkingCall(call: ts.CallExpression): Check | undefined {
  const name = calleeName(call.expression);
  if (!/^(?:validate|verify|sanitize|assert|ensure|check|require)[A-Z]/.test(name) || isGuardName(name, 'call'))
    return undefined;
  // What the others yield may be what they are for.
  if (!/^(?:validate|verify|sanitize)/.test(name) && !isStatement(call)) return undefined;
  if (call.arguments.length === 0 || call.arguments.some(ts.isFunctionLike)) return undefined;
  const first = call.arguments.find((one) => !ts.isLiteralExpression(one));
  return { owner: name, input: first };
}

function isStatement({ parent }: ts.CallExpression): boolean {
  return ts.isExpressionStatement(ts.isAwaitExpression(parent) ? parent.parent : parent);
}

/** `@IsEmail()` of a member. `owner` is its type, without which it is another member. */
function decorator(node: ts.Decorator, file: ts.SourceFile): Feature[] {
  const expression = unwrap(node.expression);
  const name = calleeName(ts.isCallExpression(expression) ? expression.expression : expression);
  const isOfLibrary = importedFrom(file).get(name) === 'class-validator';
  const holdsPipe = /\bValidationPipe\b/.test(node.getText(file));
  if (!isOfLibrary && !holdsPipe) return [];
  const { parent } = node;
  const type = ts.isPropertyDeclaration(parent) && parent.type ? squeezed(parent.type.getText(file)) : '';
  const range = { start: node.getStart(file), end: node.end };
  const text = file.text.slice(range.start, range.end);
  return [{ kind: 'validation', key: `decorator ${name}`, range, text, value: 'throws', owner: type, words: [] }];
}
