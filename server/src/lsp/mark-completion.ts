import { type CancellationToken, type CompletionItem, CompletionItemKind } from 'vscode-languageserver/node';
import type { TextRange } from '../core/text.ts';
import { ownerOf } from '../policy/matching.ts';
import { kindsFor, rulesFor, slotAt } from '../session/marks-at.ts';
import { toRange } from './convert.ts';
import { type FileAt, judged } from './file-at.ts';

const day = 86_400_000;

/** Kinds, fields and dates of a delivery tag, and rules of a suppression; null where none is typed. */
export async function markCompletion(
  file: FileAt,
  text: string,
  offset: number,
  token: CancellationToken,
): Promise<CompletionItem[] | null> {
  const { path } = file;
  const slot = await slotAt(path, text, offset);
  if (slot === undefined) return null;
  const { analysis } = await judged(file, token);
  const item = itemsAt(file, slot.range);
  if (slot.kind === 'kind')
    return kindsFor(analysis, path).map(({ kind, what, isGroup, wanted }, index) =>
      item(kind, {
        newText: slot.closes ? `${kind}): ` : kind,
        kind: isGroup ? CompletionItemKind.Module : CompletionItemKind.EnumMember,
        detail: isGroup ? `all of it: ${what}` : what,
        sortText: order(wanted, index),
      }),
    );
  if (slot.kind === 'rule')
    return rulesFor(analysis, path).map(({ id, title, why, wanted }, index) =>
      item(id, {
        kind: CompletionItemKind.EnumMember,
        detail: title,
        documentation: why,
        sortText: order(wanted, index),
      }),
    );
  const { today, policy } = analysis.snapshot;
  if (slot.kind === 'date')
    return [90, 30, 180].map((days, index) =>
      item(dayAfter(today, days), {
        kind: CompletionItemKind.Constant,
        detail: `${days} days from today`,
        sortText: order(false, index),
      }),
    );
  const values: Record<string, string> = { owner: ownerOf(path, policy) ?? '', until: dayAfter(today, 90) };
  return slot.fields.map((field, index) =>
    item(`${field}=`, {
      newText: `${field}=${values[field] ?? ''}`,
      kind: CompletionItemKind.Field,
      detail: meanings[field]!,
      sortText: order(false, index),
    }),
  );
}

const meanings: Readonly<Record<string, string>> = {
  owner: 'who answers for the risk',
  until: 'the last day on which the tag accounts for it, YYYY-MM-DD',
  ticket: 'where the work on it is tracked',
  reviewer: 'who agreed',
  link: 'where more is said',
};

type Rest = Pick<CompletionItem, 'kind' | 'detail' | 'documentation' | 'sortText'> & { readonly newText?: string };

function itemsAt(file: FileAt, range: TextRange) {
  const place = toRange(range, file.linesOf(file.path));
  return (label: string, { newText = label, ...rest }: Rest): CompletionItem => ({
    label,
    ...rest,
    filterText: label,
    textEdit: { range: place, newText },
  });
}

/** In the order given, those first that findings ask for. */
function order(wanted: boolean, index: number): string {
  return `${wanted ? 0 : 1}${String(index).padStart(3, '0')}`;
}

function dayAfter(today: string, days: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) + days * day).toISOString().slice(0, 10);
}
