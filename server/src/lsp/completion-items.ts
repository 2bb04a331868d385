import { type CompletionItem, CompletionItemKind, CompletionItemTag } from 'vscode-languageserver/node';
import type { TextRange } from '../core/text.ts';
import { spelled } from '../flags/camel-case.ts';
import type { KeySlot, VariationSlot } from '../flags/definitions/key-slot.ts';
import type { Flag } from '../flags/flag.ts';
import type { RecordSlot } from '../flags/record-slots.ts';
import { toRange } from './convert.ts';
import type { FileAt } from './file-at.ts';
import { healthLine, shownValue } from './flag-card.ts';
import type { MemberSlot } from './typed-slot.ts';

/** What an item carries until it is resolved: documentation is only made for the one that is looked at. */
export interface ItemData {
  readonly uri: string;
  readonly key: string;
}

/** Keys that are read and have no definition. */
export function orphanItems(file: FileAt, { range, bare }: KeySlot): CompletionItem[] {
  return keyItems(file, range, (flag) => flag.definitions.length === 0, bare);
}

/** Keys as texts. @param bare they bring their quotes along */
export function keyItems(
  file: FileAt,
  range: TextRange,
  wanted: (flag: Flag) => boolean,
  bare = false,
): CompletionItem[] {
  return flagsOf(file, wanted).map((flag) => {
    const newText = bare ? JSON.stringify(flag.key) : flag.key;
    return itemOf(file, flag, { label: flag.key, range, newText });
  });
}

/** Keys as members of a record, as it spells them; those that are no names in brackets, or with a name of their own. */
export function memberItems(
  file: FileAt,
  slot: MemberSlot,
  { spelling, takes }: Pick<RecordSlot, 'spelling' | 'takes'>,
  wanted: (flag: Flag) => boolean,
): CompletionItem[] {
  const text = file.places.text(file.path) ?? '';
  return flagsOf(file, (flag) => wanted(flag) && takes(flag.key)).map((flag) => {
    const label = spelled(flag.key, spelling);
    if (isName.test(label)) return itemOf(file, flag, { label, range: slot.range, newText: label });
    return itemOf(file, flag, { label, ...quotedMember(label, slot, text) });
  });
}

const isName = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** `['new-checkout']` in the place of `.new-checkout`, `'new-checkout': newCheckout` in a pattern. */
function quotedMember(key: string, { range, form }: MemberSlot, text: string): Replacement {
  const quoted = `'${key.replace(/[\\']/g, '\\$&')}'`;
  if (form === 'property') {
    const isOptional = text[range.start - 2] === '?';
    const start = isOptional ? range.start : range.start - 1;
    return { range: { start, end: range.end }, newText: `[${quoted}]`, filterText: isOptional ? key : `.${key}` };
  }
  const hasName = /^\s*:/.test(text.slice(range.end));
  const name = spelled(key, 'lodash-camelCase');
  return { range, newText: hasName || name === '' ? quoted : `${quoted}: ${name}`, filterText: key };
}

/** Values that a flag may yield. */
export function variationItems(file: FileAt, flag: Flag, range: TextRange): CompletionItem[] {
  const names = new Map<string, string>();
  for (const { name, value } of flag.definitions.flatMap((one) => one.variations ?? [])) {
    // What code compares with is the value; a variation without a text has its name to be told by.
    const text = typeof value === 'string' ? value : name;
    if (text !== undefined) names.set(text, name !== undefined && name !== text ? name : shownValue(value ?? text));
  }
  return [...names].map(([text, detail]) => ({
    label: text,
    kind: CompletionItemKind.EnumMember,
    detail: `variation of ${flag.key}${detail === JSON.stringify(text) ? '' : `: ${detail}`}`,
    filterText: text,
    textEdit: { range: toRange(range, file.linesOf(file.path)), newText: text },
  }));
}

/** Variations of a definition by name, where its file names one. */
export function variationNames(file: FileAt, { range, bare, definition }: VariationSlot): CompletionItem[] {
  return (definition.variations ?? []).flatMap(({ name, value }) => {
    if (name === undefined) return [];
    const newText = bare ? JSON.stringify(name) : name;
    return {
      label: name,
      kind: CompletionItemKind.EnumMember,
      detail: `variation of ${definition.key}${value === undefined ? '' : `: ${shownValue(value)}`}`,
      filterText: name,
      textEdit: { range: toRange(range, file.linesOf(file.path)), newText },
    };
  });
}

interface Replacement {
  readonly range: TextRange;
  readonly newText: string;
  /** What the editor compares with the text in the range; the new text where it is left out. */
  readonly filterText?: string;
}

function flagsOf(file: FileAt, wanted: (flag: Flag) => boolean): Flag[] {
  return [...file.survey.inventory.flags.values()].filter((flag) => flag.key !== '' && wanted(flag));
}

function itemOf(
  file: FileAt,
  flag: Flag,
  { label, range, newText, filterText = newText }: Replacement & { readonly label: string },
): CompletionItem {
  const data: ItemData = { uri: file.places.uri(file.path), key: flag.key };
  return {
    label,
    labelDetails: { description: label === flag.key ? healthLine(flag) : flag.key },
    kind: CompletionItemKind.Constant,
    detail: healthLine(flag),
    // Defined flags first.
    sortText: `${flag.definitions.length > 0 ? 0 : 1}${label}`,
    filterText,
    textEdit: { range: toRange(range, file.linesOf(file.path)), newText },
    ...(flag.staleness.length > 0 && { tags: [CompletionItemTag.Deprecated] }),
    data,
  };
}
