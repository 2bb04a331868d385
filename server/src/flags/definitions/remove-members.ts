import type { TextRange } from '../../core/text.ts';
import type { Token } from './entry-list.ts';
import { type Cut, ownLines } from './remove-entries.ts';
import { lineEndOf } from './text-lines.ts';

/** An operand of a union, with the bars around it; `;` of the declaration where it follows the last one. */
export interface UnionMember extends TextRange {
  readonly barBefore: Token | undefined;
  readonly barAfter: Token | undefined;
  readonly semicolon: Token | undefined;
}

/** The operands of `type Name = 'a' | 'b';`, whose declaration has the range `union`. */
export function unionMembersOf(text: string, tokens: readonly Token[], union: TextRange): UnionMember[] {
  const code = tokens.filter((one) => one.kind !== 'comment' && one.start >= union.start && one.end <= union.end);
  const is = (token: Token | undefined, char: string) => token?.kind === 'punctuation' && text[token.start] === char;
  const members: UnionMember[] = [];
  let barBefore: Token | undefined;
  let operand: Token[] = [];
  const end = code.length;
  for (let i = code.findIndex((token) => is(token, '=')) + 1; i <= end; i++) {
    const token = code[i];
    const stop = token === undefined || is(token, ';');
    if (!stop && !is(token, '|')) {
      operand.push(token);
      continue;
    }
    if (operand.length > 0) {
      members.push({
        start: operand[0]!.start,
        end: operand.at(-1)!.end,
        barBefore,
        barAfter: stop ? undefined : token,
        semicolon: stop ? token : undefined,
      });
    }
    if (stop) break;
    barBefore = token;
    operand = [];
  }
  return members;
}

/** Takes members out of a union of literals, with one bar each. A union that loses all of them becomes `never`. */
export function removeUnionMembers(
  text: string,
  tokens: readonly Token[],
  union: TextRange,
  removed: ReadonlySet<number>,
): Cut[] {
  const members = unionMembersOf(text, tokens, union);
  const gone = members.map((member) => removed.has(member.start));
  if (!gone.includes(false)) {
    const first = members[0]!;
    return [{ start: (first.barBefore ?? first).start, end: members.at(-1)!.end, newText: 'never' }];
  }
  const cuts: Cut[] = [];
  for (let from = 0; from < members.length; from++) {
    if (!gone[from]) continue;
    let to = from;
    while (gone[to + 1]) to++;
    cuts.push(...cutRun(text, tokens, union, members, from, to));
    from = to;
  }
  return cuts;
}

/** Cuts neighbours that go together. */
function cutRun(
  text: string,
  tokens: readonly Token[],
  union: TextRange,
  members: readonly UnionMember[],
  from: number,
  to: number,
): Cut[] {
  const bounds = { open: union.start, close: union.end };
  const run = members.slice(from, to + 1);
  const previous = members[from - 1];
  const semicolon = run.at(-1)!.semicolon;
  const moved = semicolon && previous ? [{ start: previous.end, end: previous.end, newText: ';' }] : [];
  const leading = run.map((one) => {
    const end = one.semicolon && onLine(text, one, one.semicolon) ? one.semicolon.end : one.end;
    return one.barBefore && ownLines(text, tokens, { start: one.barBefore.start, end }, bounds);
  });
  if (leading.every((one) => one !== undefined)) {
    return semicolon && !onLine(text, run.at(-1)!, semicolon) ? leading : [...moved, ...leading];
  }
  const trailing = run.map((one) => {
    const after = one.barAfter ?? one.semicolon;
    return ownLines(
      text,
      tokens,
      { start: one.start, end: after && onLine(text, one, after) ? after.end : one.end },
      bounds,
    );
  });
  if (trailing.every((one) => one !== undefined) && (!previous || !semicolon || onLine(text, run.at(-1)!, semicolon))) {
    if (run.at(-1)!.barAfter) return trailing;
    const bar = previous?.barAfter;
    return [...(bar ? [{ start: previous.end, end: bar.end, newText: semicolon ? ';' : '' }] : []), ...trailing];
  }
  return previous
    ? [{ start: previous.end, end: run.at(-1)!.end }]
    : [{ start: run[0]!.start, end: members[to + 1]!.start }];
}

function onLine(text: string, a: TextRange, b: TextRange): boolean {
  return b.start <= lineEndOf(text, a.end);
}
