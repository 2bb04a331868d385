import { ts } from 'ts-morph';
import { stopsControl } from './control.ts';
import type { Why } from './cuts.ts';
import { thenCallback } from './fold-promise.ts';
import type { Folding } from './folded.ts';
import type { Known, Seed } from './known.ts';
import { isPure } from './purity.ts';
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
    if (!vanishes(thenStatement) || (elseStatement && !vanishes(elseStatement)) || !isPure(expression)) return same;
    const inner = of(thenStatement);
    return inner.kind === 'gone' ? { ...inner } : same;
  };
  const decideExpression = (statement: ts.ExpressionStatement): Outcome => {
    const folded = folding.fold(statement.expression);
    const idle = idleCallback(statement.expression);
    if (idle) return { kind: 'gone', effects: [], why: idle, vars: [] };
    if (!folded || (folded.node && folded.effects.length === 0)) return same;
    const effects = folded.node && !isPure(folded.node) ? [...folded.effects, folded.node] : folded.effects;
    return { kind: 'gone', effects, why: folded.seeds, vars: [] };
  };
  /** `promise.then((on) => { ... })` of which nothing is left to do. */
  const idleCallback = (node: ts.Expression): Known['seeds'] | undefined => {
    const then = ts.isCallExpression(node) ? thenCallback(folding, node) : undefined;
    const body = then?.callback.body;
    if (!then || !body) return undefined;
    const folded = ts.isBlock(body) ? undefined : folding.fold(body);
    const isIdle = ts.isBlock(body) ? body.statements.every(vanishes) : folded?.known && folded.effects.length === 0;
    return isIdle ? then.known.seeds : undefined;
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

function isEmptyBlock(statement: ts.Statement): boolean {
  return (ts.isBlock(statement) && statement.statements.length === 0) || ts.isEmptyStatement(statement);
}
