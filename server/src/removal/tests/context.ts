import { ts } from 'ts-morph';
import { isWrapper } from '../../facts/run-time.ts';
import { nameText, speaksOfFlags } from './values.ts';

/** The names of a callee: `['cy', 'setFlag']`; of a chain all of them: `['vi', 'mocked', 'useFlags', 'mockReturnValue']`. */
export function calleeNames(node: ts.Expression): string[] {
  if (ts.isIdentifier(node)) return [node.text];
  if (node.kind === ts.SyntaxKind.ThisKeyword) return ['this'];
  if (ts.isPropertyAccessExpression(node)) return [...calleeNames(node.expression), node.name.text];
  if (ts.isCallExpression(node))
    return [...calleeNames(node.expression), ...node.arguments.filter(ts.isIdentifier).map(({ text }) => text)];
  return isWrapper(node) || ts.isAwaitExpression(node) ? calleeNames(node.expression) : [];
}

/**
 * Whether what stands around an object or a list says that it holds flags: the property, prop or variable that it is given to, or the
 * function (`mockFlags(...)`, `useFlags: () => (...)`); `also` are more names that say so.
 */
export function contextSpeaks(node: ts.Node, also: ReadonlySet<string>): boolean {
  const says = (name: string | undefined): boolean => name !== undefined && (also.has(name) || speaksOfFlags(name));
  for (let at = node, { parent } = node; parent; at = parent, parent = parent.parent) {
    if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent) || ts.isMethodDeclaration(parent)) {
      if (says(nameText(parent.name))) return true;
    } else if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
      if (parent.arguments?.includes(at as ts.Expression) !== true) continue;
      if (calleeNames(parent.expression).some(says)) return true;
      const isBlock =
        at !== node &&
        isFunction(at) &&
        /^(?:it|test|describe|context|suite|before|after)/.test(calleeNames(parent.expression)[0] ?? '');
      if (isBlock) return false;
      if (parent.arguments.some((one) => ts.isStringLiteralLike(one) && says(one.text))) return true;
    } else if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) && says(parent.name.text);
    else if (ts.isJsxAttribute(parent))
      return says(parent.name.getText()) || says(parent.parent.parent.tagName.getText());
    else if (ts.isJsxSpreadAttribute(parent)) return says(parent.parent.parent.tagName.getText());
    else if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
      return parent.left
        .getText()
        .split(/[.[\]'"]/)
        .some(says);
    else if (ts.isFunctionDeclaration(parent)) return says(parent.name?.text);
    else if (ts.isStatement(parent) && !ts.isReturnStatement(parent) && !ts.isBlock(parent)) return false;
  }
  return false;
}

export function isFunction(node: ts.Node): node is ts.FunctionExpression | ts.ArrowFunction {
  return ts.isFunctionExpression(node) || ts.isArrowFunction(node);
}

/** `vi.mocked(useFlag)`, `jest.fn()`: a mock without anything to say, which nothing misses. */
export function isBareMock(node: ts.Expression): boolean {
  return /^(?:jest|vi)\.(?:mocked\([\w.]+\)|fn\(\))$/.test(node.getText());
}
