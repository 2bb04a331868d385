import { changedText } from '../../server/src/core/source-change.ts';
import { readsOf, removeFrom } from '../unit/removal-reads.ts';
import type { Verdict } from './family.ts';
import type { Program } from './programs.ts';
import type { Behaviour, runProgram } from './run-program.ts';
import { parses } from './shrink.ts';

/** Removes the flags of a program and holds the laws against the result. */
export function judge(path: string, { text, flags, removed }: Program, behaviour: typeof runProgram): Verdict {
  const expected = behaviour(text, flags);
  // The compiler takes some parentheses after `?` for parameters; a file that it cannot read is refused as a whole.
  if (expected === undefined || !parses(path, text)) return { kind: 'void' };
  const diverged = (how: string, after: string): Verdict => ({ kind: 'diverged', how, after });
  let change: ReturnType<typeof removeFrom>;
  try {
    change = removeFrom(path, text, Object.fromEntries(removed.map((key) => [key, flags[key]!])));
  } catch (error) {
    return diverged(`the engine threw ${(error as Error).stack}`, text);
  }
  const [file] = change.files;
  const after = file ? changedText(file)! : text;
  const fault = differenceOf(expected, behaviour(after, flags)) ?? (file && lostByLayout(text, after));
  if (fault !== undefined) return diverged(fault, after);
  const left = readsOf(path, after).filter((read) => removed.includes(read.key)).length;
  if (left !== change.refused.length)
    return diverged(`law 3: ${left} reads are left, ${change.refused.length} are refused`, after);
  // Inside of an element that stays, others are folded.
  for (const { range } of change.refused)
    if (
      text[range.start] !== '<' &&
      file?.edits.some((edit) => edit.range.start < range.end && range.start < edit.range.end)
    )
      return diverged('law 3: a refused read was edited', after);
  return { kind: 'same', changed: file !== undefined, refused: change.refused.length };
}

/** Law 1: where two behaviours part. */
export function differenceOf(expected: readonly string[], actual: Behaviour): string | undefined {
  if (actual === undefined) return 'law 1: the result cannot be run';
  const at = expected.findIndex((line, i) => line !== actual[i]);
  if (at < 0 && actual.length === expected.length) return undefined;
  const i = at < 0 ? expected.length : at;
  return `law 1: line ${i + 1} of the log was \`${expected[i] ?? 'the end'}\` and is \`${actual[i] ?? 'the end'}\``;
}

/** Law 4: a comment about a statement stays with it; line breaks, the byte order mark and tabs are the file's own. */
function lostByLayout(before: string, after: string): string | undefined {
  for (const [, comment, number] of before.matchAll(/\/\/ ((?:about|after) (\d+))$/gm)) {
    const stands = new RegExp(`^[ \\t]*log\\(${number},`, 'm').test(after);
    if (stands && !after.includes(`// ${comment}`))
      return `law 4: the comment '${comment}' is lost, its statement is not`;
  }
  if (before.startsWith('\uFEFF') !== after.startsWith('\uFEFF')) return 'law 4: the byte order mark is lost';
  if (before.includes('\r\n') && /[^\r]\n/.test(after)) return 'law 4: a line break of another kind';
  if (/^\t/m.test(before) && !/^ +\S/m.test(before) && /^ {2,}\S/m.test(after))
    return 'law 4: a line is indented with spaces';
  return undefined;
}
