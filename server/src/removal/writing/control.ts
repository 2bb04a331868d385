import { ts } from 'ts-morph';

/** True when control never gets past the statement as it is written. */
export function stopsAsWritten(statement: ts.Statement): boolean {
  return stopsControl(statement, stopsAsWritten);
}

/** The same, where `stops` tells it of the statements inside. */
export function stopsControl(statement: ts.Statement, stops: (inner: ts.Statement) => boolean): boolean {
  if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement) || ts.isBreakOrContinueStatement(statement))
    return true;
  if (ts.isBlock(statement)) return statement.statements.some(stops);
  if (ts.isIfStatement(statement))
    return statement.elseStatement !== undefined && stops(statement.thenStatement) && stops(statement.elseStatement);
  if (!ts.isTryStatement(statement)) return false;
  if (statement.finallyBlock && stops(statement.finallyBlock)) return true;
  return stops(statement.tryBlock) && (!statement.catchClause || stops(statement.catchClause.block));
}
