import { ts } from 'ts-morph';
import { nameOf } from './origins.ts';
import { walk } from './parse.ts';
import { outermost } from './transparent.ts';

interface Taken {
  readonly key: string;
  /** The field of the result that the members stand in: `value` of a ref or a signal. */
  readonly at?: string;
  readonly node: ts.Node;
}

/** Members that a hook's result is asked for, by a name as well, which are no functions and none of what every hook returns. */
export function takenMembers(node: ts.CallExpression): Taken[] {
  const value = outermost(node);
  const { parent } = value;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === value) return taken(parent);
  if (!ts.isVariableDeclaration(parent) || parent.initializer !== value) return [];
  if (ts.isIdentifier(parent.name)) return takenByName(parent.name);
  if (!ts.isObjectBindingPattern(parent.name)) return [];
  const file = node.getSourceFile().text;
  return parent.name.elements.flatMap((element) => {
    const key = nameOf(element.propertyName ?? element.name);
    if (key === undefined || !isFlag(key) || !ts.isIdentifier(element.name)) return [];
    return new RegExp(`\\b${element.name.text}\\s*(?:\\?\\.)?\\(`).test(file) ? [] : [{ key, node: element }];
  });
}

/** `flags.newCart` for `const flags = useFeatures()`, in the block that declares it. */
function takenByName(name: ts.Identifier): Taken[] {
  const found: Taken[] = [];
  walk(name.parent.parent.parent.parent, (node) => {
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name.text)
      found.push(...taken(node));
  });
  return found;
}

function taken(node: ts.PropertyAccessExpression, at?: string): Taken[] {
  const value = outermost(node);
  const { parent } = value;
  const key = node.name.text;
  if (key === 'value' && at === undefined && ts.isPropertyAccessExpression(parent)) return taken(parent, key);
  const called = ts.isCallExpression(parent) && parent.expression === value;
  if (called || isWritten(value) || builtIn.has(key) || !isFlag(key)) return [];
  return [{ key, node, ...(at !== undefined && { at }) }];
}

function isFlag(name: string): boolean {
  return !/^(?:data|error|loading|is[A-Z]\w*ing|refetch|set[A-Z]|ready|status|flags|features|fetch|update|toggle|client|dispatch|value$)/.test(
    name,
  );
}

/** Members that lists, texts and maps have. */
export const builtIn = new Set(
  'length map filter forEach find some every includes has get set add delete push join keys values entries reduce sort slice concat indexOf size toString then catch test source flags at flatMap'.split(
    ' ',
  ),
);

export function isWritten(node: ts.Expression): boolean {
  const { parent } = node;
  return (
    ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}
