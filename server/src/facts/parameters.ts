import { ts } from 'ts-morph';
import type { ParameterFact } from './change-facts.ts';
import type { Skip } from './normal-tokens.ts';
import type { Listed } from './outline.ts';
import { isTypeOnly, unwrap } from './run-time.ts';

/** The function that a declaration is, or holds: undefined where there is none. */
export function functionOf(listed: Listed): ts.SignatureDeclaration | undefined {
  const [root] = listed.roots;
  if (!root) return undefined;
  if (ts.isPropertyDeclaration(root) && root.initializer) {
    const value = unwrap(root.initializer);
    return ts.isFunctionLike(value) ? value : undefined;
  }
  if (ts.isFunctionLike(root)) return root;
  return firstFunction(root);
}

/** The function of `withAuth(async () => { ... })` and of `router.get('/x', async () => { ... })`. */
function firstFunction(node: ts.Node): ts.SignatureDeclaration | undefined {
  const at = ts.isExpressionStatement(node) ? unwrap(node.expression) : node;
  if (!ts.isCallExpression(at)) return undefined;
  for (const one of at.arguments) {
    const value = unwrap(one);
    const found = ts.isFunctionLike(value) ? value : firstFunction(value);
    if (found) return found;
  }
  return undefined;
}

export function statementsOf(listed: Listed, skip: Skip): readonly ts.Statement[] {
  const body = (functionOf(listed) as ts.FunctionLikeDeclaration | undefined)?.body;
  if (!body || !ts.isBlock(body)) return [];
  return body.statements.filter((one) => !skip.has(one) && !isTypeOnly(one));
}

export function isAsync(of: ts.SignatureDeclaration | undefined): boolean {
  const modifiers = of && ts.canHaveModifiers(of) ? ts.getModifiers(of) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;
}

export function parametersOf(listed: Listed): string[] {
  return (functionOf(listed)?.parameters ?? []).map((one) => one.name.getText());
}

/** Undefined where the declaration is no function, but holds one: what such a value takes is not written here. */
export function signatureOf(listed: Listed): ParameterFact[] | undefined {
  const owner = functionOf(listed);
  const [root] = listed.roots;
  const isOwn = root === owner || (root && ts.isPropertyDeclaration(root));
  if (!owner || !isOwn) return undefined;
  return owner.parameters
    .filter((one) => one.name.getText() !== 'this')
    .map((one) => ({
      name: one.name.getText().replace(/\s+/g, ' '),
      optional: one.questionToken !== undefined || one.initializer !== undefined || one.dotDotDotToken !== undefined,
      rest: one.dotDotDotToken !== undefined,
      type: one.type?.getText().replace(/\s+/g, ' ') ?? '',
    }));
}
