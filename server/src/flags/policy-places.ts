import { parseTree } from 'jsonc-parser';
import type { TextEdit } from '../core/source-change.ts';
import type { TextRange } from '../core/text.ts';
import { policyPath } from '../policy/policy-file.ts';
import { listAround, tokensOf } from './definitions/entry-list.ts';
import { removeEntries } from './definitions/remove-entries.ts';

/** A flag of which the policy says more: the name of its entry in `flags.lifecycle`, quotes included, and the whole entry. */
export interface PolicyPlace {
  readonly key: string;
  readonly keyRange: TextRange;
  readonly range: TextRange;
}

/** The entries of `flags.lifecycle` in the text of a policy, those that are globs as well. */
export function policyPlaces(text: string): PolicyPlace[] {
  if (!text.includes('"lifecycle"')) return [];
  // A mark at the beginning would be an error of its own.
  let node = parseTree(text.replace(/^\uFEFF/, ' '), [], { allowTrailingComma: true });
  for (const name of ['flags', 'lifecycle'])
    node = node?.children?.find(({ children }) => children?.[0]?.value === name)?.children?.[1];
  return (node?.type === 'object' ? (node.children ?? []) : []).flatMap(({ offset, length, children }) => {
    const name = children?.[0];
    if (name === undefined) return [];
    const keyRange = { start: name.offset, end: name.offset + name.length };
    return [{ key: String(name.value), keyRange, range: { start: offset, end: offset + length } }];
  });
}

/** Edits that take what the policy says of flags out of its text. */
export function removePolicyEntries(keys: ReadonlySet<string>, text: string): TextEdit[] {
  const places = policyPlaces(text).filter(({ key }) => keys.has(key));
  const [first] = places;
  const tokens = first ? tokensOf(text) : [];
  const list = first && listAround(text, tokens, first.keyRange.start);
  if (list === undefined) return [];
  const starts = new Set(places.map(({ range }) => range.start));
  const going = new Set(list.entries.filter(({ start }) => starts.has(start)));
  return removeEntries(text, tokens, list, going).map(({ start, end, newText = '' }) => ({
    range: { start, end },
    newText,
    kind: 'policy',
    reason: `what ${policyPath} says of the flag goes`,
  }));
}
