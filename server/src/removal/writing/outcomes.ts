import { ts } from 'ts-morph';
import { calledLater, effectsOfHead, jumpsOut } from '../sweeping/idle.ts';
import { effectOf } from '../values/fold.ts';
import type { Folding } from '../values/folded.ts';
import type { Seed } from '../values/known.ts';
import { isPure } from '../values/purity.ts';
import { stopsControl } from './control.ts';
import type { Why } from './cuts.ts';
import { type TakenCase, takenCase } from './switches.ts';
import { lostVars } from './var-names.ts';

/**
 * What becomes of a statement. `gone`: nothing but `effects`, to be evaluated in order. `instead`: the effects, then the
 * statement `taken`. `dropped` is what leaves and may declare a `var` that others use.
 */
export type Outcome =
  | { readonly kind: 'same' }
  | {
      readonly kind: 'gone';
      readonly effects: readonly ts.Expression[];
      readonly why: readonly Seed[] | Why;
      readonly vars: readonly string[];
    }
  | {
      /** Nothing but the statements of one case of a `switch`. */
      readonly kind: 'case';
      readonly effects: readonly ts.Expression[];
      readonly taken: TakenCase;
      readonly why: readonly Seed[];
      readonly vars: readonly string[];
    }
  | {
      readonly kind: 'instead';
      readonly effects: readonly ts.Expression[];
      readonly taken: ts.Statement;
      readonly why: readonly Seed[];
      readonly vars: readonly string[];
    };

export interface Outcomes {
  of(statement: ts.Statement): Outcome;
  /** True when nothing of the statement remains, no effect and no `var` either. */
  vanishes(statement: ts.Statement): boolean;
  /** Control never gets past the statement, once folded. */
  stops(statement: ts.Statement): boolean;
}

const same: Outcome = { kind: 'same' };

