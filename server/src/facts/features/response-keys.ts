import { ts } from 'ts-morph';
import { calleeName } from '../calls.ts';
import { unwrap } from '../run-time.ts';

/** Deeper keys are rarely written where an answer is sent. */
const deepest = 4;

/** Keys of an object literal: `total`, `items[].id`; `items.*` where what stands there is not written here, `*` for a spread. */
export function keysOf(object: ts.ObjectLiteralExpression, file: ts.SourceFile, before = '', depth = 0): string[] {
  return object.properties.flatMap((one): string[] => {
    if (ts.isSpreadAssignment(one)) return ofSpread(one, file, before, depth);
    const name = one.name && nameOf(one.name);
    if (name === undefined) return [`${before}*`];
    const key = before + name;
    if (!ts.isPropertyAssignment(one)) return [key, `${key}.*`];
    return [key, ...within(unwrap(one.initializer), file, key, depth)];
  });
}

/** `...(isOwner && { email })` shows its keys; what another spread holds is not known. */
function ofSpread(node: ts.SpreadAssignment, file: ts.SourceFile, before: string, depth: number): string[] {
  const value = unwrap(node.expression);
  if (ts.isObjectLiteralExpression(value)) return keysOf(value, file, before, depth);
  if (ts.isBinaryExpression(value)) {
    const right = unwrap(value.right);
    if (ts.isObjectLiteralExpression(right)) return keysOf(right, file, before, depth);
  }
  if (ts.isConditionalExpression(value)) {
    const sides = [unwrap(value.whenTrue), unwrap(value.whenFalse)];
    if (sides.every(ts.isObjectLiteralExpression)) return sides.flatMap((one) => keysOf(one, file, before, depth));
  }
  return [`${before}*`];
}

function within(value: ts.Expression, file: ts.SourceFile, key: string, depth: number): string[] {
  if (ts.isObjectLiteralExpression(value) && depth < deepest) return keysOf(value, file, `${key}.`, depth + 1);
  const each = ts.isCallExpression(value) && calleeName(value.expression) === 'map' ? value.arguments[0] : undefined;
  if (each && ts.isArrowFunction(each) && !ts.isBlock(each.body)) {
    const item = unwrap(each.body);
    if (ts.isObjectLiteralExpression(item) && depth < deepest) return keysOf(item, file, `${key}[].`, depth + 1);
  }
  return ts.isLiteralExpression(value) ? [] : [`${key}.*`, `${key}[].*`];
}

/** Keys of `z.object({ ... })` and its like, through `array`, `promise`, `optional` and other calls after it. */
export function keysOfSchema(expression: ts.Expression, file: ts.SourceFile, depth = 0): string[] | undefined {
  const node = unwrap(expression);
  if (!ts.isCallExpression(node) || depth > 8) return undefined;
  const name = calleeName(node.expression);
  const [first] = node.arguments;
  if (first && /^(?:object|strictObject|looseObject|Object|type)$/.test(name)) {
    const value = unwrap(first);
    return ts.isObjectLiteralExpression(value) ? keysOf(value, file).filter((key) => !/\.(?!\*)/.test(key)) : undefined;
  }
  if (name === 'extend' || name === 'merge' || name === 'and' || name === 'pick' || name === 'omit') return undefined;
  const receiver = ts.isPropertyAccessExpression(node.expression) ? node.expression.expression : undefined;
  const ofReceiver = receiver && keysOfSchema(receiver, file, depth + 1);
  return (
    ofReceiver ??
    (first && /^(?:array|Array|promise|optional|nullable)$/.test(name)
      ? keysOfSchema(first, file, depth + 1)
      : undefined)
  );
}

function nameOf(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : undefined;
}
