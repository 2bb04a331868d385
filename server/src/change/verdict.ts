import type { Verdict } from '../core/finding.ts';
import { contains, type TextRange } from '../core/text.ts';
import type { ChangeFacts, Declaration } from '../facts/change-facts.ts';
import type { TagFact } from '../facts/file-facts.ts';
import { commentStart, lineEnd, lineStart } from './comments.ts';
import type { FlagGuard } from './guards.ts';

/** A risk and all that may account for it, in the file as it is now. */
export interface Risk {
  /** Where it stands. */
  readonly place: TextRange;
  readonly declaration: Declaration;
  /** Kinds of a tag that account for it: the rule's name and the word of its group. */
  readonly kinds: readonly string[];
  readonly text: string;
  readonly facts: ChangeFacts;
  readonly tags: readonly TagFact[];
  readonly guards: readonly FlagGuard[];
  /** Tests that changed with the declaration and name it. */
  readonly tests: readonly string[];
}

/**
 * Whether a risk is under control: it stands behind a flag, a delivery tag with a reason accounts for it, or a test that
 * names its declaration changed with it. Dates of tags are not looked at.
 */
export function verdictOf(risk: Risk): Verdict {
  const guard = risk.guards.find((one) => contains(one.range, risk.place));
  if (guard) return { state: 'flagged', by: `behind flag '${guard.key}'` };
  const tag = risk.tags.find((one) => one.reason !== '' && risk.kinds.includes(one.kind) && covers(one, risk));
  if (tag) return { state: 'tagged', by: tag.reason };
  const [test] = risk.tests;
  return test === undefined ? { state: 'open' } : { state: 'tested', by: test };
}

/** A tag covers what it stands on the line of or directly above: the place, its statement, or a declaration around it. */
function covers(tag: TagFact, risk: Risk): boolean {
  const { text, place } = risk;
  const onLine = tag.range.start >= lineStart(text, place.start) && tag.range.start < lineEnd(text, place.start);
  if (onLine) return true;
  const statement = risk.declaration.statements.find((one) => contains(one.range, place));
  const around = enclosing(risk.declaration, risk.facts);
  return [place, ...(statement ? [statement.range] : []), ...around.map((one) => one.range)].some(
    ({ start }) =>
      (tag.range.start >= commentStart(text, firstOnLine(text, start)) && tag.range.start < start) ||
      (start !== place.start && tag.range.start >= start && tag.range.start < lineEnd(text, start)),
  );
}

function firstOnLine(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return start + (/^[ \t]*/.exec(text.slice(start, offset))?.[0].length ?? 0);
}

function enclosing(declaration: Declaration, facts: ChangeFacts): readonly Declaration[] {
  return facts.declarations.filter((one) => one.kind !== 'module' && contains(one.range, declaration.range));
}
