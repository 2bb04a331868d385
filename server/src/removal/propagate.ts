import { ts } from 'ts-morph';
import type { TextRange } from '../core/text.ts';
import { isWrapper } from '../facts/run-time.ts';
import { type Folding, foldingOf } from './fold.ts';
import { bare, isBare, type Known } from './known.ts';
import { isExportedStatement } from './position.ts';
import { isPure, isWritten } from './purity.ts';
import type { Seeding, SeedRefusal } from './seed.ts';
import type { Source } from './source.ts';
import { isStatementList } from './statements.ts';
import { takenCase } from './switches.ts';

/** A variable (or element of a destructuring) that holds a known value. */
type Holder = ts.VariableDeclaration | ts.BindingElement;

export interface Propagated {
  readonly folding: Folding;
  /** Holders that nothing mentions any more once all is folded: they leave. */
  readonly leaving: ReadonlySet<Holder>;
  readonly refused: readonly SeedRefusal[];
}

/**
 * Carries known values through the variables that hold them, by symbol, until nothing more becomes known. Reads that reach
 * a place where the value cannot be followed are refused. What is written in `dead` spans goes anyway and does not count.
 */
export function propagate(source: Source, seeding: Seeding, dead: readonly TextRange[] = []): Propagated {
  const values = new Map<ts.Node, Known>(seeding.expressions);
  const leaving = new Set<Holder>();
  const refused: SeedRefusal[] = [];
  const settled = new Set<Holder>();
  const hold = (holder: Holder, known: Known): void => {
    settled.add(holder);
    const outcome = followHolder(source, holder, dead);
    if ('reason' in outcome) {
      refused.push(...known.seeds.map((seed) => ({ seed, reason: outcome.reason })));
      return;
    }
    for (const reference of outcome.references) values.set(reference, known);
    if (outcome.leaves) leaving.add(holder);
  };
  for (const [element, known] of seeding.bindings) hold(element, known);
  const declarations = variablesOf(source.file);
  let folding = foldingOf(source, values);
  for (let grew = true; grew; ) {
    grew = false;
    for (const declaration of declarations) {
      const folded = declaration.initializer && folding.fold(declaration.initializer);
      if (!folded?.known || folded.effects.length > 0) continue;
      for (const [holder, known] of holdersIn(declaration, folded.known)) {
        if (settled.has(holder)) continue;
        hold(holder, known);
        grew = true;
      }
    }
    if (grew) folding = foldingOf(source, values);
  }
  refused.push(...unfollowed(folding, leaving), ...switches(folding));
  return { folding, leaving, refused };
}

