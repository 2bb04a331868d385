import { ts } from 'ts-morph';
import type { TextRange } from '../core/text.ts';
import type { ChangeFacts, ConditionFact, Declaration } from './change-facts.ts';
import type { Listed } from './outline.ts';
import { perStatement } from './per-statement.ts';

/** What was told of one declaration, with the text that it was told from. */
interface Told {
  /** The text of the function, member or statement around the declaration, and where it started. */
  readonly text: string;
  readonly start: number;
  readonly exported: boolean;
  readonly declaration: Declaration;
  readonly conditions: readonly ConditionFact[];
}

interface Kept {
  readonly context: string;
  readonly told: ReadonlyMap<string, Told>;
}

const keptBy = new WeakMap<ChangeFacts, Kept>();

/** Declarations of an earlier text of the same file, for those whose text, and all that it may refer to, is the same now. */
export interface Reuse {
  /** The declaration as `tell` tells it, or as it was told before, moved to where it stands now. */
  declaration(listed: Listed, conditions: ConditionFact[], tell: () => Declaration): Declaration;
  /** Keeps what was told for the next text. */
  keepWith(facts: ChangeFacts): ChangeFacts;
}

/**
 * While somebody types in one function, the others need not be compared anew: a declaration depends on its own text and on what
 * the file says outside of bodies (`contextOf`).
 * @param more what else of the file its declarations depend on
 */
export function reuseOf(file: ts.SourceFile, before: ChangeFacts | undefined, more: string): Reuse {
  const context = `${more}\n${contextOf(file)}`;
  const kept = before && keptBy.get(before);
  const old = kept?.context === context ? kept.told : undefined;
  const told = new Map<string, Told>();
  return {
    declaration(listed, conditions, tell) {
      const unit = unitOf(listed);
      if (!unit) return tell();
      const text = file.text.slice(unit.pos, unit.end);
      const known = old?.get(listed.id);
      if (known && known.text === text && known.exported === listed.exported) {
        const by = unit.pos - known.start;
        const moved = by === 0 ? known : movedBy(known, by);
        told.set(listed.id, moved);
        conditions.push(...moved.conditions);
        return moved.declaration;
      }
      const from = conditions.length;
      const declaration = tell();
      const { exported } = listed;
      told.set(listed.id, { text, start: unit.pos, exported, declaration, conditions: conditions.slice(from) });
      return declaration;
    },
    keepWith(facts) {
      keptBy.set(facts, { context, told });
      return facts;
    },
  };
}

/** The smallest part of the file that holds the declaration and no other part's context: a class member, or a top statement. */
function unitOf({ holder, kind }: Listed): ts.Node | undefined {
  if (kind === 'module') return undefined;
  let at = holder;
  while (!ts.isSourceFile(at.parent)) {
    if (ts.isClassDeclaration(at.parent) && ts.isSourceFile(at.parent.parent)) return at;
    at = at.parent;
  }
  return ts.isClassDeclaration(at) ? undefined : at;
}

const contexts = perStatement<string>();

/** The file without the bodies of its functions. */
function contextOf(file: ts.SourceFile): string {
  let end = 0;
  const parts = file.statements.map((statement) => {
    // What the parser skipped stands between statements: `c}onst A = 4` is another text than `const A = 4`.
    const skipped = file.text.slice(end, statement.pos);
    end = statement.end;
    return skipped + contexts(statement, [], () => withoutBodies(statement, file.text));
  });
  return parts.join('\0') + file.text.slice(end);
}

function withoutBodies(statement: ts.Statement, text: string): string {
  let context = '';
  let from = statement.pos;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const body = node.body as ts.Node;
      for (const part of node.parameters) visit(part);
      context += `${text.slice(from, body.pos)}{}`;
      from = body.end;
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return context + text.slice(from, statement.end);
}

function movedBy(told: Told, by: number): Told {
  const { declaration, conditions } = told;
  const move = ({ start, end }: TextRange): TextRange => ({ start: start + by, end: end + by });
  const placed = <T extends { readonly range: TextRange }>(one: T): T => ({ ...one, range: move(one.range) });
  return {
    ...told,
    start: told.start + by,
    declaration: {
      ...placed(declaration),
      nameRange: move(declaration.nameRange),
      features: declaration.features.map(placed),
      calls: declaration.calls.map(placed),
      statements: declaration.statements.map(placed),
    },
    conditions: conditions.map((one) => ({
      condition: move(one.condition),
      holders: one.holders.map(({ name, initializer }) => ({ name, initializer: move(initializer) })),
      operands: one.operands.map((operand) => ({
        ...operand,
        outer: move(operand.outer),
        inner: move(operand.inner),
      })),
      on: one.on.map(move),
      off: one.off.map(move),
    })),
  };
}
