import { ts } from 'ts-morph';
import type { Source } from '../source.ts';

/**
 * A part of a test file: the file, a suite (`describe`), a case (`it`), a hook that sets up for the cases beside it, one that
 * clears up, or a story.
 */
export interface Block {
  readonly kind: 'file' | 'suite' | 'case' | 'hook' | 'teardown';
  /** The call, the file, or the statement that declares a story. */
  readonly node: ts.Node;
  /** What leaves with the block. */
  readonly statements: readonly ts.Statement[];
  readonly body?: ts.FunctionLikeDeclaration;
  /** As it is written, where it is a plain text. */
  readonly title?: string;
  /** `each(rows)` or the tagged template. */
  readonly each?: ts.CallExpression | ts.TaggedTemplateExpression;
  readonly parent?: Block;
  readonly children: Block[];
}

export interface Blocks {
  readonly file: Block;
  /** The innermost block around a node. */
  around(node: ts.Node): Block;
}

export function blocksOf(source: Source): Blocks {
  const file: Block = { kind: 'file', node: source.file, statements: [], children: [] };
  const byNode = new Map<ts.Node, Block>([[source.file, file]]);
  const visit = (node: ts.Node, parent: Block): void => {
    const block = ts.isCallExpression(node) ? blockOf(node, parent) : undefined;
    if (block) {
      parent.children.push(block);
      byNode.set(block.body!, block);
    }
    ts.forEachChild(node, (child) => visit(child, block && child === block.body ? block : parent));
  };
  visit(source.file, file);
  addStories(source, file, byNode);
  return {
    file,
    around(node) {
      for (let at: ts.Node = node; ; at = at.parent) {
        const block = byNode.get(at);
        if (block) return block;
      }
    },
  };
}

/** The suites and cases below a block, hooks left out. */
export function casesBelow(block: Block): Block[] {
  return block.children.flatMap((child) => (child.kind === 'case' ? [child] : casesBelow(child)));
}

const caseNames = new Set(['it', 'test', 'specify', 'fit', 'xit', 'xtest', 'ftest']);
const suiteNames = new Set(['describe', 'context', 'suite', 'fdescribe', 'xdescribe', 'xcontext']);
const hookNames = new Set(['beforeEach', 'beforeAll', 'before', 'suiteSetup']);
const teardownNames = new Set(['afterEach', 'afterAll', 'after', 'suiteTeardown', 'onTestFinished']);
/** Members of `test` that neither hold a case nor a suite. */
const otherMembers = new Set(['step', 'use', 'extend', 'info', 'setTimeout', 'configure', 'expect', 'each', 'for']);

function blockOf(call: ts.CallExpression, parent: Block): Block | undefined {
  const callee = calleeOf(call.expression);
  const kind = callee && kindOf(callee.names);
  const body = call.arguments.findLast(isFunction);
  if (!kind || !body) return undefined;
  const [first] = call.arguments;
  return {
    kind,
    node: call,
    statements: statementOf(call),
    body,
    parent,
    children: [],
    ...(first && ts.isStringLiteralLike(first) && { title: first.text }),
    ...(callee.each && { each: callee.each }),
  };
}

function isFunction(node: ts.Node): node is ts.FunctionExpression | ts.ArrowFunction {
  return ts.isFunctionExpression(node) || ts.isArrowFunction(node);
}

function kindOf(names: readonly string[]): Block['kind'] | undefined {
  const [first = ''] = names;
  const last = names.at(-1)!;
  if (hookNames.has(last) && (names.length === 1 || caseNames.has(first))) return 'hook';
  if (teardownNames.has(last) && (names.length === 1 || caseNames.has(first))) return 'teardown';
  if (suiteNames.has(first) || names.slice(1).some((name) => suiteNames.has(name)))
    return otherMembers.has(last) ? undefined : 'suite';
  return caseNames.has(first) && !names.slice(1).some((name) => otherMembers.has(name)) ? 'case' : undefined;
}

interface Callee {
  readonly names: readonly string[];
  readonly each?: ts.CallExpression | ts.TaggedTemplateExpression;
}

/** `['it', 'only']` for `it.only`, with the rows of `it.only.each(rows)`. */
function calleeOf(node: ts.Expression): Callee | undefined {
  if (ts.isIdentifier(node)) return { names: [node.text] };
  if (ts.isPropertyAccessExpression(node)) {
    const inner = calleeOf(node.expression);
    return inner && { ...inner, names: [...inner.names, node.name.text] };
  }
  const made = ts.isCallExpression(node) ? node.expression : ts.isTaggedTemplateExpression(node) ? node.tag : undefined;
  if (!made || !ts.isPropertyAccessExpression(made)) return undefined;
  const inner = calleeOf(made.expression);
  const isEach = /^(?:each|for)$/.test(made.name.text);
  return inner && (isEach ? { ...inner, each: node as NonNullable<Callee['each']> } : inner);
}

function statementOf(call: ts.CallExpression): ts.Statement[] {
  const outer =
    ts.isAwaitExpression(call.parent) || ts.isVoidExpression(call.parent) ? call.parent.parent : call.parent;
  return ts.isExpressionStatement(outer) ? [outer] : [];
}

/** Stories are the exports of their files, each with the statements that add to it (`Off.args = ...`). */
function addStories(source: Source, file: Block, byNode: Map<ts.Node, Block>): void {
  if (!/\.(?:stories|story)\.[cm]?[jt]sx?$/.test(source.path)) return;
  const stories = new Map<string, { block: Block; statements: ts.Statement[] }>();
  for (const statement of source.file.statements) {
    const name = exportedName(statement);
    if (name !== undefined) {
      const statements = [statement];
      const block: Block = { kind: 'case', node: statement, statements, title: name, parent: file, children: [] };
      stories.set(name, { block, statements });
      file.children.push(block);
      byNode.set(statement, block);
    }
    const story = stories.get(extendedName(statement) ?? '');
    if (!story) continue;
    story.statements.push(statement);
    byNode.set(statement, story.block);
  }
}

function exportedName(statement: ts.Statement): string | undefined {
  const isExported =
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return undefined;
  if (ts.isFunctionDeclaration(statement)) return statement.name?.text;
  if (!ts.isVariableStatement(statement)) return undefined;
  const [first, ...more] = statement.declarationList.declarations;
  return first && more.length === 0 && ts.isIdentifier(first.name) ? first.name.text : undefined;
}

/** `Off` of `Off.args = ...` and `Off.parameters.flags = ...`. */
function extendedName(statement: ts.Statement): string | undefined {
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return undefined;
  let left: ts.Expression = statement.expression.left;
  while (ts.isPropertyAccessExpression(left)) left = left.expression;
  return ts.isIdentifier(left) ? left.text : undefined;
}
