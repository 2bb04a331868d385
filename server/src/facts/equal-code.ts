import { ts } from 'ts-morph';
import type { Bindings } from './bindings.ts';
import { normalTokens } from './normal-tokens.ts';
import { unwrap } from './run-time.ts';
import type { Scopes } from './scope.ts';

/**
 * Whether two pieces of code of one place say the same: equal in normal form, with the names from outside of them taken as
 * they are written. Empty pieces say nothing.
 */
export function saysTheSame(one: ts.Node, other: ts.Node | readonly ts.Node[], scopes: Scopes): boolean {
  const a = partsOf(one);
  const b = Array.isArray(other) ? (other as readonly ts.Node[]) : partsOf(other as ts.Node);
  // Most pairs differ at a glance.
  if (a.length !== b.length || a.length === 0 || a.some((node, i) => kindOf(node) !== kindOf(b[i]!))) return false;
  const left = tokensOf(a, scopes);
  return left !== '' && left === tokensOf(b, scopes);
}

/** The statements of a block; a node by itself. */
function partsOf(node: ts.Node): readonly ts.Node[] {
  return ts.isBlock(node) ? node.statements : [node];
}

function kindOf(node: ts.Node): ts.SyntaxKind {
  return ts.isExpression(node) ? unwrap(node).kind : node.kind;
}

const nothing = { has: () => false };

function tokensOf(nodes: readonly ts.Node[], scopes: Scopes): string {
  const [first] = nodes;
  const last = nodes.at(-1)!;
  const bindings: Bindings = {
    local(at, name) {
      const declaration = scopes.lookup(name, at, 'value');
      return declaration && first!.pos <= declaration.pos && declaration.end <= last.end ? declaration : undefined;
    },
    canonical: (name) => name,
    constant: () => undefined,
  };
  const { tokens } = normalTokens(nodes, bindings, nothing);
  return tokens.map((token) => (token.name === undefined ? token.text : `#${token.name}`)).join(' ');
}
