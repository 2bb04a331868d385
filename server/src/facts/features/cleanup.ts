import { ts } from 'ts-morph';
import { calleeName, callKey, keysOfCalls } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { unwrap } from '../run-time.ts';
import { deedsOf } from './catch-deeds.ts';
import type { Extractor, ExtractorPlace } from './extractor.ts';

/**
 * What is undone, and when. `value` says how: `finally` (`protects`: calls before it; `words`: what it does), `release` (a call that
 * undoes another one; `words`: names of that other one), `effect` (the function that an effect returns), `using`, or `signal` (an option by
 * which a call can be aborted).
 */
export const cleanups: Extractor = {
  nodes: [
    ts.SyntaxKind.TryStatement,
    ts.SyntaxKind.CallExpression,
    ts.SyntaxKind.VariableDeclarationList,
    ts.SyntaxKind.PropertyAssignment,
    ts.SyntaxKind.ShorthandPropertyAssignment,
  ],
  mentions:
    /finally|\bclear|\bcancel|remove(?:Event)?Listener|\boff\b|unsubscribe|unobserve|disconnect|abort|\busing\b|Effect\b|revokeObjectURL|\brelease|unlock|\bclose\b|\bsignal\b|takeUntil|onMount/,
  take(node, at) {
    if (ts.isTryStatement(node)) return node.finallyBlock ? finallyBlock(node, node.finallyBlock, at) : [];
    if (ts.isCallExpression(node)) return ofCall(node, at);
    if (ts.isVariableDeclarationList(node)) return usings(node, at);
    const isProperty = ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node);
    return isProperty && ts.isIdentifier(node.name) && node.name.text === 'signal' ? signal(node, at) : [];
  },
};

function feature(value: string, key: string, node: ts.Node, file: ts.SourceFile, more: Partial<Feature>): Feature {
  const range = { start: node.getStart(file), end: node.end };
  return { kind: 'cleanup', key, range, text: file.text.slice(range.start, range.end), value, ...more };
}

function finallyBlock(node: ts.TryStatement, block: ts.Block, { bindings, file }: ExtractorPlace): Feature[] {
  const protects = keysOfCalls(node.tryBlock, bindings);
  const start = file.text.lastIndexOf('finally', block.getStart(file));
  // A `try` with neither, while somebody types: the parser puts a block there, without the word.
  if (start < node.tryBlock.end) return [];
  const range = { start, end: block.end };
  const words = deedsOf(block, block, file);
  const text = file.text.slice(start, block.end);
  return [{ ...feature('finally', `finally ${words.join(' ')}`, block, file, { protects, words }), range, text }];
}

/** What undoes a call, by name, and what it undoes. */
const releases: readonly (readonly [RegExp, string])[] = [
  [/^clearTimeout$/, 'setTimeout'],
  [/^clearInterval$/, 'setInterval'],
  [/^clearImmediate$/, 'setImmediate'],
  [/^cancelAnimationFrame$/, 'requestAnimationFrame'],
  [/^cancelIdleCallback$/, 'requestIdleCallback'],
  [/^removeEventListener$/, 'addEventListener'],
  [/^(?:removeListener|off|removeAllListeners)$/, 'on|once|addListener|addEventListener'],
  [/^unsubscribe$/, 'subscribe\\w*|onSnapshot|on[A-Z]\\w*'],
  [/^(?:takeUntil|takeUntilDestroyed|takeWhile)$/, 'subscribe'],
  [/^(?:unobserve|disconnect)$/, 'observe|connect|\\w+Observer'],
  [/^abort$/, 'AbortController'],
  [/^revokeObjectURL$/, 'createObjectURL'],
  [/^releaseLock$/, 'getReader|getWriter'],
  [/^release$/, 'connect|acquire|getConnection|reserve|createQueryRunner'],
  [/^(?:unlock|releaseMutex)$/, 'lock|acquire'],
  [
    /^close(?:Sync)?$/,
    'createReadStream|createWriteStream|createServer|createInterface|launch|newPage|newContext|createConnection|getConnection|openSync|WebSocket|EventSource|BroadcastChannel|AudioContext|connect',
  ],
];

const effects = /^(?:use\w*Effect|onMount|effect|watchEffect|useFocusEffect)$/;

function ofCall(node: ts.CallExpression, { bindings, file }: ExtractorPlace): Feature[] {
  const name = calleeName(node.expression);
  if (name === 'finally' && ts.isPropertyAccessExpression(node.expression) && node.arguments[0])
    return [chained(node, node.expression, node.arguments[0])];
  if (effects.test(name)) return effect(node);
  const [, acquires] = releases.find(([one]) => one.test(name)) ?? [];
  if (acquires === undefined) return [];
  const [event] = node.arguments;
  const of = event && ts.isStringLiteralLike(event) ? ` ${event.text}` : '';
  if (name === 'off' && !event) return [];
  return [feature('release', `${name}${of}`, node, file, { words: [acquires], owner: name })];

  /** `.finally(() => setBusy(false))` */
  function chained(at: ts.CallExpression, access: ts.PropertyAccessExpression, handler: ts.Expression): Feature {
    const range = { start: access.name.getStart(file) - 1, end: at.end };
    const protects = keysOfCalls(access.expression, bindings);
    const words = deedsOf(handler, at, file);
    return {
      ...feature('finally', `finally ${words.join(' ')}`, at, file, { protects, words }),
      range,
      text: file.text.slice(range.start, range.end),
    };
  }

  /** What the callback returns, where that is a function or stands for one. */
  function effect(at: ts.CallExpression): Feature[] {
    const run = at.arguments[0] && unwrap(at.arguments[0]);
    if (!run || !(ts.isArrowFunction(run) || ts.isFunctionExpression(run)) || !ts.isBlock(run.body)) return [];
    const end = run.body.statements.findLast((one) => ts.isReturnStatement(one) && one.expression !== undefined);
    if (!end || !ts.isReturnStatement(end)) return [];
    const undo = unwrap(end.expression!);
    const words = ts.isArrowFunction(undo) || ts.isFunctionExpression(undo) ? deedsOf(undo, undo, file) : [];
    const protects = run.body.statements.filter((one) => one !== end).flatMap((one) => keysOfCalls(one, bindings));
    const own = ts.isCallExpression(undo) ? [callKey(undo, bindings)] : [];
    const key = `effect ${[...words, ...own].join(' ')}`;
    return [feature('effect', key, end, file, { protects: [...new Set([...protects, ...own])], words, owner: name })];
  }
}

function usings(node: ts.VariableDeclarationList, { bindings, file }: ExtractorPlace): Feature[] {
  if ((node.flags & ts.NodeFlags.Using) !== ts.NodeFlags.Using) return [];
  return node.declarations.map((one) =>
    feature('using', `using ${one.initializer ? keysOfCalls(one.initializer, bindings)[0] : ''}`, node, file, {
      protects: one.initializer ? keysOfCalls(one.initializer, bindings) : [],
    }),
  );
}

/** `fetch(url, { signal })`; a signal of time is told as a timeout. */
function signal(
  node: ts.PropertyAssignment | ts.ShorthandPropertyAssignment,
  { bindings, file }: ExtractorPlace,
): Feature[] {
  const call = node.parent.parent;
  if (!ts.isCallExpression(call) || /\.timeout\(/.test(node.getText(file))) return [];
  return [
    feature('signal', `signal of ${calleeName(call.expression)}`, node, file, { protects: [callKey(call, bindings)] }),
  ];
}
