import { ts } from 'ts-morph';
import { aroundOf, isAwaited } from './around.ts';
import type { ArgFact, ModuleSymbol, ReadSite, Recipe } from './file-facts.ts';
import { functionCollector } from './function-sites.ts';
import { holderOf } from './holders.ts';
import { usesOf } from './members.ts';
import { importedSymbol, nameOf, type Origins } from './origins.ts';
import { rangeOf, walk } from './parse.ts';
import { perStatement } from './per-statement.ts';
import { placeCollector } from './place-sites.ts';
import type { Scopes } from './scope.ts';
import { innermost, outermost, writtenPath } from './transparent.ts';
import { argFact } from './values.ts';
import { ownCallees, wrappedArguments, wrappedProps } from './wrappers.ts';

/** Gathers what may read a flag during a walk over a file, and tells the read sites at its end. */
export interface SiteCollector {
  /** Gathers what is of interest in a statement of the file's top level. */
  look(statement: ts.Statement): void;
  /** In the order of their places. */
  finish(): ReadSite[];
}

/** Nodes that are of interest for a recipe. */
const interesting = perStatement<readonly ts.Node[]>();

/** @param imported also uses of imported names that may be flags themselves because of their module */
export function siteCollector(recipe: Recipe, scopes: Scopes, origins: Origins, imported = false): SiteCollector {
  const { names } = recipe;
  const places = placeCollector(recipe, scopes, origins);
  const functions = functionCollector(recipe, scopes, origins, imported);
  const candidates: (ts.CallExpression | ts.JsxOpeningElement | ts.JsxSelfClosingElement)[] = [];
  /** Bare calls and elements by another name: candidates when that name turns out to be a renaming. */
  const others = new Map<string, typeof candidates>();
  const renamed = new Set<string>();
  const gather = (node: ts.Node): boolean => {
    const placed = places?.visit(node) ?? false;
    const taken = functions?.visit(node) ?? false;
    if (ts.isCallExpression(node) || ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) {
      const callee = ts.isCallExpression(node) ? innermost(node.expression) : (node.tagName as ts.Expression);
      const name = lastName(callee);
      if (name !== undefined && names.has(name)) candidates.push(node);
      else if (name !== undefined && ts.isIdentifier(callee)) {
        const list = others.get(name);
        if (list === undefined) others.set(name, [node]);
        else list.push(node);
      } else return placed || taken;
      return true;
    }
    if ((ts.isImportSpecifier(node) || ts.isBindingElement(node)) && node.propertyName !== undefined) {
      const original = nameOf(node.propertyName);
      if (original !== undefined && names.has(original) && ts.isIdentifier(node.name)) {
        renamed.add(node.name.text);
        return true;
      }
    }
    return placed || taken;
  };
  return {
    look(statement) {
      let gathered = false;
      const nodes = interesting(statement, [recipe, imported], () => {
        const found: ts.Node[] = [];
        gathered = true;
        walk(statement, (node) => {
          if (gather(node)) found.push(node);
        });
        return found;
      });
      if (!gathered) nodes.forEach(gather);
    },
    finish() {
      for (const name of renamed) candidates.push(...(others.get(name) ?? []));
      const sites = candidates.flatMap((node) => {
        const site = ts.isCallExpression(node)
          ? callSite(node, recipe, scopes, origins)
          : jsxSite(node, names, scopes, origins);
        return site ?? [];
      });
      if (places !== undefined) sites.push(...places.finish());
      if (functions !== undefined) sites.push(...functions.finish());
      return sites.sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end);
    },
  };
}

function lastName(callee: ts.Expression): string | undefined {
  if (ts.isIdentifier(callee)) return callee.text;
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text;
  if (!ts.isElementAccessExpression(callee)) return undefined;
  const name = callee.argumentExpression;
  return ts.isStringLiteralLike(name) ? name.text : undefined;
}

/** The read site of a call whose last name (or imported name, where it is renamed) is among `names`. */
function callSite(
  node: ts.CallExpression,
  { names, selectors }: Recipe,
  scopes: Scopes,
  origins: Origins,
): ReadSite | undefined {
  const callee = innermost(node.expression);
  const named = calleeOf(callee, names, scopes);
  if (named === undefined) return undefined;
  const { source } = scopes;
  const bare = ts.isIdentifier(callee);
  const { members, escapes } = usesOf(node, scopes, origins);
  const { args, wrapper } = wrappedArguments(
    node,
    node.arguments.map((argument) => argFact(argument, scopes)),
    scopes,
    origins,
  );
  const callees = ownCallees(callee, named.name, origins);
  const holds = holderOf(node, scopes);
  const around = selectors?.has(named.name) ? aroundOf(node, scopes) : undefined;
  return {
    form: 'call',
    name: named.name,
    receiver: bare ? '' : writtenPath((callee as ts.PropertyAccessExpression).expression),
    origins: origins.ofExpression(bare ? callee : (callee as ts.PropertyAccessExpression).expression),
    range: rangeOf(node, source),
    nameRange: rangeOf(named.node, source),
    args,
    awaited: isAwaited(node),
    ...(named.parameter ? { parameter: true as const } : {}),
    members,
    escapes,
    ...(ts.isDecorator(outermost(node).parent) ? { decorator: true as const } : {}),
    ...(holds === undefined ? {} : { holds }),
    ...(around === undefined ? {} : { around }),
    ...(wrapper === undefined ? {} : { wrapper }),
    ...(callees.length > 0 ? { callee: callees } : {}),
  };
}

