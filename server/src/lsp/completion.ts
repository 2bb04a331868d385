import {
  type CancellationToken,
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionParams,
} from 'vscode-languageserver/node';
import { isSourcePath } from '../core/snapshot.ts';
import type { TextRange } from '../core/text.ts';
import { spelled } from '../flags/camel-case.ts';
import { definitionSlot, type KeySlot, propertySlot } from '../flags/definitions/key-slot.ts';
import type { Flag, FlagRead } from '../flags/flag.ts';
import { recordSpelling } from '../flags/record-spelling.ts';
import type { Spelling } from '../flags/sdks/sdk.ts';
import { occurrencesIn } from '../flags/symbols.ts';
import { toRange } from './convert.ts';
import { type FileAt, fileAt, offsetIn, viewOf } from './file-at.ts';
import { flagCard, healthLine, shownValue } from './flag-card.ts';
import { type Folder, locate } from './folder.ts';
import { markdown } from './hover.ts';
import { literalSlot, type MemberSlot, memberSlot } from './typed-slot.ts';

/** What an item carries until it is resolved: documentation is only made for the one that is looked at. */
interface ItemData {
  readonly uri: string;
  readonly key: string;
}

/** Keys where a key is read, defined or described by the policy, and variations where a flag is compared with one. */
export async function completion(
  folders: Iterable<Folder>,
  { textDocument, position }: CompletionParams,
  token: CancellationToken,
): Promise<CompletionItem[] | null> {
  const file = await fileAt(folders, textDocument.uri, token);
  const text = file?.places.text(file.path);
  if (!file || text === undefined) return null;
  const offset = offsetIn(file, position);
  if (isSourcePath(file.path) || file.analysis.world.facts(file.path)) return inCode(file, text, offset);
  if (file.path === 'switchyard.jsonc') return inPolicy(file, text, offset);
  return inDefinitions(file, text, offset);
}

/** The documentation of one item: what a hover says. */
export async function resolveCompletion(
  folders: Iterable<Folder>,
  item: CompletionItem,
  token: CancellationToken,
): Promise<CompletionItem> {
  const { uri, key } = (item.data ?? {}) as Partial<ItemData>;
  const found = uri === undefined ? undefined : locate(folders, uri);
  if (!found || key === undefined) return item;
  const analysis = await found.folder.session.analyse(token);
  const flag = analysis.inventory.flags.get(key);
  if (!flag) return item;
  const card = flagCard(flag, { analysis, ...viewOf(found.folder, analysis) });
  return { ...item, documentation: markdown(card) };
}

function inCode(file: FileAt, text: string, offset: number): CompletionItem[] | null {
  const { world, inventory } = file.analysis;
  const here = occurrencesIn(world, file.path);
  for (const one of here) {
    const slot = literalSlot(text, one.range, offset);
    if (slot === undefined) continue;
    if (one.role === 'read') return keyItems(file, { range: slot, bare: false }, (flag) => !isOnly(flag, one.read));
    if (one.role === 'definition') return orphanItems(file, { range: slot, bare: false });
  }
  for (const one of here)
    for (const arg of (one.role === 'read' && one.read.use?.compared) || []) {
      const slot = literalSlot(text, arg.range, offset);
      if (slot) return variationItems(file, inventory.flags.get(one.key)!, slot);
    }
  const member = here.find(
    (one) => one.role === 'read' && !one.named && one.range.start <= offset && offset <= one.range.end,
  );
  if (member?.role === 'read') {
    const { read, range } = member;
    if (read.result.kind !== 'binding' && text[range.start - 1] !== '.') return null;
    return keyItems(file, { range, bare: false }, (flag) => !isOnly(flag, read), read.spelling);
  }
  const slot = openMember(file, text, offset);
  return slot ? keyItems(file, { range: slot.range, bare: false }, () => true, slot.spelling) : null;
}

/** A member of a record that is not typed yet: `useFlags().`, `const { | } = useFlags()`. */
function openMember(file: FileAt, text: string, offset: number): (MemberSlot & { spelling: Spelling }) | undefined {
  const { world } = file.analysis;
  for (const site of world.facts(file.path)?.reads ?? []) {
    const slot = memberSlot(text, site, offset);
    const spelling = slot && recordSpelling(site, file.path, world);
    if (slot && spelling) return { ...slot, spelling };
  }
  return undefined;
}

/** The text that is being typed is a flag already, though nobody means it yet. */
function isOnly(flag: Flag, read: FlagRead): boolean {
  return flag.definitions.length === 0 && flag.reads.length === 1 && flag.reads[0] === read;
}

function inPolicy(file: FileAt, text: string, offset: number): CompletionItem[] | null {
  const slot = propertySlot(text, offset, ['flags', 'lifecycle']);
  const { lifecycle } = file.analysis.snapshot.policy.flags;
  return slot ? keyItems(file, slot, (flag) => !Object.hasOwn(lifecycle, flag.key)) : null;
}

function inDefinitions(file: FileAt, text: string, offset: number): CompletionItem[] | null {
  const own = occurrencesIn(file.analysis.world, file.path).flatMap((one) =>
    one.role === 'definition' ? [one.definition] : [],
  );
  if (own.length === 0) return null;
  const slot = definitionSlot(file.path, text, offset, own);
  return slot ? orphanItems(file, slot) : null;
}

/** Keys that are read and have no definition. */
function orphanItems(file: FileAt, slot: KeySlot): CompletionItem[] {
  return keyItems(file, slot, (flag) => flag.definitions.length === 0);
}

function keyItems(
  file: FileAt,
  slot: KeySlot,
  wanted: (flag: Flag) => boolean,
  spelling: Spelling = 'as-is',
): CompletionItem[] {
  const range = toRange(slot.range, file.linesOf(file.path));
  const uri = file.places.uri(file.path);
  return [...file.analysis.inventory.flags.values()]
    .filter((flag) => flag.key !== '' && wanted(flag))
    .map((flag) => {
      const label = spelled(flag.key, spelling);
      const newText = slot.bare ? JSON.stringify(label) : label;
      const data: ItemData = { uri, key: flag.key };
      return {
        label,
        labelDetails: { description: label === flag.key ? healthLine(flag) : flag.key },
        kind: CompletionItemKind.Constant,
        detail: healthLine(flag),
        // Defined flags first.
        sortText: `${flag.definitions.length > 0 ? 0 : 1}${label}`,
        filterText: newText,
        textEdit: { range, newText },
        ...(flag.staleness.length > 0 && { tags: [CompletionItemTag.Deprecated] }),
        data,
      };
    });
}

function variationItems(file: FileAt, flag: Flag, range: TextRange): CompletionItem[] {
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
