import { ts } from 'ts-morph';
import { calleeName } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { registersOf } from '../routes.ts';
import { unwrap } from '../run-time.ts';
import { wordsOf } from '../words.ts';
import type { Extractor, ExtractorPlace } from './extractor.ts';
import { nameOfProperty } from './settings.ts';

/**
 * Routes that are registered in code: the key is method and path with parameters as `:` (`get /orders/:`), `use /orders` for what is
 * mounted, `page /orders` for a route of the browser, `procedure total` for a remote procedure. The value is the path as written.
 */
export const routes: Extractor = {
  nodes: [
    ts.SyntaxKind.CallExpression,
    ts.SyntaxKind.MethodDeclaration,
    ts.SyntaxKind.ClassDeclaration,
    ts.SyntaxKind.JsxOpeningElement,
    ts.SyntaxKind.JsxSelfClosingElement,
    ts.SyntaxKind.ObjectLiteralExpression,
    ts.SyntaxKind.PropertyAssignment,
    ts.SyntaxKind.ShorthandPropertyAssignment,
  ],
  kinds: ['route'],
  mentions:
    /\.(?:get|post|put|patch|delete|del|head|options|all|route|use|register)\s*(?:<[^()]*>)?\(|@(?:Controller|JsonController|Get|Post|Put|Patch|Delete|All)\b|<Route\b|\bpath:|rocedure\b|\brouter\(|createTRPCRouter\(/,
  take(node, place) {
    if (ts.isCallExpression(node)) return ofCall(node, place);
    if (ts.isMethodDeclaration(node) || ts.isClassDeclaration(node)) return ofDecorators(node, place);
    if (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) return ofElement(node, place);
    if (ts.isObjectLiteralExpression(node)) return ofObject(node, place);
    const isMember = ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node);
    return isMember ? ofProcedure(node, place) : [];
  },
};

function ofCall(call: ts.CallExpression, place: ExtractorPlace): Feature[] {
  if (calleeName(call.expression) === 'createRoute') {
    const title = methodAndPath(call.arguments[0]);
    return title ? [feature(title[0], title[1], call.expression, place)] : [];
  }
  if (!ts.isPropertyAccessExpression(call.expression) || !isRouter(call)) return [];
  const [first, ...rest] = call.arguments;
  const verb = call.expression.name.text;
  const list = first && unwrap(first);
  const paths = list && ts.isArrayLiteralExpression(list) ? list.elements.filter(ts.isStringLiteralLike) : undefined;
  if (paths && rest.length > 0 && verbs.test(verb)) return paths.map((one) => feature(verb, one.text, one, place));
  if (verb === 'use' || verb === 'register') {
    const mounted = list && ts.isStringLiteralLike(list) && list.text.startsWith('/') && rest.length > 0;
    return mounted ? [feature('use', list.text, list, place)] : [];
  }
  const title = registersOf(call)?.title;
  const parts = title === undefined ? undefined : /^(\w+) (.*)$/s.exec(title);
  if (!parts || !first || (parts[2] !== '' && !/^[/*]/.test(parts[2]!))) return [];
  return [feature(parts[1]!, parts[2]!, ts.isStringLiteralLike(first) ? first : call.expression.name, place)];
}

const verbs = /^(?:get|post|put|patch|delete|del|head|options|all)$/;
const routerWords = new Set('router routes app server fastify hono express koa elysia'.split(' '));
const clientWords = new Set(
  'axios http https client request agent fetch fetcher ky got msw mock nock page rest supertest map cache store params headers api sdk instance'.split(
    ' ',
  ),
);

/** A router registers handlers; a client of the same form (`axios.post('/orders', order)`) sends. */
function isRouter(call: ts.CallExpression): boolean {
  let at: ts.Expression = (call.expression as ts.PropertyAccessExpression).expression;
  while (ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression)) at = unwrap(at.expression.expression);
  if (ts.isNewExpression(at)) return true;
  if (registersWhole(call)) return true;
  const words = wordsOf(calleeName(at));
  const isKnown = words.some((word) => routerWords.has(word));
  const handler = call.arguments.at(-1);
  if (isKnown && !words.some((word) => clientWords.has(word))) return call.arguments.length > 0;
  return handler !== undefined && ts.isFunctionLike(unwrap(handler)) && !words.some((word) => clientWords.has(word));
}

/** `this.route({ method: 'put', path: '/tokens/:token', handler })` */
function registersWhole({ expression, arguments: [options] }: ts.CallExpression): boolean {
  const given = options && unwrap(options);
  if (calleeName(expression) !== 'route' || !given || !ts.isObjectLiteralExpression(given)) return false;
  const names = given.properties.map((one) => (one.name ? nameOfProperty(one.name as ts.PropertyName) : ''));
  return ['method', 'handler'].every((name) => names.includes(name));
}

/** `@Get(':id')` with the path of its controller, and `@Controller('orders')`. */
function ofDecorators(node: ts.MethodDeclaration | ts.ClassDeclaration, place: ExtractorPlace): Feature[] {
  return (ts.getDecorators(node) ?? []).flatMap((one): Feature[] => {
    const call = unwrap(one.expression);
    if (!ts.isCallExpression(call)) return [];
    const name = calleeName(call.expression);
    const fits = ts.isClassDeclaration(node)
      ? /^(?:Json)?Controller$/
      : /^(?:Get|Post|Put|Patch|Delete|Head|Options|All)$/;
    if (!fits.test(name)) return [];
    const path = pathArgument(call);
    if (path === undefined) return [];
    if (ts.isClassDeclaration(node)) return [feature('use', withSlash(path), call, place)];
    const owner = node.parent;
    const prefix = ts.isClassDeclaration(owner) ? controllerPath(owner) : undefined;
    return prefix === undefined ? [] : [feature(name.toLowerCase(), withSlash(path), call, place)];
  });
}

function controllerPath(node: ts.ClassDeclaration): string | undefined {
  for (const one of ts.getDecorators(node) ?? []) {
    const call = unwrap(one.expression);
    if (ts.isCallExpression(call) && /^(?:Json)?Controller$/.test(calleeName(call.expression)))
      return pathArgument(call);
  }
  return undefined;
}

function pathArgument(call: ts.CallExpression): string | undefined {
  const [first] = call.arguments;
  if (!first) return '';
  if (ts.isStringLiteralLike(first)) return first.text;
  const path = ts.isObjectLiteralExpression(first) ? textProperty(first, 'path') : undefined;
  return path;
}

function withSlash(path: string): string {
  return path === '' || path.startsWith('/') ? path : `/${path}`;
}

/** `<Route path="/orders" />` of a router in the browser. */
function ofElement(node: ts.JsxOpeningElement | ts.JsxSelfClosingElement, place: ExtractorPlace): Feature[] {
  if (!/Route$/.test(node.tagName.getText(place.file))) return [];
  for (const one of node.attributes.properties) {
    if (!ts.isJsxAttribute(one) || one.name.getText(place.file) !== 'path' || !one.initializer) continue;
    const value = ts.isJsxExpression(one.initializer) ? one.initializer.expression : one.initializer;
    if (value && ts.isStringLiteralLike(value)) return [feature('page', value.text, value, place)];
  }
  return [];
}

const pageKeys = new Set([
  'element',
  'component',
  'Component',
  'redirect',
  'lazy',
  'loader',
  'loadComponent',
  'loadChildren',
]);

/** `{ path: '/orders', element: ... }`, and `{ method: 'POST', url: '/orders', handler }`. */
function ofObject(node: ts.ObjectLiteralExpression, place: ExtractorPlace): Feature[] {
  const names = node.properties.map((one) => one.name?.getText(place.file) ?? '');
  if (!names.includes('path') || !names.some((name) => pageKeys.has(name))) return [];
  const path = textProperty(node, 'path');
  return path === undefined ? [] : [feature('page', path, node.properties[names.indexOf('path')]!, place)];
}

/** A member of a router whose value is a procedure, or the name of one, or of a router below it. */
function ofProcedure(node: ts.PropertyAssignment | ts.ShorthandPropertyAssignment, place: ExtractorPlace): Feature[] {
  const call = node.parent.parent;
  if (!ts.isCallExpression(call) || !/[rR]outer$/.test(calleeName(call.expression)) || !ts.isIdentifier(node.name))
    return [];
  const value = ts.isPropertyAssignment(node) ? unwrap(node.initializer) : node.name;
  const isNamed = ts.isIdentifier(value) || ts.isPropertyAccessExpression(value);
  if (isNamed && /^(?:router|createTRPCRouter)$/.test(calleeName(call.expression)))
    return [feature('procedure', node.name.text, node.name, place)];
  if (!ts.isCallExpression(value) || !/rocedure\b/.test(value.getText(place.file).slice(0, 300))) return [];
  return [feature('procedure', node.name.text, node.name, place)];
}

function methodAndPath(node: ts.Expression | undefined): [string, string] | undefined {
  if (!node || !ts.isObjectLiteralExpression(node)) return undefined;
  const [method, path] = [textProperty(node, 'method'), textProperty(node, 'path')];
  return method === undefined || path === undefined ? undefined : [method.toLowerCase(), path];
}

function textProperty(node: ts.ObjectLiteralExpression, name: string): string | undefined {
  for (const one of node.properties)
    if (ts.isPropertyAssignment(one) && one.name.getText() === name) {
      const value = unwrap(one.initializer);
      return ts.isStringLiteralLike(value) ? value.text : undefined;
    }
  return undefined;
}

function feature(verb: string, path: string, at: ts.Node, { file }: ExtractorPlace): Feature {
  const plain = path.replace(/:\w+(?:\([^)]*\))?\??|\{\w+\}/g, ':').replace(/(?<=.)\/$/, '');
  const line = ts.findAncestor(at, (one) => ts.isExpressionStatement(one) || ts.isPropertyAssignment(one)) ?? at;
  return {
    kind: 'route',
    key: `${verb} ${plain}`,
    range: { start: at.getStart(file), end: at.end },
    text: line.getText(file).split('\n')[0]!.slice(0, 120),
    value: path,
  };
}
