import type { EditKind } from '../../core/source-change.ts';
import type { TextRange } from '../../core/text.ts';

/** A span of the original text that is replaced. A cut inside another one is void. */
export interface Cut extends TextRange {
  readonly text: string;
  readonly kind: EditKind;
  readonly reason: string;
  /** The span is one or more whole statements or list lines: the line goes with it where nothing else stands on it. */
  readonly wholeLines?: boolean;
}

/** Lines that start inside the span move from one indentation to another. */
export interface Shift extends TextRange {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

export interface Cuts {
  readonly cuts: Cut[];
  readonly shifts: Shift[];
}

export type Why = Pick<Cut, 'kind' | 'reason'>;

/** Keeps `inner` of `outer`: what stands around it is cut, and its further lines move to where `outer` stands. */
export function keepOnly(out: Cuts, text: string, outer: TextRange, inner: TextRange, why: Why): void {
  if (outer.start < inner.start) out.cuts.push({ start: outer.start, end: inner.start, text: '', ...why });
  if (inner.end < outer.end) out.cuts.push({ start: inner.end, end: outer.end, text: '', ...why });
  shiftLines(out, text, inner, indentFrom(text, inner), indentAt(text, outer.start), why.reason);
}

function shiftLines(out: Cuts, text: string, span: TextRange, from: string, to: string, reason: string): void {
  if (from !== to && text.slice(span.start, span.end).includes('\n'))
    out.shifts.push({ start: span.start, end: span.end, from, to, reason });
}

/** The white space with which the line of an offset starts. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset)))![0];
}

export function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\r') at--;
  return at === 0 && text.charCodeAt(0) === 0xfeff ? Math.min(1, offset) : at;
}

/** The offset of the line break that ends the line of an offset, or the end of the text. */
export function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}

/** The offset after the line break at an offset (`\r\n` counts as one). */
export function afterBreak(text: string, offset: number): number {
  if (text[offset] === '\r' && text[offset + 1] === '\n') return offset + 2;
  return offset < text.length ? offset + 1 : offset;
}

export function isBlank(text: string): boolean {
  return /^[ \t]*$/.test(text);
}

/** The indentation by which a kept part is measured: of its own line, or of its closing line where it starts mid-line. */
function indentFrom(text: string, inner: TextRange): string {
  if (isBlank(text.slice(lineStart(text, inner.start), inner.start))) return indentAt(text, inner.start);
  const last = lineStart(text, inner.end);
  const closing = /^[ \t]*(?=[)\]}]|<\/|\/>)/.exec(text.slice(last, inner.end));
  return last > inner.start && closing ? closing[0] : indentAt(text, inner.start);
}
