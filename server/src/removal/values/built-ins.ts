import { ts } from 'ts-morph';
import type { Source } from '../source.ts';
import { isQuiet } from './purity.ts';

/** True when a value can be dropped: it is pure, or made by calls of the language and the browser that change nothing. */
export function isQuietValue(source: Source, node: ts.Expression): boolean {
  const allows = (call: ts.CallExpression | ts.NewExpression): boolean =>
    isBuiltIn((id) => source.symbolOf(id) === undefined, call) && (call.arguments ?? []).every(isQuietArgument);
  const isQuietArgument = (arg: ts.Expression): boolean => {
    if (!ts.isArrowFunction(arg) && !ts.isFunctionExpression(arg)) return true;
    return ts.isArrowFunction(arg) && !ts.isBlock(arg.body) && isQuiet(arg.body, allows);
  };
  return isQuiet(node, allows);
}

/** A call of the language or the browser that changes nothing; `isUndeclared` tells a global name from one of the program. */
export function isBuiltIn(
  isUndeclared: (id: ts.Identifier) => boolean,
  call: ts.CallExpression | ts.NewExpression,
): boolean {
  const callee = call.expression;
  const isGlobal = (node: ts.Node, names: RegExp): boolean =>
    ts.isIdentifier(node) && names.test(node.text) && isUndeclared(node);
  if (ts.isNewExpression(call)) return isGlobal(callee, collections);
  if (ts.isIdentifier(callee)) return isGlobal(callee, functions);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const { expression: owner, name } = callee;
  if (isGlobal(owner, namespaces))
    return !/^(?:assign|defineProperty|defineProperties|setPrototypeOf)$/.test(name.text);
  // What was made right here, nobody else holds.
  return methods.test(name.text) || (ts.isNewExpression(owner) && isGlobal(owner.expression, collections));
}

const collections = /^(?:URLSearchParams|Map|Set|WeakMap|WeakSet|Date|Headers|FormData|AbortController)$/;
const functions = /^(?:String|Number|Boolean|BigInt|parseInt|parseFloat|isNaN|isFinite|encodeURIComponent|encodeURI)$/;
const namespaces = /^(?:Math|Object|Array|Number|String|Date|Intl)$/;
/** Methods of texts and lists. The ones that also databases and clients have (`find`, `get`) are left out. */
const methods =
  /^(?:at|charAt|concat|endsWith|entries|every|filter|findIndex|findLast|flat|flatMap|has|includes|indexOf|join|keys|lastIndexOf|map|padEnd|padStart|reduce|slice|some|split|startsWith|substring|toFixed|toISOString|toLocaleString|toLowerCase|toString|toUpperCase|trim|trimEnd|trimStart|values)$/;