/** The read site of a JSX element; its range is the whole element. */
function jsxSite(
  node: ts.JsxOpeningElement | ts.JsxSelfClosingElement,
  names: ReadonlySet<string>,
  scopes: Scopes,
  origins: Origins,
): ReadSite | undefined {
  const tag = node.tagName;
  const expression = tag as ts.Expression;
  const named = calleeOf(expression, names, scopes);
  if (named === undefined) return undefined;
  const bare = ts.isIdentifier(tag);
  const { props, wrapper } = wrappedProps(node, propsOf(node.attributes, scopes), scopes, origins);
  const callees = ownCallees(expression, named.name, origins);
  return {
    form: 'jsx',
    name: named.name,
    receiver: bare ? '' : writtenPath((expression as ts.PropertyAccessExpression).expression),
    origins: origins.ofExpression(bare ? expression : (expression as ts.PropertyAccessExpression).expression),
    range: rangeOf(ts.isJsxOpeningElement(node) ? node.parent : node, scopes.source),
    nameRange: rangeOf(named.node, scopes.source),
    args: [],
    props,
    awaited: false,
    members: [],
    escapes: false,
    ...(wrapper === undefined ? {} : { wrapper }),
    ...(callees.length > 0 ? { callee: callees } : {}),
  };
}

interface Callee {
  readonly name: string;
  readonly node: ts.Node;
  readonly parameter: boolean;
}

function calleeOf(callee: ts.Expression, names: ReadonlySet<string>, scopes: Scopes): Callee | undefined {
  if (ts.isPropertyAccessExpression(callee)) {
    const { expression, name } = callee;
    // `Promise.all` is called like the method of a client, and far more often.
    if (!names.has(name.text) || (ts.isIdentifier(expression) && expression.text === 'Promise')) return undefined;
    return { name: name.text, node: name, parameter: false };
  }
  if (ts.isElementAccessExpression(callee)) {
    const name = callee.argumentExpression;
    return ts.isStringLiteralLike(name) && names.has(name.text)
      ? { name: name.text, node: name, parameter: false }
      : undefined;
  }
  if (!ts.isIdentifier(callee)) return undefined;
  const declaration = scopes.lookup(callee.text, callee, 'value');
  const parameter = declaration !== undefined && ts.isParameter(declaration);
  const renamed = declaration === undefined ? undefined : originalName(declaration);
  const name = renamed !== undefined && names.has(renamed) ? renamed : callee.text;
  return names.has(name) ? { name, node: callee, parameter } : undefined;
}

/** The name under which a renamed import or binding was exported: `useFlag` for `import { useFlag as useUnleashFlag }`. */
function originalName(declaration: ts.Declaration): string | undefined {
  if (ts.isBindingElement(declaration))
    return declaration.propertyName === undefined ? undefined : nameOf(declaration.propertyName);
  const imported: ModuleSymbol | undefined = importedSymbol(declaration);
  return imported === undefined || imported.imported === 'default' || imported.imported === '*'
    ? undefined
    : imported.imported;
}

function propsOf(attributes: ts.JsxAttributes, scopes: Scopes): Record<string, ArgFact> {
  const props: Record<string, ArgFact> = {};
  for (const attribute of attributes.properties) {
    if (!ts.isJsxAttribute(attribute) || !ts.isIdentifier(attribute.name)) continue;
    const value = attribute.initializer;
    const name = attribute.name.text;
    if (value === undefined)
      props[name] = { range: rangeOf(attribute, scopes.source), value: { kind: 'boolean', value: true } };
    else if (ts.isStringLiteral(value)) props[name] = argFact(value, scopes);
    else if (ts.isJsxExpression(value) && value.expression !== undefined)
      props[name] = argFact(value.expression, scopes);
    else props[name] = { range: rangeOf(value, scopes.source), value: { kind: 'dynamic' } };
  }
  return props;
}
