import type { CancellationToken, CompletionItem, CompletionParams } from 'vscode-languageserver/node';
import { isSourcePath } from '../core/snapshot.ts';
import { definitionSlot, propertySlot, variationSlot } from '../flags/definitions/key-slot.ts';
import type { Flag } from '../flags/flag.ts';
import { recordOf, recordSlot } from '../flags/record-slots.ts';
import { type Occurrence, occurrencesIn } from '../flags/symbols.ts';
import { policyPath } from '../policy/policy-file.ts';
import {
  type ItemData,
  keyItems,
  memberItems,
  orphanItems,
  variationItems,
  variationNames,
} from './completion-items.ts';
import { type FileAt, fileAt, offsetIn, viewOf } from './file-at.ts';
import { flagCard } from './flag-card.ts';
import { type Folder, locate } from './folder.ts';
import { markdown } from './hover.ts';
import { markCompletion } from './mark-completion.ts';
import { isNear, literalSlot, memberSlot } from './typed-slot.ts';

/** What a tag or a suppression may say; keys where a key is read, defined or described by the policy, and variations where a flag is compared with one. */
export async function completion(
  folders: Iterable<Folder>,
  { textDocument, position, context }: CompletionParams,
  token: CancellationToken,
): Promise<CompletionItem[] | null> {
  const file = await fileAt(folders, textDocument.uri, token);
  const text = file?.places.text(file.path);
  if (!file || text === undefined) return null;
  const offset = offsetIn(file, position);
  const marks = await markCompletion(file, text, offset, token);
  if (marks || /[(;]/.test(context?.triggerCharacter ?? '')) return marks;
  if (isSourcePath(file.path) || file.survey.world.facts(file.path)) return inCode(file, text, offset);
  if (file.path === policyPath) return inPolicy(file, text, offset);
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
  const survey = await found.folder.session.survey(token);
  const flag = survey.inventory.flags.get(key);
  if (!flag) return item;
  const card = flagCard(flag, { survey, ...viewOf(found.folder, survey) });
  return { ...item, documentation: markdown(card) };
}

function inCode(file: FileAt, text: string, offset: number): CompletionItem[] | null {
  const { world, inventory } = file.survey;
  const here = occurrencesIn(world, file.path);
  for (const one of here) {
    const slot = literalSlot(text, one.range, offset);
    if (slot === undefined) continue;
    if (one.role === 'definition') return orphanItems(file, { range: slot, bare: false });
    const takes = one.role === 'read' ? recordOf(one.range, file.path, world)?.takes : undefined;
    return keyItems(file, slot, (flag) => !isOnly(flag, one) && takes?.(flag.key) !== false);
  }
  for (const one of here) {
    if (one.role !== 'read') continue;
    for (const value of [one.read.default, ...(one.read.use?.compared ?? [])]) {
      const slot = value && literalSlot(text, value.range, offset);
      if (slot) return variationItems(file, inventory.flags.get(one.key)!, slot);
    }
  }
  const member = here.find(
    (one) => one.role === 'read' && !one.named && one.range.start <= offset && offset <= one.range.end,
  );
  if (member?.role === 'read') {
    const { read, range } = member;
    const form = read.result.kind === 'binding' ? 'binding' : 'property';
    if (form === 'property' && text[range.start - 1] !== '.') return null;
    const record = recordOf(range, file.path, world) ?? { spelling: read.spelling ?? 'as-is', takes: () => true };
    return memberItems(file, { range, form }, record, (flag) => !isOnly(flag, member));
  }
  return openMember(file, text, offset);
}

/**
 * Members of a record that are no reads yet: none is typed (`useFlags().`, `const { | } = useFlags()`), or one by another name than
 * the policy gives (`process.env.F`).
 */
function openMember(file: FileAt, text: string, offset: number): CompletionItem[] | null {
  const { world } = file.survey;
  for (const site of world.facts(file.path)?.reads ?? []) {
    const touched = site.members.filter(({ nameRange: { start, end } }) => start <= offset && offset <= end);
    // What a site is takes a while to tell, and a long file has thousands.
    if (touched.length === 0 && !isNear(site, offset)) continue;
    const record = recordSlot(site, file.path, world);
    if (record === undefined) continue;
    for (const { nameRange, form } of record.below === '' ? touched : []) {
      const literal = literalSlot(text, nameRange, offset);
      if (literal) return keyItems(file, literal, (flag) => record.takes(flag.key));
      const isName = form === 'binding' || text[nameRange.start - 1] === '.';
      if (isName) return memberItems(file, { range: nameRange, form }, record, () => true);
    }
    const slot = memberSlot(text, site, record.below, offset);
    if (slot) return memberItems(file, slot, record, () => true);
  }
  return null;
}

/** The text that is being typed is a flag already, though nobody means it yet. */
function isOnly(flag: Flag, typed: Occurrence): boolean {
  if (flag.key !== typed.key || flag.definitions.length > 0) return false;
  return typed.role === 'constant' || flag.reads.length === 1;
}

function inPolicy(file: FileAt, text: string, offset: number): CompletionItem[] | null {
  const slot = propertySlot(text, offset, ['flags', 'lifecycle']);
  const { lifecycle } = file.survey.snapshot.policy.flags;
  return slot ? keyItems(file, slot.range, (flag) => !Object.hasOwn(lifecycle, flag.key), slot.bare) : null;
}

function inDefinitions(file: FileAt, text: string, offset: number): CompletionItem[] | null {
  const own = occurrencesIn(file.survey.world, file.path).flatMap((one) =>
    one.role === 'definition' ? [one.definition] : [],
  );
  if (own.length === 0) return null;
  const key = definitionSlot(file.path, text, offset, own);
  if (key) return orphanItems(file, key);
  const variation = variationSlot(file.path, text, offset, own);
  return variation ? variationNames(file, variation) : null;
}
