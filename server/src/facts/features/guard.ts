import { ts } from 'ts-morph';
import type { Bindings } from '../bindings.ts';
import { calleeName } from '../calls.ts';
import type { Feature } from '../change-facts.ts';
import { unwrap } from '../run-time.ts';
import { squeezed } from '../squeezed.ts';
import { exits } from './auth.ts';
import type { Extractor } from './extractor.ts';
import { type Atom, atomsOf } from './tested.ts';

/**
 * Early exits (`if (!id) throw ...`, `if (x < 0) return`) before more code of the same block, what throws also at its end, and
 * assertions (`assert(x)`, `invariant(x)`). `protects` holds the parts of the condition as `tested` spells them, `owner` where the tested locals come from.
 */
export const guard: Extractor = {
  nodes: [ts.SyntaxKind.IfStatement, ts.SyntaxKind.ExpressionStatement],
  mentions: /\bif\s*\(|\b(?:assert|invariant)\w*[.(]/,
  take(node, { bindings, file }) {
    if (ts.isIfStatement(node) && !node.elseStatement && !isElse(node)) {
      const outcome = outcomeOf(node.thenStatement, file);
      return outcome ? feature(node, node.expression, outcome, bindings, file) : [];
    }
    if (!ts.isExpressionStatement(node)) return [];
    const call = unwrap(node.expression);
    if (!ts.isCallExpression(call) || !call.arguments[0] || !isAssertion(call)) return [];
    return feature(node, call.arguments[0], 'throws', bindings, file);
  },
};

/** What becomes of those whom the guard stops. `answers`: it computes a result of its own, so that it may be a case like others. */
type Outcome = 'throws' | 'refuses' | 'leaves' | 'answers';

function feature(
  statement: ts.Statement,
  condition: ts.Expression,
  value: Outcome,
  bindings: Bindings,
  file: ts.SourceFile,
): Feature[] {
  const end = restEnd(statement) ?? (value === 'throws' ? statement.end : undefined);
  if (end === undefined) return [];
  const atoms = atomsOf(condition, bindings, file);
  const range = { start: statement.getStart(file), end: statement.end };
  return [
    {
      kind: 'validation',
      key: `guard ${atoms.map((one) => one.key).join(', ')}`,
      range,
      text: file.text.slice(range.start, range.end),
      value,
      literal: atoms.map((one) => one.named).join(', '),
      protects: atoms.map((one) => one.named),
      words: [...new Set(atoms.flatMap((one) => one.subjects))],
      owner: sourcesOf(atoms, bindings, file).join('\n'),
      rest: end - range.end,
    },
  ];
}

function isElse({ parent }: ts.IfStatement): boolean {
  return ts.isIfStatement(parent);
}

/** Where the code ends that runs only past the statement; undefined where none follows. */
function restEnd(statement: ts.Statement): number | undefined {
  const { parent } = statement;
  if (!ts.isBlock(parent) && !ts.isSourceFile(parent) && !ts.isCaseOrDefaultClause(parent)) return undefined;
  const last = parent.statements.at(-1)!;
  return last === statement ? undefined : last.end;
}

function isAssertion(call: ts.CallExpression): boolean {
  const text = call.expression.getText();
  return (
    /^(?:assert(?:\.\w+)?|invariant|\w+\.(?:assert|invariant)|(?:assert|invariant)[A-Z]\w*)$/.test(text) &&
    text !== 'console.assert'
  );
}

/** More statements than these before it leaves are no guard but a case of its own. */
const most = { throwing: 6, other: 3 };

function outcomeOf(branch: ts.Statement, file: ts.SourceFile): Outcome | undefined {
  const statements = ts.isBlock(branch) ? branch.statements : [branch];
  const last = statements.at(-1);
  if (!last || statements.length > most.throwing) return undefined;
  if (ts.isThrowStatement(last)) return 'throws';
  if (statements.length > most.other) return undefined;
  if (ts.isExpressionStatement(last) && neverReturns(last.expression)) return 'throws';
  if (!exits(last) || ts.isIfStatement(last) || ts.isBlock(last)) return undefined;
  const text = branch.getText(file);
  if (
    /\b(?:res|response|reply|ctx|c)\b[^;]*\b(?:4\d\d|badRequest|notFound|status)\b|\bnext\(\s*(?:new\b|\w)|\breject\(|\bBadRequest|\bValidationError|\bErr\(|\berr\(|\bstatus:\s*4\d\d/i.test(
      text,
    )
  )
    return 'refuses';
  if (!ts.isReturnStatement(last)) return 'leaves';
  return last.expression && !isPlain(unwrap(last.expression)) ? 'answers' : 'leaves';
}

/** `notFound()`, `process.exit(1)`, `redirect('/')` of frameworks that throw there. */
function neverReturns(expression: ts.Expression): boolean {
  const call = unwrap(expression);
  return (
    ts.isCallExpression(call) &&
    /^(?:exit|notFound|redirect|permanentRedirect|panic)$/.test(calleeName(call.expression))
  );
}

/** A value that says "nothing" or hands back what came in. */
function isPlain(node: ts.Expression): boolean {
  if (ts.isIdentifier(node) || ts.isLiteralExpression(node)) return true;
  if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0;
  if (ts.isObjectLiteralExpression(node)) return node.properties.length === 0;
  if (ts.isPrefixUnaryExpression(node)) return isPlain(node.operand);
  const { kind } = node;
  return (
    kind === ts.SyntaxKind.NullKeyword || kind === ts.SyntaxKind.TrueKeyword || kind === ts.SyntaxKind.FalseKeyword
  );
}

/** Longer ones are told by their start. */
const longest = 120;

/** How the tested locals are declared: `id: string` of a parameter, the initializer of a variable. */
function sourcesOf(atoms: readonly Atom[], bindings: Bindings, file: ts.SourceFile): string[] {
  const roots = new Set(atoms.flatMap(({ subjects }) => subjects.map((one) => one.split('.')[0]!)));
  const sources = new Set<string>();
  for (const root of roots) {
    const declaration = atoms[0] && bindings.local(atoms[0].node, root);
    const source = declaration && sourceOf(declaration, file);
    if (source) sources.add(source);
  }
  return [...sources];
}

function sourceOf(declaration: ts.Declaration, file: ts.SourceFile): string | undefined {
  let at: ts.Node = declaration;
  while (ts.isBindingElement(at) || ts.isObjectBindingPattern(at) || ts.isArrayBindingPattern(at)) at = at.parent;
  if (ts.isVariableDeclaration(at)) return at.initializer && squeezed(at.initializer.getText(file)).slice(0, longest);
  if (!ts.isParameter(at) || !at.type) return undefined;
  if (!ts.isIdentifier(at.name)) return squeezed(at.type.getText(file)).slice(0, longest);
  return squeezed(file.text.slice(at.name.getStart(file), at.type.end)).slice(0, longest);
}