/** Tells what becomes of statements; declarations in `leaving` go as a whole. */
export function outcomesOf(folding: Folding, leaving: ReadonlyMap<ts.Node, Why>): Outcomes {
  const memo = new Map<ts.Statement, Outcome>();
  const of = (statement: ts.Statement): Outcome => {
    let outcome = memo.get(statement);
    if (!outcome) {
      outcome = decide(statement);
      memo.set(statement, outcome);
    }
    return outcome;
  };
  const vanishes = (statement: ts.Statement): boolean => {
    const outcome = of(statement);
    return outcome.kind === 'gone' && outcome.effects.length === 0 && outcome.vars.length === 0;
  };
  const decide = (statement: ts.Statement): Outcome => {
    const why = leaving.get(statement);
    if (why) return { kind: 'gone', effects: [], why, vars: [] };
    if (ts.isIfStatement(statement)) return decideIf(statement);
    if (ts.isExpressionStatement(statement)) return decideExpression(statement);
    if (ts.isVariableStatement(statement)) return decideVariables(statement);
    if (ts.isWhileStatement(statement)) return decideWhile(statement);
    if (ts.isForStatement(statement)) return decideFor(statement);
    if (ts.isDoStatement(statement)) return decideDo(statement);
    if (ts.isTryStatement(statement)) return decideTry(statement);
    if (ts.isLabeledStatement(statement)) return vanishes(statement.statement) ? of(statement.statement) : same;
    if (ts.isBlock(statement)) return decideBlock(statement);
    if (ts.isSwitchStatement(statement)) return decideSwitch(statement);
    return same;
  };
  const decideIf = (statement: ts.IfStatement): Outcome => {
    const test = folding.decide(statement.expression);
    if (!test) return decideEmptied(statement);
    const [taken, other] = test.value
      ? [statement.thenStatement, statement.elseStatement]
      : [statement.elseStatement, statement.thenStatement];
    const { seeds } = test;
    const vars = other ? lostVars(folding.source, [other]) : [];
    if (!taken || vanishes(taken) || isEmptyBlock(taken))
      return { kind: 'gone', effects: test.effects, why: seeds, vars };
    return { kind: 'instead', effects: test.effects, taken, why: seeds, vars };
  };
  /** An `if` whose branches are empty now, and whose condition does nothing. */
  const decideEmptied = (statement: ts.IfStatement): Outcome => {
    const { thenStatement, elseStatement, expression } = statement;
    if (!vanishes(thenStatement) || (elseStatement && !vanishes(elseStatement))) return same;
    const inner = of(thenStatement);
    const effect = effectOf(expression);
    if (inner.kind !== 'gone' || !(isPure(expression) || isCall(effect))) return same;
    return { ...inner, effects: isPure(expression) ? [] : [effect] };
  };
  const decideExpression = (statement: ts.ExpressionStatement): Outcome => {
    const folded = folding.fold(statement.expression);
    const later = calledLater(folding, statement.expression);
    const idle = later && idleBody(later);
    if (idle) return { kind: 'gone', effects: [], why: idle, vars: [] };
    if (!folded || (folded.node && folded.effects.length === 0)) return same;
    const effects = folded.node && !isPure(folded.node) ? [...folded.effects, folded.node] : folded.effects;
    return { kind: 'gone', effects, why: folded.seeds, vars: [] };
  };
  /** Why nothing is left to do in the body of a function; undefined where something is, or it was empty all along. */
  const idleBody = (body: ts.ConciseBody): readonly Seed[] | Why | undefined => {
    if (!ts.isBlock(body)) {
      const folded = folding.fold(body);
      return folded?.known && folded.effects.length === 0 ? folded.seeds : undefined;
    }
    const outcome = decideBlock(body);
    return outcome.kind === 'gone' ? outcome.why : undefined;
  };
  const decideVariables = (statement: ts.VariableStatement): Outcome => {
    const { declarations } = statement.declarationList;
    if (!declarations.every((declaration) => leaving.has(declaration))) return same;
    return { kind: 'gone', effects: [], why: leaving.get(declarations[0]!)!, vars: [] };
  };
  const decideWhile = (statement: ts.WhileStatement): Outcome => {
    const test = folding.decide(statement.expression);
    if (!test || test.value) return same;
    return {
      kind: 'gone',
      effects: test.effects,
      why: test.seeds,
      vars: lostVars(folding.source, [statement.statement]),
    };
  };
  const decideFor = (statement: ts.ForStatement): Outcome => {
    const test = statement.condition && folding.decide(statement.condition);
    const head = effectsOfHead(statement);
    if (!test || test.value || !head) return same;
    const vars = lostVars(folding.source, [statement]);
    return { kind: 'gone', effects: [...head, ...test.effects], why: test.seeds, vars };
  };
  /** `do { ... } while (false)` runs once. */
  const decideDo = (statement: ts.DoStatement): Outcome => {
    const test = folding.decide(statement.expression);
    if (!test || test.value || test.effects.length > 0) return same;
    if (ts.isLabeledStatement(statement.parent) || jumpsOut(statement.statement)) return same;
    return { kind: 'instead', effects: [], taken: statement.statement, why: test.seeds, vars: [] };
  };
  /** A `try` with nothing left to try, or nothing left to do at its end. */
  const decideTry = (statement: ts.TryStatement): Outcome => {
    const { tryBlock, catchClause, finallyBlock } = statement;
    const tried = decideBlock(tryBlock);
    const ended = finallyBlock ? decideBlock(finallyBlock) : same;
    const last = finallyBlock && ended.kind !== 'gone' ? finallyBlock : undefined;
    if (tried.kind === 'gone') {
      const vars = catchClause ? lostVars(folding.source, [catchClause]) : [];
      if (!last) return { ...tried, vars };
      return 'kind' in tried.why ? same : { kind: 'instead', effects: [], taken: last, why: tried.why, vars };
    }
    if (ended.kind !== 'gone' || catchClause || 'kind' in ended.why) return same;
    return { kind: 'instead', effects: [], taken: tryBlock, why: ended.why, vars: [] };
  };
  const decideSwitch = (statement: ts.SwitchStatement): Outcome => {
    const test = folding.decide(statement.expression);
    if (!test) return same;
    const taken = takenCase(folding.source, statement, test.value);
    if ('reason' in taken) return same;
    const vars = lostVars(folding.source, taken.dropped);
    const kind = taken.statements.every(vanishes) ? 'gone' : 'case';
    return { kind, effects: test.effects, taken, why: test.seeds, vars };
  };
  const decideBlock = (block: ts.Block): Outcome => {
    const [first] = block.statements;
    if (!first || !block.statements.every(vanishes)) return same;
    return of(first);
  };
  const stops = (statement: ts.Statement): boolean => {
    const outcome = of(statement);
    if (outcome.kind === 'gone') return false;
    if (outcome.kind === 'instead') return stops(outcome.taken);
    if (outcome.kind === 'case') return outcome.taken.statements.some(stops);
    return stopsControl(statement, stops);
  };
  return { of, vanishes, stops };
}

function isCall(node: ts.Expression): boolean {
  return ts.isCallExpression(node) || (ts.isAwaitExpression(node) && ts.isCallExpression(node.expression));
}

function isEmptyBlock(statement: ts.Statement): boolean {
  return (ts.isBlock(statement) && statement.statements.length === 0) || ts.isEmptyStatement(statement);
}
