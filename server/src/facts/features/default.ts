import { ts } from 'ts-morph';
import { expressionKey } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { literalOf } from '../literal.ts';
import { unwrap } from '../run-time.ts';
import { wordsOf } from '../words.ts';
import type { Extractor, ExtractorPlace } from './extractor.ts';

const configWords = new Set(
  'config configs configuration settings setting options option defaults default limits limit env environment features feature flags toggles constants max min threshold'.split(
    ' ',
  ),
);

/**
 * Values that hold where nobody says otherwise: defaults of parameters and destructurings, the literal after `??` or `||`, and
 * literals of exported configuration. Only literals count; the value is the literal in one spelling.
 */
export const defaults: Extractor = {
  nodes: [
    ts.SyntaxKind.Parameter,
    ts.SyntaxKind.BindingElement,
    ts.SyntaxKind.BinaryExpression,
    ts.SyntaxKind.CallExpression,
    ts.SyntaxKind.PropertyAssignment,
  ],
  mentions: /=|\?\?|\|\||default/,
  take: defaultFeatures,
};

function defaultFeatures(node: ts.Node, { bindings, file }: ExtractorPlace): Feature[] {
  if (ts.isParameter(node) && node.initializer && ts.isIdentifier(node.name)) {
    const owner = ts.isFunctionLike(node.parent) ? node.parent : undefined;
    const index = owner?.parameters.indexOf(node);
    return literalFeature(`parameter ${node.name.text}`, node.name.text, node.initializer, node, index);
  }
  if (ts.isBindingElement(node) && node.initializer) {
    const name = (node.propertyName ?? node.name).getText(file);
    return literalFeature(`option ${name}`, name, node.initializer, node);
  }
  if (ts.isBinaryExpression(node) && isFallback(node.operatorToken.kind)) {
    const first = firstOf(node.left);
    const key = expressionKey(first, bindings);
    return key === '?' ? [] : literalFeature(`fallback ${key}`, first.getText(file), node.right, node);
  }
  const declared = declaredDefault(node);
  return declared ? literalFeature(`declared ${declared.owner}`, declared.owner, declared.value, node) : [];

  function literalFeature(key: string, owner: string, value: ts.Expression, at: ts.Node, index?: number): Feature[] {
    const literal = literalOf(value);
    if (literal === undefined || isCopy(owner, literal)) return [];
    return [
      {
        kind: 'default',
        key,
        range: rangeOf(value),
        text: at.getText(file),
        value: literal,
        literal: unwrap(value).getText(file),
        owner,
        index,
      },
    ];
  }
  function rangeOf(at: ts.Node) {
    return { start: at.getStart(file), end: at.end };
  }
}

/** `strict: z.boolean().default(true)`, `option('strict', { default: true })`, `{ type: Boolean, defaultValue: true }`. */
function declaredDefault(node: ts.Node): { owner: string; value: ts.Expression } | undefined {
  if (ts.isCallExpression(node)) {
    const { expression, arguments: args } = node;
    const isIt = ts.isPropertyAccessExpression(expression) && expression.name.text === 'default' && args.length === 1;
    return isIt ? { owner: ownerOf(node), value: args[0]! } : undefined;
  }
  if (!ts.isPropertyAssignment(node) || !/^default(?:Value)?$/.test(node.name.getText())) return undefined;
  return { owner: ownerOf(node.parent), value: node.initializer };
}

/** The name of the property, variable or option that a schema or a description of an option belongs to. */
function ownerOf(node: ts.Node): string {
  for (let at = node.parent; at && !ts.isStatement(at); at = at.parent) {
    if (ts.isPropertyAssignment(at) || ts.isVariableDeclaration(at)) return at.name.getText();
    if (ts.isCallExpression(at) && at.arguments[0] && ts.isStringLiteralLike(at.arguments[0]))
      return at.arguments[0].text;
  }
  return 'default';
}

/** Constants that say what data looks like are no configuration. */
const shapeWords = new Set(
  'schema schemas spec openapi columns column fields meta metadata story stories mock mocks fixture'.split(' '),
);

/** Texts in other languages. */
const translations =
  /(?:^|\/)(?:lang|langs|languages|locales?|i18n|l10n|translations?)\/|(?:^|\/)[a-z]{2}(?:[-_][A-Z]{2})?\.[cm]?[jt]s$/;

/** Literals of an exported constant: each boolean, and other literals where name or file say configuration. */
export function constantDefaults(name: string, value: ts.Expression, path: string, file: ts.SourceFile): Feature[] {
  const found: Feature[] = [];
  // That an object is the default export says nothing of what it holds.
  const words = [...(name === 'default' ? [] : wordsOf(name)), ...wordsOf(path.replace(/^.*\//, ''))];
  const isConfig = words.some((word) => configWords.has(word));
  if (words.some((word) => shapeWords.has(word)) || translations.test(path)) return found;
  const visit = (at: ts.Expression, key: string, holder: ts.Node): void => {
    const node = unfrozen(unwrap(at));
    if (ts.isObjectLiteralExpression(node)) {
      for (const one of node.properties)
        if (ts.isPropertyAssignment(one)) visit(one.initializer, `${key}.${one.name.getText(file)}`, one);
      return;
    }
    const literal = literalOf(node);
    if (literal === undefined || isCopy(key, literal) || !(isConfig || isBoolean(literal))) return;
    const range = { start: node.getStart(file), end: node.end };
    found.push({
      kind: 'default',
      key: `constant ${key}`,
      range,
      text: holder.getText(file),
      value: literal,
      literal: node.getText(file),
      owner: key,
    });
  };
  visit(value, name, value);
  return found;
}

/** `Object.freeze({ ... })` is what it freezes. */
function unfrozen(node: ts.Expression): ts.Expression {
  const isFrozen = ts.isCallExpression(node) && /^Object\s*\.\s*freeze$/.test(node.expression.getText());
  return isFrozen && node.arguments[0] ? unwrap(node.arguments[0]) : node;
}

/** `own` of `own ?? inherited`. */
function firstOf(expression: ts.Expression): ts.Expression {
  const node = unwrap(expression);
  return ts.isBinaryExpression(node) && isFallback(node.operatorToken.kind) ? firstOf(node.left) : node;
}

function isFallback(operator: ts.SyntaxKind): boolean {
  return (
    operator === ts.SyntaxKind.QuestionQuestionToken ||
    operator === ts.SyntaxKind.BarBarToken ||
    operator === ts.SyntaxKind.QuestionQuestionEqualsToken ||
    operator === ts.SyntaxKind.BarBarEqualsToken
  );
}

function isBoolean(literal: string): boolean {
  return literal === 'true' || literal === 'false';
}

/** Texts for people and looks are no behaviour to guard. */
function isCopy(owner: string, literal: string): boolean {
  if (!literal.startsWith('"')) return false;
  if (/\s|^""$/.test(literal)) return true;
  return wordsOf(owner).some((word) => copyWords.has(word));
}

const copyWords = new Set(
  'title label text message placeholder description name class classname color colour icon variant size style copy heading caption alt tooltip version'.split(
    ' ',
  ),
);
