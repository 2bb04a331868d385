import { ts } from 'ts-morph';
import { parse } from '../facts/parse.ts';
import type { World } from '../fixes/fix.ts';
import { type Aligned, alignStatements, likeness, type Match } from './align.ts';
import { type Run, runAround } from './run.ts';
import { isFunction, isListOwner, type ListOwner, syntaxErrorAt, tokensOf } from './syntax.ts';

/** What a run of statements was at the base. */
export type BaseSide =
  /** The list exists at the base: `run` is what has to be wrapped now, `base` what stood there. Either may be empty. */
  | {
      readonly kind: 'matched';
      readonly run: Run;
      readonly file: ts.SourceFile;
      readonly base: Run;
      /** Selected statements right behind both runs that are equal, and can be taken in where a declaration needs it. */
      readonly slack: number;
    }
  /** The code around is new: the base has nothing there. */
  | { readonly kind: 'new'; readonly run: Run };

type Resolved =
  | { readonly kind: 'matched'; readonly base: ListOwner; readonly file: ts.SourceFile }
  | { readonly kind: 'new' }
  | { readonly kind: 'grow'; readonly to: Run };

/**
 * Finds what stood at the base where a run of statements stands now. The run grows outwards while its surroundings have no
 * counterpart (code that moved into a new `try`), grows to the whole of a stretch that differs where parts cannot be told
 * apart, and shrinks to what differs: unchanged statements at its ends need no flag.
 */
export function findBaseSide(path: string, file: ts.SourceFile, run: Run, world: World): BaseSide {
  const bases = new BaseFiles(path, file, world);
  if (bases.own === undefined && bases.moved.size === 0) return { kind: 'new', run };
  let at = run;
  for (;;) {
    const resolved = resolve(at.owner, file, bases);
    if (resolved.kind === 'new') return { kind: 'new', run: at };
    if (resolved.kind === 'grow') {
      at = resolved.to;
      continue;
    }
    return { kind: 'matched', file: resolved.file, ...differing(at, file, resolved.base, resolved.file) };
  }
}

/**
 * The body inside a changed declaration that alone differs from the base, as a whole run: a declaration cannot be wrapped,
 * its body can. `undefined` when more than one body, or something outside them, differs.
 */
export function narrowToBody(side: BaseSide, file: ts.SourceFile): Run | undefined {
  if (side.kind !== 'matched' || side.run.to - side.run.from !== 1 || side.base.to - side.base.from !== 1)
    return undefined;
  const now = side.run.owner.statements[side.run.from]!;
  const base = side.base.owner.statements[side.base.from]!;
  const nowLists = listsWithin(now, file);
  const baseLists = listsWithin(base, side.file);
  const outsideNow = tokensOf(now, file, new Set(nowLists.values()));
  const outsideBase = tokensOf(base, side.file, new Set(baseLists.values()));
  if (outsideNow.join('\0') !== outsideBase.join('\0')) return undefined;
  const differing = [...nowLists].filter(([path, list]) => {
    const other = baseLists.get(path);
    return other === undefined || tokensOf(list, file).join('\0') !== tokensOf(other, side.file).join('\0');
  });
  const [only] = differing;
  if (only === undefined || differing.length > 1) return undefined;
  return { owner: only[1], from: 0, to: only[1].statements.length };
}

/** The texts of the base that matter for one file: its own, and those that its declarations moved in from. */
class BaseFiles {
  readonly own: ts.SourceFile | undefined;
  /** Declarations of now whose counterpart is known from the change. */
  readonly moved = new Map<ts.Node, { node: ts.Node; file: ts.SourceFile }>();

  constructor(path: string, file: ts.SourceFile, world: World) {
    const changed = world.change?.files.find((candidate) => candidate.path === path);
    const texts = new Map<string, ts.SourceFile>();
    const at = (basePath: string, text: string | undefined): ts.SourceFile | undefined => {
      if (text === undefined) return undefined;
      const known = texts.get(basePath) ?? parse(basePath, text);
      texts.set(basePath, known);
      return syntaxErrorAt(known) === undefined ? known : undefined;
    };
    if (changed !== undefined) this.own = at(changed.basePath, changed.base);
    else if (world.change !== undefined) this.own = file;
    for (const pair of world.pairs) {
      if (pair.path !== path || pair.now === undefined || pair.base === undefined || pair.now.kind === 'module')
        continue;
      const from = world.change?.files.find((candidate) => candidate.basePath === pair.basePath);
      const baseFile = at(pair.basePath, from?.base);
      const now = declarationNamedAt(file, pair.now.nameRange.start);
      const base = baseFile && declarationNamedAt(baseFile, pair.base.nameRange.start);
      if (baseFile !== undefined && now !== undefined && base !== undefined)
        this.moved.set(now, { node: base, file: baseFile });
    }
  }
}

