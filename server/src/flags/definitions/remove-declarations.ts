import type { TextRange } from '../../core/text.ts';
import { type Token, tokensOf } from './entry-list.ts';
import { type Cut, ownLines } from './remove-entries.ts';
import { lineEndOf } from './text-lines.ts';

/** Registries whose entries stand by themselves: members of a type, and statements that declare a flag. */
export function isDeclaration(source: string): boolean {
  return source === 'typescript-members' || source === 'typescript-flag' || source === 'typescript-functions';
}

/** Takes declarations out: their lines and the comment above, or what they take of a line. */
export function removeDeclarations(
  text: string,
  declarations: readonly { readonly range: TextRange; readonly bounds: TextRange }[],
): Cut[] {
  const tokens = tokensOf(text);
  return declarations.map(({ range, bounds }) => {
    const after = tokens.find((token) => token.start >= range.end && token.kind !== 'comment');
    const before = tokens.findLast((token) => token.end <= range.start && token.kind !== 'comment');
    // One of several that share a `const`.
    if (is(text, after, ',')) return { start: range.start, end: next(tokens, after!)?.start ?? after!.end };
    if (is(text, before, ',')) return { start: before!.start, end: range.end };
    const lines = ownLines(text, tokens, range, { open: bounds.start, close: bounds.end });
    if (lines) return lines;
    const following = tokens.find((token) => token.start >= range.end);
    const onLine = following && following.start < lineEndOf(text, range.end);
    return { start: range.start, end: onLine ? following.start : range.end };
  });
}

function is(text: string, token: Token | undefined, char: string): boolean {
  return token?.kind === 'punctuation' && text[token.start] === char;
}

function next(tokens: readonly Token[], token: Token): Token | undefined {
  return tokens.find((one) => one.start >= token.end);
}
