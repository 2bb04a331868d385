import { ts } from 'ts-morph';

/** The name of a property as it is called, without quotes; empty for a computed one. */
export function nameOfProperty(name: ts.PropertyName): string {
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text;
  return '';
}

const development = /\bdev\b|development|isdev|\blocal|is_?local|\btest\b|NODE_ENV|is_?prod|production|__DEV__|debug/i;

/** A condition around the node asks for the environment: what it decides is not what users get, or is chosen with care. */
export function onlyInDevelopment(node: ts.Node, file: ts.SourceFile): boolean {
  for (let at = node; at.parent && !ts.isSourceFile(at.parent); at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) && parent.expression !== at && development.test(parent.expression.getText(file)))
      return true;
    if (
      ts.isConditionalExpression(parent) &&
      parent.condition !== at &&
      development.test(parent.condition.getText(file))
    )
      return true;
    if (ts.isBinaryExpression(parent) && parent.right === at && development.test(parent.left.getText(file)))
      return true;
  }
  return false;
}

/** What holds a property, for a person and for telling cookies from other things: call, constant or property around its object. */
export function ownerOfSetting(node: ts.Node, file: ts.SourceFile): string {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isCallExpression(at) || ts.isNewExpression(at)) return at.expression.getText(file);
    if (ts.isPropertyAssignment(at) || ts.isPropertyDeclaration(at)) return at.name.getText(file);
    if (ts.isVariableDeclaration(at)) return at.name.getText(file);
    if (ts.isFunctionLike(at)) return at.name?.getText(file) ?? '';
  }
  return '';
}
