import type { TextRange } from '../core/text.ts';
import { isSpokenOf, tagFields } from './tags.ts';

/** What somebody types in a tag or a suppression. */
export type MarkSlot =
  /** `@risk(ti|`. The range takes in what closes it, where nothing else follows. */
  | { readonly kind: 'kind'; readonly range: TextRange; readonly closes: boolean }
  /** A field that the tag does not have yet. */
  | { readonly kind: 'field'; readonly range: TextRange; readonly fields: readonly string[] }
  /** The value of `until`. */
  | { readonly kind: 'date'; readonly range: TextRange }
  /** `switchyard-ignore risk/ti|` */
  | { readonly kind: 'rule'; readonly range: TextRange };

/** A search in the line alone: whether it stands in a comment is for who asks. */
export function markSlot(text: string, offset: number): MarkSlot | undefined {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const before = text.slice(start, offset);
  const after = /^[^\r\n]*/.exec(text.slice(offset))![0];
  const from = (typed: string) => offset - typed.length;
  const word = (typed: string, rest: RegExp) => ({ start: from(typed), end: offset + rest.exec(after)![0].length });

  const kind = /@risk\(\s*([\w./-]*)$/.exec(before);
  if (kind) {
    if (isSpokenOf(before.slice(0, kind.index))) return undefined;
    const { 0: rest } = /^[\w./-]*/.exec(after)!;
    const close = /^\s*\)?\s*(?=$|\*\/|-->)/.exec(after.slice(rest.length));
    const end = offset + rest.length + (close?.[0].trimEnd().length ?? 0);
    return { kind: 'kind', range: { start: from(kind[1]!), end }, closes: close !== null };
  }
  const rule = /switchyard-ignore(?:-next-line|-file)?[ \t]+(?:[\w/-]+\s*,\s*)*([\w/-]*)$/.exec(before);
  if (rule) return { kind: 'rule', range: word(rule[1]!, /^[\w/-]*/) };
  const opened = before.lastIndexOf('@risk(');
  const tag = before.slice(opened);
  if (isSpokenOf(before.slice(0, opened)) || !/^@risk\(\s*[\w./-]+\s*\)/.test(tag)) return undefined;
  const date = /[\s;,:]until\s*=\s*([\d-]*)$/.exec(tag);
  if (date) return { kind: 'date', range: word(date[1]!, /^[\d-]*/) };
  const field = /[\s;,:]([a-z]*)$/.exec(tag);
  if (!field) return undefined;
  const whole = tag + after;
  const fields = tagFields.filter((one) => !new RegExp(`[\\s;,:]${one}\\s*=`).test(whole));
  return { kind: 'field', range: word(field[1]!, /^[a-z]*/), fields };
}
