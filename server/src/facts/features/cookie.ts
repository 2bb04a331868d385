import { ts } from 'ts-morph';
import { calleeName } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { unwrap } from '../run-time.ts';
import type { Extractor } from './extractor.ts';
import { nameOfProperty, onlyInDevelopment, ownerOfSetting } from './settings.ts';

/**
 * What a browser is told to allow: attributes of cookies, origins of CORS, sources of a Content-Security-Policy, and protecting
 * headers. `value` is how strict it is, a higher number being stricter; undefined where this file does not tell.
 */
export const cookie: Extractor = {
  nodes: [
    ts.SyntaxKind.PropertyAssignment,
    ts.SyntaxKind.ShorthandPropertyAssignment,
    ts.SyntaxKind.CallExpression,
    ts.SyntaxKind.StringLiteral,
    ts.SyntaxKind.NoSubstitutionTemplateLiteral,
    ts.SyntaxKind.TemplateHead,
    ts.SyntaxKind.TemplateMiddle,
    ts.SyntaxKind.TemplateTail,
  ],
  mentions:
    /httpOnly|sameSite|secure\s*:|cors|Access-Control-Allow-Origin|contentSecurityPolicy|unsafe-(?:inline|eval)|\bhsts\b|frameguard|xFrameOptions|helmet|csrf|csurf|lusca|secur\w*Headers/i,
  take(node, { file }) {
    const found = settingAt(node, file);
    if (!found || onlyInDevelopment(node, file)) return [];
    const range = { start: node.getStart(file), end: node.end };
    const text = file.text.slice(range.start, range.end);
    const { name, rank, literal, owner } = found;
    return [
      { kind: 'cookie', key: `${name} of ${owner}`, range, text, value: rank, literal, owner: name } satisfies Feature,
    ];
  },
};

interface Setting {
  readonly name: string;
  readonly rank: string | undefined;
  readonly literal: string;
  readonly owner: string;
}

const protections =
  /^(?:contentSecurityPolicy|hsts|strictTransportSecurity|frameguard|xFrameOptions|noSniff|xContentTypeOptions)$/;

function settingAt(node: ts.Node, file: ts.SourceFile): Setting | undefined {
  if (ts.isPropertyAssignment(node)) {
    const name = nameOfProperty(node.name);
    const owner = ownerOfSetting(node, file);
    const setting = (rank: string | undefined) => ({ name, rank, literal: node.initializer.getText(file), owner });
    if (/^http_?only$/i.test(name)) return setting(strict(node.initializer));
    if (/^same_?site$/i.test(name)) return setting(sameSite(node.initializer));
    if (name === 'secure' && isOfCookie(node, owner)) return setting(strict(node.initializer));
    if (name === 'origin' && isOfCors(node, owner)) return setting(origin(node.initializer));
    if (/^access-control-allow-origin$/i.test(name)) return setting(origin(node.initializer));
    if (protections.test(name))
      return setting(unwrap(node.initializer).kind === ts.SyntaxKind.FalseKeyword ? '0' : '1');
    return undefined;
  }
  if (ts.isShorthandPropertyAssignment(node)) {
    const owner = ownerOfSetting(node, file);
    const isOrigin = node.name.text === 'origin' && isOfCors(node, owner);
    return isOrigin ? { name: 'origin', rank: '2', literal: 'origin', owner } : undefined;
  }
  if (ts.isCallExpression(node)) return headerSet(node, file) ?? protectingMiddleware(node, file);
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
    return policySource(node, file);
  return undefined;
}

/** `res.setHeader('Access-Control-Allow-Origin', '*')` */
function headerSet(call: ts.CallExpression, file: ts.SourceFile): Setting | undefined {
  const [name, value] = call.arguments;
  if (!name || !value || !ts.isStringLiteralLike(name) || !/^access-control-allow-origin$/i.test(name.text))
    return undefined;
  return { name: name.text, rank: origin(value), literal: value.getText(file), owner: 'header' };
}

/** `app.use(helmet())`, `fastify.register(csrf)`, `app.use(helmetMiddleware())` */
function protectingMiddleware(call: ts.CallExpression, file: ts.SourceFile): Setting | undefined {
  if (!/^(?:use|register)$/.test(calleeName(call.expression)) || !ts.isExpressionStatement(statementOf(call)))
    return undefined;
  const found = call.arguments.flatMap((one) => {
    const plain = unwrap(one);
    const name = calleeName(ts.isCallExpression(plain) ? plain.expression : plain);
    return /helmet|csrf|csurf|lusca|secureHeaders|securityHeaders/i.test(name) ? [name] : [];
  });
  const [name] = found;
  return name === undefined ? undefined : { name, rank: '2', literal: name, owner: call.expression.getText(file) };
}

function statementOf(call: ts.CallExpression): ts.Node {
  return ts.isAwaitExpression(call.parent) ? call.parent.parent : call.parent;
}

/** A source that lets any script run, in a directive of a Content-Security-Policy. */
function policySource(node: ts.LiteralLikeNode, file: ts.SourceFile): Setting | undefined {
  const found = /'unsafe-(?:inline|eval)'/.exec(node.text)?.[0];
  if (found === undefined) return undefined;
  const holder = ts.findAncestor(node, (at) => ts.isPropertyAssignment(at) || ts.isStatement(at));
  const directive = holder && ts.isPropertyAssignment(holder) ? nameOfProperty(holder.name) : '';
  if (/style/i.test(directive)) return undefined;
  if (directive === '' && !/script-src[^;]*'unsafe-/.test(node.text) && /-src/.test(node.text)) return undefined;
  return { name: `script source ${found}`, rank: '0', literal: found, owner: ownerOfSetting(node, file) };
}

function strict(value: ts.Expression): string | undefined {
  const { kind } = unwrap(value);
  if (kind === ts.SyntaxKind.TrueKeyword) return '2';
  return kind === ts.SyntaxKind.FalseKeyword ? '0' : undefined;
}

function sameSite(value: ts.Expression): string | undefined {
  const plain = unwrap(value);
  if (plain.kind === ts.SyntaxKind.TrueKeyword) return '2';
  if (plain.kind === ts.SyntaxKind.FalseKeyword) return '0';
  if (!ts.isStringLiteralLike(plain)) return undefined;
  const rank = ['none', 'lax', 'strict'].indexOf(plain.text.toLowerCase());
  return rank < 0 ? undefined : String(rank);
}

/** Everybody, or those that something names. */
function origin(value: ts.Expression): string | undefined {
  const plain = unwrap(value);
  if (ts.isStringLiteralLike(plain)) return plain.text === '*' ? '0' : '2';
  if (ts.isArrayLiteralExpression(plain))
    return plain.elements.some((one) => ts.isStringLiteralLike(one) && one.text === '*') ? '0' : '2';
  if (plain.kind === ts.SyntaxKind.TrueKeyword) return '0';
  return '2';
}

function siblings(node: ts.PropertyAssignment | ts.ShorthandPropertyAssignment): string[] {
  return node.parent.properties.map((one) => (one.name ? nameOfProperty(one.name as ts.PropertyName) : ''));
}

function isOfCookie(node: ts.PropertyAssignment, owner: string): boolean {
  return /cookie|session/i.test(owner) || siblings(node).some((name) => /^(?:httpOnly|sameSite)$/i.test(name));
}

function isOfCors(node: ts.PropertyAssignment | ts.ShorthandPropertyAssignment, owner: string): boolean {
  return (
    /cors/i.test(owner) ||
    siblings(node).some((name) => /^(?:credentials|allowedHeaders|exposedHeaders|preflightContinue)$/.test(name))
  );
}