function variablesOf(file: ts.SourceFile): ts.VariableDeclaration[] {
  const found: ts.VariableDeclaration[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** `const on = <known>`, or `const { value: on } = <details>`. */
function holdersIn(declaration: ts.VariableDeclaration, known: Known): [Holder, Known][] {
  if (ts.isIdentifier(declaration.name)) return [[declaration, known]];
  const { packing } = known;
  if (packing.kind !== 'details' || !ts.isObjectBindingPattern(declaration.name)) return [];
  const { elements } = declaration.name;
  const takesField = (element: ts.BindingElement): boolean => elementKey(element) === packing.field;
  if (!elements.every(takesField)) return [];
  return elements.map((element) => [element, { ...known, packing: bare }]);
}

function elementKey(element: ts.BindingElement): string | undefined {
  if (element.dotDotDotToken) return undefined;
  const name = element.propertyName ?? element.name;
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined;
}

type Followed =
  | { readonly references: readonly ts.Identifier[]; readonly leaves: boolean }
  | { readonly reason: string };

function followHolder(source: Source, holder: Holder, dead: readonly TextRange[]): Followed {
  const name = holder.name;
  const root = ts.isBindingElement(holder) ? patternRoot(holder) : holder;
  if (!root) return { reason: 'The flag arrives as a parameter; remove it there and at the callers by hand.' };
  if (!ts.isIdentifier(name)) return { reason: 'The value is taken apart here; fold it by hand.' };
  if (ts.isBindingElement(holder) && hasRest(holder))
    return {
      reason: 'The rest of the record is taken as well (`...`); take the flag out of the destructuring by hand.',
    };
  const symbol = source.symbolOf(name);
  const list = root.parent;
  if (!symbol || !ts.isVariableDeclarationList(list) || (symbol.declarations?.length ?? 0) > 1)
    return { reason: `\`${name.text}\` is declared more than once; fold it by hand.` };
  const isDead = (id: ts.Identifier): boolean => dead.some((span) => span.start < id.end && id.end <= span.end);
  const references = source.referencesOf(symbol).filter((reference) => !isDead(reference));
  if (references.some(isWritten))
    return { reason: `\`${name.text}\` is assigned again, so it does not always hold the flag; fold it by hand.` };
  if (references.some(isTypeQuery))
    return { reason: `\`${name.text}\` is used as a type (\`typeof ${name.text}\`); give that type by hand first.` };
  if (!(list.flags & ts.NodeFlags.BlockScoped) && !isSetBeforeUse(root, list, references))
    return { reason: `The \`var ${name.text}\` may be read before it is set; make it a \`const\` first.` };
  const uses = references.filter((reference) => !ts.isExportSpecifier(reference.parent));
  const leaves =
    uses.length === references.length && !isExportedStatement(list.parent) && ts.isVariableStatement(list.parent);
  return { references: uses, leaves };
}

function patternRoot(element: ts.BindingElement): ts.VariableDeclaration | undefined {
  const owner = element.parent.parent;
  if (ts.isBindingElement(owner)) return patternRoot(owner);
  return ts.isVariableDeclaration(owner) ? owner : undefined;
}

function hasRest(element: ts.BindingElement): boolean {
  return element.parent.elements.some((other) => ts.isBindingElement(other) && other.dotDotDotToken !== undefined);
}

function isTypeQuery(reference: ts.Identifier): boolean {
  for (let node: ts.Node = reference; ; node = node.parent) {
    if (ts.isTypeQueryNode(node.parent)) return true;
    if (!ts.isQualifiedName(node.parent)) return false;
  }
}

/** A `var` is followed only where it stands plainly in its function, before its uses, and nothing runs before it. */
function isSetBeforeUse(
  root: ts.VariableDeclaration,
  list: ts.VariableDeclarationList,
  references: readonly ts.Identifier[],
): boolean {
  const statement = list.parent;
  if (!ts.isVariableStatement(statement)) return false;
  const scope = statement.parent;
  if (!ts.isSourceFile(scope) && !(ts.isBlock(scope) && ts.isFunctionLike(scope.parent))) return false;
  const before = scope.statements.slice(0, scope.statements.indexOf(statement));
  return references.every((reference) => reference.pos >= root.end) && before.every(runsNothing);
}

function runsNothing(statement: ts.Statement): boolean {
  if (ts.isImportDeclaration(statement) || ts.isFunctionDeclaration(statement)) return true;
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return true;
  if (ts.isExpressionStatement(statement)) return ts.isStringLiteral(statement.expression);
  if (!ts.isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.every(
    ({ initializer }) => !initializer || isPure(initializer) || isRequire(initializer),
  );
}

export function isRequire(node: ts.Expression): boolean {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require';
}

/** A `switch` on a flag of which no case can be put in its place: its cases would be compared with a value that they cannot have. */
function switches(folding: Folding): SeedRefusal[] {
  const refused: SeedRefusal[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isSwitchStatement(node)) refused.push(...refusedSwitch(folding, node));
    ts.forEachChild(node, visit);
  };
  visit(folding.source.file);
  return refused;
}

function refusedSwitch(folding: Folding, node: ts.SwitchStatement): SeedRefusal[] {
  const known = folding.fold(node.expression)?.known;
  if (!known || !isBare(known)) return [];
  const taken = isStatementList(node.parent)
    ? takenCase(folding.source, node, known.value)
    : { reason: 'The flag decides a `switch` that is no statement of a block; put braces around it first.' };
  return 'reason' in taken ? known.seeds.map((seed) => ({ seed, reason: taken.reason })) : [];
}

/** Details and promises that are used as a whole: their value cannot stand there. */
function unfollowed(folding: Folding, leaving: ReadonlySet<Holder>): SeedRefusal[] {
  const refused: SeedRefusal[] = [];
  for (const [node, known] of folding.values) {
    if (isBare(known) || !ts.isExpression(node) || isTaken(folding, node as ts.Expression, known, leaving)) continue;
    const reason = refusalOf(node, known);
    refused.push(...known.seeds.map((seed) => ({ seed, reason })));
  }
  return refused;
}

function isTaken(folding: Folding, node: ts.Expression, known: Known, leaving: ReadonlySet<Holder>): boolean {
  const parent = node.parent;
  if (isWrapper(parent)) return isTaken(folding, parent, known, leaving);
  if (ts.isExpressionStatement(parent)) return true;
  if (ts.isAwaitExpression(parent)) {
    const awaited = folding.fold(parent)?.known;
    return awaited !== undefined && (isBare(awaited) || isTaken(folding, parent, awaited, leaving));
  }
  if (ts.isPropertyAccessExpression(parent)) return folding.fold(parent)?.known !== undefined;
  if (!ts.isVariableDeclaration(parent)) return isReturnedPromise(parent, node, known);
  if (leaving.has(parent)) return true;
  return ts.isObjectBindingPattern(parent.name) && parent.name.elements.every((element) => leaving.has(element));
}

/** An async function may return the value itself where it returned a promise of it. */
function isReturnedPromise(parent: ts.Node, node: ts.Expression, known: Known): boolean {
  if (known.packing.kind !== 'promise' || known.packing.of.kind !== 'bare') return false;
  if (ts.isArrowFunction(parent)) return parent.body === node && isAsync(parent);
  if (!ts.isReturnStatement(parent)) return false;
  const owner = ts.findAncestor(parent, ts.isFunctionLike);
  return owner !== undefined && isAsync(owner) && !isInTry(parent, owner);
}

function isAsync(node: ts.SignatureDeclaration): boolean {
  const isGenerator = 'asteriskToken' in node && node.asteriskToken !== undefined;
  return (ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.Async) !== 0 && !isGenerator;
}

function isInTry(node: ts.Node, owner: ts.Node): boolean {
  return ts.findAncestor(node, (one) => (one === owner ? 'quit' : ts.isTryStatement(one))) !== undefined;
}

function refusalOf(node: ts.Node, known: Known): string {
  const parent = node.parent;
  if (known.packing.kind === 'promise') {
    if (ts.isPropertyAccessExpression(parent) && /^(then|catch|finally)$/.test(parent.name.text))
      return `The promise of the flag is chained with \`.${parent.name.text}\`; make it an \`await\` or unfold the callback by hand.`;
    return 'The promise of the flag is used without `await`; fold it by hand.';
  }
  if (ts.isPropertyAccessExpression(parent))
    return `\`.${parent.name.text}\` of the flag's details is used, which is lost with the flag; fold it by hand.`;
  const field = known.packing.kind === 'details' ? known.packing.field : '';
  if (ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name))
    return `More of the flag's details than \`${field}\` is taken, which is lost with the flag; fold it by hand.`;
  return 'The details object of the flag is passed on whole; fold it by hand.';
}
