import { ts } from 'ts-morph';
import type { Bindings } from '../bindings.ts';
import { calleeName, callKey } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { evaluate } from '../constants.ts';
import { unwrap } from '../run-time.ts';
import { wordsOf } from '../words.ts';
import type { Extractor, ExtractorPlace } from './extractor.ts';
import { namedKinds, namedValue, ownerOf, siblingsOf } from './named-value.ts';

/** How much is done at a time: `concurrency`, `poolSize`, `batchSize`, `pool: { max }`, `pLimit(5)`, `new Semaphore(5)`, `chunk(items, 100)`. */
export const limits: Extractor = {
  nodes: [...namedKinds, ts.SyntaxKind.CallExpression, ts.SyntaxKind.NewExpression],
  mentions:
    /concurren|parallel|pool|batch|chunk|p_?limit|\w_?limit\b|workers|sockets|connections|prefetch|sema(?:phore)?\b|mergeMap/i,
  take(node, at) {
    const named = namedValue(node);
    if (named) return named.value && isLimit(named.name, node) ? valueFeature(node, named.name, named.value, at) : [];
    return ts.isCallExpression(node) || ts.isNewExpression(node) ? callFeature(node, at) : [];
  },
};

function isLimit(name: string, node: ts.Node): boolean {
  const words = wordsOf(name);
  const has = (...some: readonly string[]) => words.some((word) => some.includes(word));
  if (has('concurrency', 'parallelism', 'prefetch')) return true;
  if (has('concurrent', 'parallel', 'workers', 'sockets', 'connections', 'connection'))
    return has('max', 'maximum', 'limit', 'num', 'number', 'count', 'size', 'default');
  if (has('pool', 'batch', 'chunk')) return has('size', 'limit', 'max', 'length', 'count');
  return (name === 'max' || name === 'min' || name === 'size') && isInPool(node);
}

/** The options of a pool: `pool: { max: 10 }`, `new Pool({ max: 10 })`, `createPool(..., { min: 2 })`. */
function isInPool({ parent: object }: ts.Node): boolean {
  if (!ts.isObjectLiteralExpression(object)) return false;
  const { parent } = object;
  if (ts.isPropertyAssignment(parent)) return /^pool$/i.test(parent.name.getText());
  const isCall = ts.isCallExpression(parent) || ts.isNewExpression(parent);
  return isCall && /^(?:create)?\w*Pool$/.test(calleeName(parent.expression));
}

function valueFeature(
  node: ts.Node,
  name: string,
  given: ts.Expression,
  { bindings, file }: ExtractorPlace,
): Feature[] {
  const value = unwrap(given);
  if (ts.isStringLiteralLike(value) || ts.isFunctionLike(value) || ts.isObjectLiteralExpression(value)) return [];
  const known = evaluate(value, bindings);
  if (!known && ts.isVariableDeclaration(node)) return [];
  const owner = ownerOf(node);
  const isProperty = ts.isPropertyAssignment(node);
  return [
    {
      kind: 'concurrency',
      key: `${wordsOf(name).join(' ')} of ${owner}`,
      range: { start: value.getStart(file), end: value.end },
      text: isProperty ? node.getText(file) : `${name} = ${value.getText(file)}`,
      value: known && String(known.value),
      literal: value.getText(file),
      owner: owner || name,
      words: isProperty ? [name, ...siblingsOf(node)] : [name],
      via: known?.via,
    },
  ];
}

const limiters =
  /^(?:p_?limit|promise_?limit|create_?limiter|limit_?concurrency|semaphore|sema|chunk|chunked|chunk_?array|in_?batches|batched|(?:each|map|eachOf|filter|times|parallel)Limit|async_?pool|mergeMap|with_?concurrency)$/i;

function callFeature(call: ts.CallExpression | ts.NewExpression, { bindings, file }: ExtractorPlace): Feature[] {
  const name = calleeName(call.expression);
  if (!limiters.test(name)) return [];
  const values = (call.arguments ?? []).filter((one) => !ts.isFunctionLike(one));
  const argument = values.find((one) => evaluate(one, bindings) !== undefined) ?? values.at(-1);
  if (!argument) return [];
  const known = evaluate(argument, bindings);
  return [
    {
      kind: 'concurrency',
      key: `${name} of ${name}`,
      range: { start: argument.getStart(file), end: argument.end },
      text: call.getText(file),
      value: known && String(known.value),
      literal: argument.getText(file),
      owner: name,
      via: known?.via,
    },
  ];
}

/**
 * How the calls of a loop run: `one by one` (a loop that awaits them), `all at once` (`Promise.all(items.map(...))` of as many as there
 * are), or `limited` (the same in batches, or through a limiter). `protects` holds the calls.
 */
