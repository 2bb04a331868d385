import { ts } from 'ts-morph';
import { isGuardReference } from '../auth-words.ts';
import { normalText } from '../normal-form.ts';
import { unwrap } from '../run-time.ts';
import { featureAt } from './auth.ts';
import type { Extractor } from './extractor.ts';
import { nameOfProperty } from './settings.ts';

/**
 * Checks of access that stand in the object of a route: guards (`{ path: 'search', canActivate: [AccessGuard] }`), and rights that it
 * asks for (`{ path: '/tokens', permission: ADMIN }`, `{ path: '/', meta: { requiresAuth: true } }`).
 */
export const routeAccess: Extractor = {
  nodes: [ts.SyntaxKind.PropertyAssignment],
  mentions:
    /\b(?:can(?:Activate|ActivateChild|Load|Match)|beforeEnter|permissions?|required(?:Permission|Role|Scope)s?|needsRoles?|roles|auth|requiresAuth|requireAuth|authenticated?)['"]?\s*:/,
  take(node, { bindings, file }) {
    if (!ts.isPropertyAssignment(node)) return [];
    const name = nameOfProperty(node.name);
    const isHook = hooks.test(name);
    if (!isHook && !rights.test(name)) return [];
    const path = pathBeside(node);
    if (path === undefined) return [];
    const protects = [`use ${path}`];
    const value = unwrap(node.initializer);
    if (!isHook) return asksNothing(value, file) ? [] : [featureAt(node, true, `option ${name}`, protects, node, file)];
    const guards = ts.isArrayLiteralExpression(value) ? [...value.elements] : [value];
    return guards.map((one) =>
      featureAt(one, isGuardReference(one), `use ${normalText(one, bindings)}`, protects, one, file),
    );
  },
};

const hooks = /^(?:canActivate|canActivateChild|canLoad|canMatch|beforeEnter)$/;
const rights =
  /^(?:permissions?|required(?:Permission|Role|Scope)s?|needsRoles?|roles|auth|requiresAuth|requireAuth|authenticated?)$/;

/** The path of the route whose object holds the property, or holds the object of settings that does. */
function pathBeside({ parent }: ts.PropertyAssignment): string | undefined {
  for (let at: ts.Node = parent, depth = 0; depth < 2 && ts.isObjectLiteralExpression(at); depth++) {
    for (const one of at.properties) {
      if (!ts.isPropertyAssignment(one) || !/^(?:path|url)$/.test(nameOfProperty(one.name))) continue;
      const value = unwrap(one.initializer);
      return ts.isStringLiteralLike(value) ? value.text : undefined;
    }
    if (!ts.isPropertyAssignment(at.parent) || !/^(?:meta|data|config|options)$/.test(nameOfProperty(at.parent.name)))
      return undefined;
    at = at.parent.parent;
  }
  return undefined;
}

/** `false`, `[]`, `NONE`, `'public'` */
function asksNothing(value: ts.Expression, file: ts.SourceFile): boolean {
  if (ts.isArrayLiteralExpression(value)) return value.elements.length === 0;
  const text = value.getText(file).replace(/['"`]/g, '');
  return /^(?:false|null|undefined|(?:[\w$]+\.)*(?:none|public|anonymous|any|noauth|))$/i.test(text);
}
