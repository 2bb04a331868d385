import { contains, type TextRange } from '../core/text.ts';
import type { ChangeFacts, ConditionFact, Operand } from '../facts/change-facts.ts';
import type { FlagRead } from '../flags/flag.ts';

/** Code that runs only when a flag is on (or has one certain variation), or only when it is off. */
export interface FlagGuard {
  readonly range: TextRange;
  readonly key: string;
  readonly side: 'on' | 'off';
}

/**
 * Which code of a file stands on a side of a flag: branches and what follows an early exit, conditions over names that hold
 * a read, and children of a component that reads a flag.
 * @param reads reads of the same file
 */
export function flagGuards(facts: ChangeFacts, reads: readonly FlagRead[]): FlagGuard[] {
  if (reads.length === 0) return [];
  const guards: FlagGuard[] = [];
  for (const condition of facts.declarations.flatMap((one) => one.conditions))
    for (const operand of condition.operands)
      for (const read of reads) if (isRead(operand, read)) guards.push(...guardsOf(condition, operand, read.key));
  for (const read of reads)
    if (read.result.kind === 'component') guards.push({ range: read.range, key: read.key, side: 'on' });
  return guards;
}

/** A read is an operand when it lies between the whole expression and what that takes its value from. */
function isRead(operand: Operand, read: FlagRead): boolean {
  return contains(operand.outer, read.range) && contains(read.range, operand.inner);
}

function guardsOf(condition: ConditionFact, operand: Operand, key: string): FlagGuard[] {
  const side = (value: boolean): 'on' | 'off' => (value ? 'on' : 'off');
  const { on, off } = operand;
  return [
    ...(on === undefined ? [] : condition.on.map((range) => ({ range, key, side: side(on) }))),
    ...(off === undefined ? [] : condition.off.map((range) => ({ range, key, side: side(off) }))),
  ];
}
