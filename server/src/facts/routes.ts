import { ts } from 'ts-morph';
import { unwrap } from './run-time.ts';

/** What a call registers with a router: the route, and what runs before its handler. */
export interface Registered {
  /** `post /orders`; undefined for what holds for all routes (`app.use(auth)`). */
  readonly title: string | undefined;
  readonly middleware: readonly ts.Expression[];
  /** `use /admin` for `app.use('/admin', requireAuth, adminRoutes)`: what the middleware stands before. */
  readonly mount?: string;
}

const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'del', 'head', 'options', 'all', 'route']);
const mounting = new Set(['use', 'addHook', 'register']);
const hookOptions = new Set([
  'preHandler',
  'preValidation',
  'onRequest',
  'middleware',
  'middlewares',
  'before',
  'use',
  'guards',
  'beforeEnter',
  'canActivate',
  'pre',
]);

/** Express, Koa, Fastify, Hono and their like, told from the form of the call: a verb, a path, and what handles it. */
export function registersOf(call: ts.CallExpression): Registered | undefined {
  if (!ts.isPropertyAccessExpression(call.expression)) return undefined;
  const verb = call.expression.name.text;
  const [first, ...rest] = call.arguments;
  if (!first) return undefined;
  if (verb === 'use' && rest.length > 1 && ts.isStringLiteralLike(first) && isPath(first))
    return { title: undefined, middleware: rest.slice(0, -1).flatMap(listed), mount: `use ${first.text}` };
  if (mounting.has(verb)) return { title: undefined, middleware: [first, ...rest].flatMap(listed) };
  if (!verbs.has(verb)) return undefined;
  if (verb === 'route' && ts.isObjectLiteralExpression(first))
    return { title: routeOf(first), middleware: optionsOf(first) };
  if (isPath(first) && rest.length > 0)
    return {
      title: `${verb} ${(first as ts.StringLiteralLike).text}`,
      middleware: [...rest.slice(0, -1).flatMap(listed), ...optionsOf(rest.at(-1)!)],
    };
  const around = routeAround(call.expression.expression);
  if (around !== undefined)
    return { title: `${verb} ${around}`, middleware: call.arguments.slice(0, -1).flatMap(listed) };
  return undefined;
}

/** `post /orders` for `{ method: 'POST', url: '/orders' }`. */
function routeOf(options: ts.ObjectLiteralExpression): string | undefined {
  const text = (name: string) => {
    const one = options.properties.find((at) => ts.isPropertyAssignment(at) && at.name.getText() === name);
    const value = one && ts.isPropertyAssignment(one) ? one.initializer : undefined;
    return value && ts.isStringLiteralLike(value) ? value.text : undefined;
  };
  const url = text('url') ?? text('path');
  return url === undefined ? undefined : `${(text('method') ?? 'all').toLowerCase()} ${url}`;
}

/** `/orders` for `router.route('/orders').get(...)`. */
function routeAround(receiver: ts.Expression): string | undefined {
  for (
    let at = unwrap(receiver);
    ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression);
    at = unwrap(at.expression.expression)
  ) {
    const [path] = at.arguments;
    if (at.expression.name.text === 'route' && path && isPath(path)) return (path as ts.StringLiteralLike).text;
  }
  return undefined;
}

function isPath(node: ts.Expression): boolean {
  return (
    ts.isStringLiteralLike(node) && (node.text === '' || /^[/*:]/.test(node.text) || /^[\w-]+(?:\/|$)/.test(node.text))
  );
}

function listed(expression: ts.Expression): readonly ts.Expression[] {
  const node = unwrap(expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements;
  return ts.isObjectLiteralExpression(node) ? optionsOf(node) : [node];
}

function optionsOf(expression: ts.Expression): readonly ts.Expression[] {
  const node = unwrap(expression);
  if (!ts.isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap((one) =>
    ts.isPropertyAssignment(one) && ts.isIdentifier(one.name) && hookOptions.has(one.name.text)
      ? listed(one.initializer)
      : [],
  );
}
