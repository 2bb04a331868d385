import { ts } from 'ts-morph';
import type { Source } from '../source.ts';
import type { Seed } from '../values/known.ts';
import { nodeAt, type SeedRefusal } from '../values/seed.ts';
import { calleeNames, isFunction } from './context.ts';

/**
 * Reads of a test file that are asked for their own sake: whose value is expected, or that a component or hook of the test hands on. To
 * fold them would leave a test of nothing (`expect(true).toBe(true)`), and the flag may be a mere example there.
 */
export function selfReads(source: Source, seeds: readonly Seed[]): SeedRefusal[] {
  return seeds.flatMap((seed) => {
    const node = nodeAt(source.file, seed.read);
    if (!node || !isAskedForItself(source, node)) return [];
    const { key } = seed.read;
    const reason = `This test asks for the flag itself: where it is about '${key}', delete it, else let it ask for another key.`;
    return [{ seed, reason }];
  });
}

function isAskedForItself(source: Source, node: ts.Node): boolean {
  if (isExpected(node) || isInProbe(node)) return true;
  const holder = ts.findAncestor(node, (one) => (ts.isStatement(one) ? 'quit' : ts.isVariableDeclaration(one)));
  if (!holder || !ts.isVariableDeclaration(holder)) return false;
  return namesIn(ts.isBindingElement(node) ? node.name : holder.name).some((name) => {
    const symbol = source.symbolOf(name);
    return symbol !== undefined && source.referencesOf(symbol).some(isExpected);
  });
}

function namesIn(name: ts.BindingName): ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((one) => (ts.isBindingElement(one) ? namesIn(one.name) : []));
}

/** It stands among the arguments of `expect(...)` or `assert(...)`. */
function isExpected(node: ts.Node): boolean {
  return (
    ts.findAncestor(node, (one) => {
      if (ts.isStatement(one)) return 'quit';
      if (!ts.isCallExpression(one.parent) || one === one.parent.expression) return false;
      const names = calleeNames(one.parent.expression);
      return /^(?:expect\w*|assert|should|renderHook|t)$/.test(names[0] ?? '');
    }) !== undefined
  );
}

/** A component, or a hook, that the test declares to look at the flag through it. */
function isInProbe(node: ts.Node): boolean {
  return (
    ts.findAncestor(node, (one) => {
      if (ts.isFunctionDeclaration(one)) return probe.test(one.name?.text ?? '');
      if (!isFunction(one) || !ts.isVariableDeclaration(one.parent)) return false;
      return ts.isIdentifier(one.parent.name) && probe.test(one.parent.name.text);
    }) !== undefined
  );
}

const probe = /^(?:[A-Z]|use[A-Z])/;