export const loops: Extractor = {
  nodes: [
    ts.SyntaxKind.DoStatement,
    ts.SyntaxKind.WhileStatement,
    ts.SyntaxKind.ForStatement,
    ts.SyntaxKind.ForInStatement,
    ts.SyntaxKind.ForOfStatement,
    ts.SyntaxKind.CallExpression,
  ],
  mentions: /\bawait\b|\bPromise\s*\.\s*all/,
  take(node, at) {
    if (ts.isIterationStatement(node, false)) return oneByOne(node, at);
    return ts.isCallExpression(node) ? allAtOnce(node, at) : [];
  },
};

function oneByOne(loop: ts.IterationStatement, { bindings, file }: ExtractorPlace): Feature[] {
  if (ts.isForOfStatement(loop) && isFixed(loop.expression, bindings)) return [];
  const keys = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isIterationStatement(node, false)) return;
    const call = ts.isAwaitExpression(node) ? unwrap(node.expression) : undefined;
    if (call && ts.isCallExpression(call)) keys.add(callKey(call, bindings));
    ts.forEachChild(node, visit);
  };
  visit(loop.statement);
  return keys.size === 0 ? [] : [loopFeature('one by one', loop, keys, file)];
}

function allAtOnce(call: ts.CallExpression, { bindings, file }: ExtractorPlace): Feature[] {
  if (!isGroup(call, file) || !call.arguments[0]) return [];
  const mapped = mapOf(call.arguments[0], bindings);
  const run = mapped?.arguments[0];
  if (!mapped || !run || isFixed((mapped.expression as ts.PropertyAccessExpression).expression, bindings)) return [];
  const keys = new Set<string>();
  let limited = isBatch(call, mapped, file);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      keys.add(callKey(node, bindings));
      const runs = node.arguments.some(ts.isFunctionLike);
      limited ||= runs && /limit|queue|pool|throttl|sema|schedule|enqueue/i.test(node.expression.getText(file));
      // What runs in there for all at once has a loop, and perhaps a limit, of its own.
      if (isGroup(node, file)) return;
    }
    ts.forEachChild(node, visit);
  };
  if (ts.isIdentifier(run)) keys.add(bindings.canonical(run.text));
  else visit(run);
  return keys.size === 0 ? [] : [loopFeature(limited ? 'limited' : 'all at once', call, keys, file)];
}

function isGroup(call: ts.CallExpression, file: ts.SourceFile): boolean {
  const callee = unwrap(call.expression);
  return (
    ts.isPropertyAccessExpression(callee) &&
    /^all(?:Settled)?$/.test(callee.name.text) &&
    callee.expression.getText(file) === 'Promise'
  );
}

function loopFeature(key: string, node: ts.Node, keys: ReadonlySet<string>, file: ts.SourceFile): Feature {
  const range = { start: node.getStart(file), end: node.end };
  return { kind: 'concurrency', key, range, text: file.text.slice(range.start, range.end), protects: [...keys] };
}

/** `items.map(...)`, or the constant that holds it. */
function mapOf(expression: ts.Expression, bindings: Bindings): ts.CallExpression | undefined {
  let node = unwrap(expression);
  const holder = ts.isIdentifier(node) ? bindings.constant(node, node.text) : undefined;
  if (holder && ts.isVariableDeclaration(holder) && holder.initializer) node = unwrap(holder.initializer);
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  return /^(?:map|flatMap)$/.test(node.expression.name.text) ? node : undefined;
}

/** As many as are written there; an empty list is filled somewhere. */
function isFixed(list: ts.Expression, bindings: Bindings): boolean {
  const node = unwrap(list);
  if (ts.isArrayLiteralExpression(node)) return node.elements.length > 0 && !node.elements.some(ts.isSpreadElement);
  const holder = ts.isIdentifier(node) ? bindings.constant(node, node.text) : undefined;
  const value = holder && ts.isVariableDeclaration(holder) ? holder.initializer : undefined;
  return value !== undefined && ts.isArrayLiteralExpression(unwrap(value)) && isFixed(value, bindings);
}

/** `for (const part of chunk(items, 10)) await Promise.all(part.map(...))` */
function isBatch(call: ts.Node, mapped: ts.Node, file: ts.SourceFile): boolean {
  const loop = ts.findAncestor(call, (one) => ts.isIterationStatement(one, false) || ts.isFunctionLike(one));
  if (!loop || !ts.isIterationStatement(loop, false)) return false;
  const head = file.text.slice(loop.getStart(file), loop.statement.getStart(file));
  return /batch|chunk|slice|splice|part|group|page|\+=/i.test(head + mapped.getText(file).slice(0, 80));
}
