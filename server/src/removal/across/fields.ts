import { ts } from 'ts-morph';
import { because, type Known } from '../values/known.ts';
import { isPure, isWritten } from '../values/purity.ts';
import type { Why } from '../writing/cuts.ts';
import { isPrivate, memberMentions } from './functions.ts';
import type { Outcome, Place } from './place.ts';
import { type View, valueAt } from './view.ts';

/** Private fields of classes that are set once, to a value known by a flag. */
export function constantFields(view: View, path: string): Place[] {
  const source = view.source(path);
  if (!source || !view.folding(path)) return [];
  const places: Place[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyDeclaration(node) && isPlainField(node))
      places.push({ name: `${path}:${node.pos}:field`, outcome: (now) => fieldOutcome(now, path, node) });
    ts.forEachChild(node, visit);
  };
  visit(source.file);
  return places;
}

function isPlainField(node: ts.PropertyDeclaration): boolean {
  const isStatic = (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Static) !== 0;
  return isPrivate(node) && !isStatic && !ts.isComputedPropertyName(node.name) && !ts.getDecorators(node)?.length;
}

function fieldOutcome(view: View, path: string, field: ts.PropertyDeclaration): Outcome | undefined {
  const source = view.source(path)!;
  const owner = field.parent;
  const mentions = memberMentions(view, path, source, field.name.getText());
  if (!mentions) return undefined;
  const accesses = mentions.map(({ id }) => id.parent as ts.PropertyAccessExpression);
  // Another class of the file may have a member of that name: only `this.x` inside of this one is certain.
  if (!accesses.every((one) => one.expression.kind === ts.SyntaxKind.ThisKeyword && isInside(one, owner)))
    return undefined;
  const writes = accesses.filter(isWritten);
  const [write] = writes;
  const setting = write && settingOf(write, owner);
  if (writes.length > 1 || (write && (!setting || field.initializer))) return undefined;
  const value = setting ? (setting.expression as ts.BinaryExpression).right : field.initializer;
  const known: Known | undefined = value && valueAt(view, path, value);
  if (!known || known.seeds.length === 0) return undefined;
  const why: Why = { kind: 'cleanup', reason: `${because(known.seeds)}, so no field need hold it` };
  const reads = accesses.filter((one) => one !== write);
  return {
    known: reads.map((node) => ({ path, node, known })),
    looks: [],
    leaving: [field, ...(setting ? [setting] : [])].map((node) => ({ path, node, why })),
  };
}

function isInside(node: ts.Node, owner: ts.Node): boolean {
  return ts.findAncestor(node, ts.isClassLike) === owner;
}

/** `this.x = value;` in the constructor, before anything can have asked for it. */
function settingOf(
  write: ts.PropertyAccessExpression,
  owner: ts.ClassLikeDeclaration,
): ts.ExpressionStatement | undefined {
  const statement = write.parent.parent;
  const block = statement.parent;
  if (!ts.isExpressionStatement(statement) || !ts.isBlock(block) || !ts.isConstructorDeclaration(block.parent))
    return undefined;
  const before = block.statements.slice(0, block.statements.indexOf(statement));
  return block.parent.parent === owner && before.every(isSetting) ? statement : undefined;
}

function isSetting(statement: ts.Statement): boolean {
  if (!ts.isExpressionStatement(statement)) return false;
  const { expression } = statement;
  if (ts.isCallExpression(expression)) return expression.expression.kind === ts.SyntaxKind.SuperKeyword;
  return ts.isBinaryExpression(expression) && !mentionsMethods(expression.right);
}

function mentionsMethods(node: ts.Expression): boolean {
  return !isPure(node) && /\bthis\s*(?:\?\.|\.)\s*\w+\s*\(/.test(node.getText());
}
