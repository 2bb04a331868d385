import { ts } from 'ts-morph';
import type { Bindings } from './bindings.ts';
import { isSilentToken, isTypeOnly, isWrapper } from './run-time.ts';

/** Nodes that are left out with all they hold: declarations that are listed on their own. */
export interface Skip {
  has(node: ts.Node): boolean;
}

export interface NormalToken {
  readonly text: string;
  /** Set for free names and, with a dot before them, property names. */
  readonly name?: string;
  /** A local, its text being its number by first use. */
  readonly local?: true;
}

/**
 * Tokens of some nodes, and which of them belong to the nodes that are watched.
 *
 * Code as tokens that stay the same under what changes no behaviour: comments, layout, quotes, parentheses, types, braces around
 * one statement, shorthand properties, `=> x` for `=> { return x; }`, `const` for `let`, function for arrow, names of locals.
 */
export function normalTokens(
  roots: readonly ts.Node[],
  bindings: Bindings,
  skip: Skip,
  watched?: ReadonlySet<ts.Node>,
): { tokens: NormalToken[]; spans: Map<ts.Node, { from: number; to: number }> } {
  const out: NormalToken[] = [];
  const spans = new Map<ts.Node, { from: number; to: number }>();
  const locals = new Map<ts.Node, number>();
  for (const root of roots) visit(root);
  return { tokens: out, spans };

  function push(text: string): void {
    out.push({ text });
  }

  function property(name: string): void {
    out.push({ text: '', name: `.${name}` });
  }

  function identifier(at: ts.Node, name: string): void {
    const local = bindings.local(at, name);
    if (!local) {
      out.push({ text: '', name: bindings.canonical(name) });
      return;
    }
    const number = locals.get(local) ?? locals.size;
    locals.set(local, number);
    out.push({ text: `$${number}`, local: true });
  }

  function visit(node: ts.Node): void {
    if (skip.has(node) || isTypeOnly(node)) return;
    const from = out.length;
    emit(node);
    if (watched?.has(node)) spans.set(node, { from, to: out.length });
  }

  function emit(node: ts.Node): void {
    if (isWrapper(node)) visit(node.expression);
    else if (ts.isIdentifier(node)) identifier(node, node.text);
    else if (ts.isPrivateIdentifier(node)) property(node.text);
    else if (isText(node)) literal(node);
    else if (ts.isFunctionLike(node)) functionLike(node as ts.FunctionLikeDeclaration);
    else if (ts.isToken(node)) {
      if (!isSilentToken(node)) push(String(node.kind));
    } else if (!arranged(node)) {
      push(String(node.kind));
      if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) push(String(node.operator));
      ts.forEachChild(node, visit);
      push(')');
    }
  }

  /** Nodes with several spellings. False for all others. */
  function arranged(node: ts.Node): boolean {
    if (ts.isPropertyAccessExpression(node)) access(node, node.name.text);
    else if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
      access(node, node.argumentExpression.text);
    else if (ts.isShorthandPropertyAssignment(node)) {
      push(':');
      property(node.name.text);
      identifier(node, node.name.text);
    } else if (ts.isPropertyAssignment(node)) {
      push(':');
      propertyName(node.name);
      visit(node.initializer);
    } else if (ts.isPropertyDeclaration(node)) propertyDeclaration(node);
    else if (ts.isBindingElement(node)) bindingElement(node);
    else if (ts.isVariableStatement(node)) visit(node.declarationList);
    else if (ts.isVariableDeclarationList(node)) {
      // What `using` declares is disposed of at the end.
      if ((node.flags & ts.NodeFlags.Using) === ts.NodeFlags.Using) push('using');
      ts.forEachChild(node, visit);
    } else if (ts.isBlock(node)) braces(() => ts.forEachChild(node, visit));
    else if (ts.isIfStatement(node)) ifStatement(node);
    else if (ts.isIterationStatement(node, false)) {
      push(String(node.kind));
      ts.forEachChild(node, (child) => (child === node.statement ? body(node.statement) : visit(child)));
      push(')');
    } else return false;
    return true;
  }

  function access(node: ts.PropertyAccessExpression | ts.ElementAccessExpression, name: string): void {
    push(node.questionDotToken ? '?.' : '.');
    visit(node.expression);
    property(name);
  }

  function propertyName(name: ts.PropertyName | ts.BindingName): void {
    if (ts.isComputedPropertyName(name)) visit(name.expression);
    else if (ts.isObjectBindingPattern(name) || ts.isArrayBindingPattern(name)) visit(name);
    else property(name.text);
  }

  function propertyDeclaration(node: ts.PropertyDeclaration): void {
    for (const one of ts.getDecorators(node) ?? []) visit(one);
    push(node.modifiers?.some((one) => one.kind === ts.SyntaxKind.StaticKeyword) ? 'static:' : ':');
    if (!roots.includes(node)) propertyName(node.name);
    if (node.initializer) visit(node.initializer);
  }

  function bindingElement(node: ts.BindingElement): void {
    push(node.dotDotDotToken ? '...' : '=');
    if (ts.isObjectBindingPattern(node.parent) && !node.dotDotDotToken) propertyName(node.propertyName ?? node.name);
    visit(node.name);
    if (node.initializer) visit(node.initializer);
    push(')');
  }

  function ifStatement(node: ts.IfStatement): void {
    push('if');
    visit(node.expression);
    body(node.thenStatement);
    if (node.elseStatement && ts.isIfStatement(node.elseStatement)) visit(node.elseStatement);
    else if (node.elseStatement) body(node.elseStatement);
    push(')');
  }

  function body(node: ts.Statement): void {
    if (ts.isBlock(node)) visit(node);
    else braces(() => visit(node));
  }

  function braces(inside: () => void): void {
    push('{');
    inside();
    push('}');
  }

  /** The name of a root is left out: a renamed function is the same function. */
  function functionLike(node: ts.FunctionLikeDeclaration): void {
    const isRoot = roots.includes(node);
    if (ts.canHaveDecorators(node)) for (const one of ts.getDecorators(node) ?? []) visit(one);
    push(ts.isAccessor(node) ? String(node.kind) : 'fn');
    for (const one of node.modifiers ?? [])
      if (one.kind === ts.SyntaxKind.AsyncKeyword || one.kind === ts.SyntaxKind.StaticKeyword) push(String(one.kind));
    if (node.asteriskToken) push('*');
    if (!isRoot && node.name && ts.isFunctionDeclaration(node)) identifier(node.name, node.name.text);
    else if (!isRoot && node.name && !ts.isFunctionExpression(node)) propertyName(node.name);
    for (const one of node.parameters) parameter(one);
    if (node.body && ts.isBlock(node.body)) visit(node.body);
    else if (node.body) {
      const { body: value } = node;
      braces(() => {
        push(String(ts.SyntaxKind.ReturnStatement));
        visit(value);
        push(')');
      });
    }
  }

  function parameter(node: ts.ParameterDeclaration): void {
    if (ts.isIdentifier(node.name) && node.name.text === 'this') return;
    for (const one of ts.getDecorators(node) ?? []) visit(one);
    const stores = ts.isParameterPropertyDeclaration(node, node.parent);
    push(node.dotDotDotToken ? '...p' : stores ? '+p' : 'p');
    if (stores) property((node.name as ts.Identifier).text);
    visit(node.name);
    if (node.initializer) visit(node.initializer);
  }

  function literal(node: TextNode): void {
    if (ts.isStringLiteralLike(node)) push(`'${node.text}'`);
    else if (ts.isNumericLiteral(node)) push(String(Number(node.text)));
    else if (ts.isJsxText(node)) {
      const text = shownText(node.text);
      if (text !== '') push(`>${text}`);
    } else push(`\`${node.text}`);
  }
}

type TextNode = ts.LiteralExpression | ts.JsxText | ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail;

function isText(node: ts.Node): node is TextNode {
  return (
    ts.isLiteralExpression(node) ||
    ts.isJsxText(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node)
  );
}

/** JSX keeps blanks within a line and drops line ends with the blanks around them. */
function shownText(text: string): string {
  const lines = text.split(/\r?\n/);
  return lines
    .map((line, i) => {
      const start = i === 0 ? line : line.trimStart();
      return i === lines.length - 1 ? start : start.trimEnd();
    })
    .filter((line) => line !== '')
    .join(' ');
}
