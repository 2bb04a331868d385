import { ts } from 'ts-morph';
import type { Feature } from '../change-facts.ts';
import { unwrap } from '../run-time.ts';
import type { Extractor } from './extractor.ts';
import { nameOfProperty, onlyInDevelopment } from './settings.ts';

/** Places that switch off the check of the other side's certificate, outside of what only development runs. */
export const tls: Extractor = {
  nodes: [
    ts.SyntaxKind.VariableDeclaration,
    ts.SyntaxKind.BindingElement,
    ts.SyntaxKind.Parameter,

    ts.SyntaxKind.PropertyAssignment,
    ts.SyntaxKind.BinaryExpression,
    ts.SyntaxKind.StringLiteral,
    ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ],
  mentions:
    /rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|strictSSL|strict-ssl|insecureSkipVerify|checkServerIdentity|ignoreHTTPSErrors|verify_?ssl|sslVerify|sslmode=no-verify/i,
  take(node, { file }) {
    const name = switchedOff(node, file);
    if (name === undefined || onlyInDevelopment(node, file)) return [];
    const range = { start: node.getStart(file), end: node.end };
    return [
      {
        kind: 'tls',
        key: `off ${name}`,
        range,
        text: file.text.slice(range.start, range.end),
        owner: name,
      } satisfies Feature,
    ];
  },
};

const checking = /^(?:rejectUnauthorized|strictSSL|strict-ssl|verify_?ssl|sslVerify)$/i;
const skipping = /^(?:insecureSkipVerify|ignoreHTTPSErrors)$/;

/** The name of the setting by which a node switches checking off. */
function switchedOff(node: ts.Node, file: ts.SourceFile): string | undefined {
  if (ts.isPropertyAssignment(node)) {
    const name = nameOfProperty(node.name);
    if (name === 'NODE_TLS_REJECT_UNAUTHORIZED') return isZero(node.initializer) ? name : undefined;
    return isOff(name, node.initializer) ? name : undefined;
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const name = /[\w$]+(?=['"`\]]*$)/.exec(node.left.getText(file))?.[0] ?? '';
    if (name === 'NODE_TLS_REJECT_UNAUTHORIZED') return isZero(node.right) ? name : undefined;
    return isOff(name, node.right) ? name : undefined;
  }
  // `const rejectUnauthorized = false`, `{ rejectUnauthorized = false } = options`
  if ((ts.isVariableDeclaration(node) || ts.isBindingElement(node) || ts.isParameter(node)) && node.initializer) {
    const name = ts.isIdentifier(node.name) ? node.name.text : '';
    return isOff(name, node.initializer) ? name : undefined;
  }
  return ts.isStringLiteralLike(node) && /\bsslmode=no-verify\b/.test(node.text) ? 'sslmode=no-verify' : undefined;
}

function isOff(name: string, value: ts.Expression): boolean {
  const plain = unwrap(value);
  if (checking.test(name)) return plain.kind === ts.SyntaxKind.FalseKeyword;
  if (skipping.test(name)) return plain.kind === ts.SyntaxKind.TrueKeyword;
  return name === 'checkServerIdentity' && ts.isArrowFunction(plain) && isNothing(plain.body);
}

function isNothing(body: ts.ConciseBody): boolean {
  if (ts.isBlock(body)) return body.statements.length === 0;
  const value = unwrap(body);
  return value.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(value) && value.text === 'undefined');
}

function isZero(value: ts.Expression): boolean {
  const plain = unwrap(value);
  return (ts.isStringLiteralLike(plain) || ts.isNumericLiteral(plain)) && plain.text === '0';
}