function declarationNamedAt(file: ts.SourceFile, offset: number): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (found !== undefined || node.pos > offset || node.end < offset) return;
    const name = (node as { name?: ts.Node }).name;
    if (
      name !== undefined &&
      name.getStart(file) === offset &&
      (isFunction(node) || ts.isClassLike(node) || ts.isVariableDeclaration(node))
    )
      found = node;
    else ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function resolve(owner: ListOwner, file: ts.SourceFile, bases: BaseFiles): Resolved {
  if (ts.isSourceFile(owner))
    return bases.own === undefined ? { kind: 'new' } : { kind: 'matched', base: bases.own, file: bases.own };
  const outer = runAround(owner)!;
  const statement = outer.owner.statements[outer.from]!;
  for (let at: ts.Node = owner; at !== statement.parent; at = at.parent) {
    const moved = bases.moved.get(at);
    const list = moved && listsWithin(moved.node).get(pathFrom(at, owner, file));
    if (moved !== undefined && list !== undefined) return { kind: 'matched', base: list, file: moved.file };
  }
  const around = resolve(outer.owner, file, bases);
  if (around.kind !== 'matched') return around;
  const matches = align(outer.owner, file, around.base, around.file);
  const match = matches[outer.from];
  if (match === undefined) {
    const gap = gapAround(matches, outer.from, outer.to, around.base.statements.length);
    return gap.start === gap.end ? { kind: 'new' } : { kind: 'grow', to: outer };
  }
  return within(owner, statement, file, around.base.statements[match.base]!, around.file, outer);
}

/** The list of the base statement that stands where `owner` stands in the statement of now. */
function within(
  owner: ListOwner,
  now: ts.Statement,
  file: ts.SourceFile,
  base: ts.Statement,
  baseFile: ts.SourceFile,
  outer: Run,
): Resolved {
  const path = pathFrom(now, owner, file);
  const lists = listsWithin(base, baseFile);
  const same = lists.get(path);
  if (same !== undefined) return { kind: 'matched', base: same, file: baseFile };
  const member = /^(.*?[mv]:[^/]*\/)/.exec(path)?.[1];
  if (member === undefined || [...lists.keys()].some((key) => key.startsWith(member)))
    return { kind: 'grow', to: outer };
  const nowPaths = listsWithin(now, file);
  const tokens = tokensOf(owner, file);
  for (const [key, list] of lists)
    if (!nowPaths.has(key) && likeness(tokensOf(list, baseFile), tokens) >= 0.6)
      return { kind: 'matched', base: list, file: baseFile };
  return { kind: 'new' };
}

function align(owner: ListOwner, file: ts.SourceFile, base: ListOwner, baseFile: ts.SourceFile): (Match | undefined)[] {
  const describe =
    (at: ts.SourceFile) =>
    (statement: ts.Statement): Aligned => ({
      tokens: tokensOf(statement, at),
      declares: declaredName(statement),
    });
  return alignStatements(base.statements.map(describe(baseFile)), owner.statements.map(describe(file)));
}

function declaredName(statement: ts.Statement): string | undefined {
  if (ts.isVariableStatement(statement)) {
    const [first, ...rest] = statement.declarationList.declarations;
    return rest.length === 0 && first !== undefined && ts.isIdentifier(first.name) ? first.name.text : undefined;
  }
  return (statement as { name?: ts.Node }).name?.getText();
}

function gapAround(
  matches: readonly (Match | undefined)[],
  from: number,
  to: number,
  baseLength: number,
): { start: number; end: number; first: number; last: number } {
  let first = from;
  while (first > 0 && matches[first - 1] === undefined) first--;
  let last = to;
  while (last < matches.length && matches[last] === undefined) last++;
  return {
    start: first === 0 ? 0 : matches[first - 1]!.base + 1,
    end: last === matches.length ? baseLength : matches[last]!.base,
    first,
    last,
  };
}

function differing(
  run: Run,
  file: ts.SourceFile,
  base: ListOwner,
  baseFile: ts.SourceFile,
): { run: Run; base: Run; slack: number } {
  const matches = align(run.owner, file, base, baseFile);
  let { from, to } = run;
  const gap = gapAround(matches, from, to, base.statements.length);
  let { start, end } = gap;
  const inside = matches.slice(from, to).some((match) => match !== undefined);
  if (start < end && (gap.first < from || gap.last > to) && !onlyWithin(matches, gap, from, to, inside)) {
    from = gap.first;
    to = gap.last;
  }
  let slack = 0;
  while (from < to && start < end && matches[from]?.equal && matches[from]!.base === start) {
    from++;
    start++;
  }
  while (from < to && start < end && matches[to - 1]?.equal && matches[to - 1]!.base === end - 1) {
    to--;
    end--;
    slack++;
  }
  return { run: { owner: run.owner, from, to }, base: { owner: base, from: start, to: end }, slack };
}

