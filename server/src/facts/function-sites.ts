import { ts } from 'ts-morph';
import { aroundOf, isAwaited } from './around.ts';
import type { ReadSite, Recipe } from './file-facts.ts';
import { functionPattern } from './gate.ts';
import { importedSymbol, nameOf, type Origins, requiredModule } from './origins.ts';
import { rangeOf } from './parse.ts';
import { isPlainUse } from './place-sites.ts';
import type { Scopes } from './scope.ts';
import { outermost, writtenPath } from './transparent.ts';
import { argFact } from './values.ts';

/** Gathers uses of functions that may be flags themselves: by name, or because of the module that they come from. */
export interface FunctionCollector {
  /** Whether the node is of interest: what it says by itself. */
  visit(node: ts.Node): boolean;
  finish(): ReadSite[];
}

/**
 * Undefined where the recipe asks for none.
 * @param imported also all that is imported: a module of flags may be behind any import of the file
 */
export function functionCollector(
  recipe: Recipe,
  scopes: Scopes,
  origins: Origins,
  imported: boolean,
): FunctionCollector | undefined {
  const pattern = functionPattern(recipe);
  const all = imported && recipe.modules !== undefined && recipe.modules.length > 0;
  if (pattern === undefined && !all) return undefined;
  const found: Use[] = [];
  /** What imports bind, by local name. */
  const bound = new Map<string, ts.Node>();
  const isAsked = (name: string): boolean => !recipe.names.has(name) && (all || pattern?.test(name) === true);
  return {
    visit(node) {
      if (isImportBinding(node)) {
        bound.set((node.name as ts.Identifier).text, node);
        return true;
      }
      if (pattern === undefined || !ts.isIdentifier(node) || !pattern.test(node.text) || recipe.names.has(node.text))
        return false;
      const use = useOf(node);
      if (use !== undefined) found.push(use);
      return use !== undefined;
    },
    finish() {
      const seen = new Set(found.map((use) => use.node));
      for (const [local, binding] of bound) {
        const name = originalName(binding);
        if (name !== '*' && !isAsked(name === 'default' ? local : name)) continue;
        for (const reference of scopes.identifiers(local)) {
          const use = importedUse(reference, binding, name, scopes);
          if (use !== undefined && !seen.has(use.node) && isAsked(use.name === 'default' ? local : use.name))
            found.push(use);
        }
      }
      return found.flatMap((use) => siteOf(use, scopes, origins) ?? []);
    },
  };
}

/** A use of a function: the expression that stands for it, and its name where it was declared. */
interface Use {
  readonly node: ts.Expression;
  readonly name: string;
  readonly nameNode: ts.Node;
}

function isImportBinding(
  node: ts.Node,
): node is ts.ImportSpecifier | ts.ImportClause | ts.NamespaceImport | ts.VariableDeclaration | ts.BindingElement {
  if (ts.isImportSpecifier(node) || ts.isNamespaceImport(node)) return true;
  if (ts.isImportClause(node)) return node.name !== undefined;
  const required = ts.isVariableDeclaration(node) ? node : ts.isBindingElement(node) ? node.parent.parent : undefined;
  if (
    required === undefined ||
    !ts.isVariableDeclaration(required) ||
    !ts.isIdentifier((node as ts.VariableDeclaration).name)
  )
    return false;
  const value = required.initializer;
  return value !== undefined && ts.isCallExpression(value) && requiredModule(value) !== undefined;
}

/** The name that an import takes from its module; `*` for the module itself. */
function originalName(binding: ts.Node): string {
  const imported = importedSymbol(binding)?.imported;
  if (imported !== undefined) return imported;
  return ts.isBindingElement(binding) ? (nameOf(binding.propertyName ?? binding.name) ?? '*') : '*';
}

function importedUse(reference: ts.Identifier, binding: ts.Node, name: string, scopes: Scopes): Use | undefined {
  if (!isPlainUse(reference) || scopes.lookup(reference.text, reference, 'value') !== binding) return undefined;
  const { parent } = reference;
  // `flags.isNewCheckout()` of a module, or of an object or module that another one exports.
  if (ts.isPropertyAccessExpression(parent) && parent.expression === reference)
    return { node: parent, name: parent.name.text, nameNode: parent.name };
  return name === '*' ? undefined : { node: reference, name, nameNode: reference };
}

/** A name where it stands for the function: alone, or behind a receiver. */
function useOf(node: ts.Identifier): Use | undefined {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node)
    return { node: parent, name: node.text, nameNode: node };
  return isPlainUse(node) ? { node, name: node.text, nameNode: node } : undefined;
}

function siteOf({ node, name, nameNode }: Use, scopes: Scopes, origins: Origins): ReadSite | undefined {
  const { source } = scopes;
  const held = outermost(node);
  const { parent } = held;
  if (ts.isExpressionStatement(parent) || ts.isExportAssignment(parent)) return undefined;
  if (ts.isJsxOpeningLikeElement(parent) || ts.isJsxClosingElement(parent) || ts.isNewExpression(parent))
    return undefined;
  const common = {
    name,
    receiver: ts.isPropertyAccessExpression(node) ? writtenPath(node.expression) : '',
    origins: origins.ofExpression(node),
    nameRange: rangeOf(nameNode, source),
    members: [],
    escapes: false,
  };
  const call = ts.isCallExpression(parent) && parent.expression === held ? parent : undefined;
  const around = aroundOf(call ?? node, scopes);
  return {
    ...common,
    form: call === undefined ? 'reference' : 'call',
    range: rangeOf(call ?? node, source),
    args: call?.arguments.map((argument) => argFact(argument, scopes)) ?? [],
    awaited: isAwaited(call ?? node),
    ...(around === undefined ? {} : { around }),
  };
}
