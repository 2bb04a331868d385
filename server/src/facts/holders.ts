import { ts } from 'ts-morph';
import { isModuleExports } from './imports.ts';
import { nameOf } from './origins.ts';
import type { Scopes } from './scope.ts';
import { outermost } from './transparent.ts';
import { isConstant } from './values.ts';

/**
 * The top-level name that holds what an expression yields and never changes: `x` for `export const x = flag()`, dotted for
 * members (`flags.x`, `Flags.x` of a static property), `default` and `export=` for what a module exports as such.
 */
export function holderOf(node: ts.Expression, scopes: Scopes): string | undefined {
  const held = outermost(node);
  const { parent } = held;
  if (ts.isVariableDeclaration(parent) && parent.initializer === held) return variable(parent, scopes);
  if (ts.isPropertyAssignment(parent) && parent.initializer === held) {
    const owner = holderOf(frozen(parent.parent), scopes);
    return within(owner, nameOf(parent.name));
  }
  if (ts.isPropertyDeclaration(parent) && parent.initializer === held && isStatic(parent))
    return within(top(parent.parent, parent.parent.name?.text), nameOf(parent.name));
  if (ts.isExportAssignment(parent)) return parent.isExportEquals ? 'export=' : 'default';
  return ts.isBinaryExpression(parent) && parent.right === held ? assigned(parent) : undefined;
}

function variable(node: ts.VariableDeclaration, scopes: Scopes): string | undefined {
  const statement = node.parent.parent;
  if (!ts.isIdentifier(node.name) || !ts.isVariableStatement(statement) || !isConstant(node, scopes)) return undefined;
  return top(statement, node.name.text);
}

/** The name with the namespaces around its declaration; undefined inside of functions and blocks. */
function top(declaration: ts.Node, name: string | undefined): string | undefined {
  const { parent } = declaration;
  if (ts.isSourceFile(parent)) return name;
  if (!ts.isModuleBlock(parent) || !ts.isIdentifier(parent.parent.name)) return undefined;
  return within(top(parent.parent, parent.parent.name.text), name);
}

function within(owner: string | undefined, name: string | undefined): string | undefined {
  return owner === undefined || name === undefined ? undefined : `${owner}.${name}`;
}

/** `Object.freeze({ ... })` holds what the object holds. */
function frozen(node: ts.ObjectLiteralExpression): ts.Expression {
  const call = outermost(node).parent;
  const isFreeze = ts.isCallExpression(call) && /^Object\s*\.\s*freeze$/.test(call.expression.getText());
  return isFreeze ? call : node;
}

function isStatic(node: ts.PropertyDeclaration): boolean {
  return node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword) ?? false;
}

/** `module.exports = flag()`, `exports.x = flag()` */
function assigned({ left, operatorToken }: ts.BinaryExpression): string | undefined {
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(left)) return undefined;
  if (isModuleExports(left)) return 'export=';
  const owner = left.expression;
  const exported = (ts.isIdentifier(owner) && owner.text === 'exports') || isModuleExports(owner);
  return exported ? left.name.text : undefined;
}