/**
 * Neighbours that the base does not have stand next to the run. They can stay out of it when the base statements between
 * the anchors all belong to matched statements of the run.
 */
function onlyWithin(
  matches: readonly (Match | undefined)[],
  gap: { start: number; end: number },
  from: number,
  to: number,
  inside: boolean,
): boolean {
  if (!inside) return false;
  const used = new Set(matches.slice(from, to).flatMap((match) => (match === undefined ? [] : [match.base])));
  for (let i = gap.start; i < gap.end; i++) if (!used.has(i)) return false;
  return true;
}

const labels = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.ParenthesizedExpression, ''],
  [ts.SyntaxKind.AwaitExpression, ''],
  [ts.SyntaxKind.AsExpression, ''],
  [ts.SyntaxKind.SatisfiesExpression, ''],
  [ts.SyntaxKind.NonNullExpression, ''],
  [ts.SyntaxKind.ReturnStatement, ''],
  [ts.SyntaxKind.ExpressionStatement, ''],
  [ts.SyntaxKind.VariableStatement, ''],
  [ts.SyntaxKind.VariableDeclarationList, ''],
  [ts.SyntaxKind.ExportAssignment, ''],
  [ts.SyntaxKind.LabeledStatement, ''],
]);

/** What role a child plays in its parent, such that the same role at base and now means the same place. */
function role(child: ts.Node, parent: ts.Node, file: ts.SourceFile): string {
  if (ts.isClassElement(child) && ts.isClassLike(parent)) return `m:${memberName(child, file)}/`;
  if (ts.isObjectLiteralElementLike(child)) return `m:${child.name?.getText(file) ?? '...'}/`;
  if (ts.isVariableDeclaration(child) && ts.isVariableDeclarationList(parent)) return `v:${child.name.getText(file)}/`;
  if (isFunction(parent)) return (parent as { body?: ts.Node }).body === child ? 'fn/' : 'param/';
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent))
    return child === parent.expression
      ? 'callee/'
      : `a${[...(parent.arguments ?? [])].indexOf(child as ts.Expression)}/`;
  if (ts.isIfStatement(parent))
    return child === parent.thenStatement ? 'then/' : child === parent.elseStatement ? 'else/' : 'if/';
  if (ts.isTryStatement(parent))
    return child === parent.tryBlock ? 'try/' : child === parent.finallyBlock ? 'finally/' : 'catch/';
  if (ts.isIterationStatement(parent, false)) return child === parent.statement ? 'body/' : 'head/';
  if (ts.isCaseClause(child)) return `case:${child.expression.getText(file)}/`;
  if (ts.isDefaultClause(child)) return 'default/';
  const known = labels.get(parent.kind);
  if (known !== undefined) return known;
  return `k${parent.kind}/`;
}

function memberName(member: ts.ClassElement, file: ts.SourceFile): string {
  if (ts.isConstructorDeclaration(member)) return 'constructor';
  const accessor = ts.isGetAccessor(member) ? 'get ' : ts.isSetAccessor(member) ? 'set ' : '';
  const isStatic =
    ts.canHaveModifiers(member) && ts.getModifiers(member)?.some((m) => m.kind === ts.SyntaxKind.StaticKeyword);
  return `${isStatic ? 'static ' : ''}${accessor}${member.name?.getText(file) ?? ''}`;
}

function pathFrom(top: ts.Node, owner: ts.Node, file: ts.SourceFile): string {
  let path = '';
  for (let at = owner; at !== top; at = at.parent) path = role(at, at.parent, file) + path;
  return path;
}

/** Lists within a node that no other list of it contains, by their path of roles. */
function listsWithin(top: ts.Node, file: ts.SourceFile = top.getSourceFile()): Map<string, ListOwner> {
  const lists = new Map<string, ListOwner>();
  const visit = (node: ts.Node): void => {
    if (isListOwner(node)) {
      const path = pathFrom(top, node, file);
      if (!lists.has(path)) lists.set(path, node);
    } else ts.forEachChild(node, visit);
  };
  if (isListOwner(top)) lists.set('', top);
  else visit(top);
  return lists;
}
