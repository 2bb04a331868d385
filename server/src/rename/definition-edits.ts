import type { TextEdit } from '../core/source-change.ts';
import { renameDefinition } from '../flags/definitions/rename-definition.ts';
import type { FlagDefinition } from '../flags/flag.ts';
import { keySpan } from '../flags/symbols.ts';
import { isName } from './read-edit.ts';

/**
 * Edits that give a definition another key, or what its place is that cannot be changed.
 * @throws UserError when its file cannot hold the new key
 */
export function definitionEdits(definition: FlagDefinition, to: string, text: string): readonly TextEdit[] | string {
  const { key, keyRange, source } = definition;
  if (!source.startsWith('typescript-'))
    return renameDefinition(text, definition, to).map((edit) => withoutQuotes(edit, text));
  if (source === 'typescript-functions') return 'a function whose name is the key: rename the function itself';
  const span = keySpan(text, keyRange, key);
  if (text.slice(span.start, span.end) !== key) return 'a definition whose key is put together';
  const newText = span.start > keyRange.start || isName(to) ? to : `'${to}'`;
  return [{ range: span, newText, kind: 'rename', reason: 'the definition' }];
}

/** Quotes that stay are no part of an edit. */
function withoutQuotes(edit: TextEdit, text: string): TextEdit {
  const { start, end } = edit.range;
  const quote = text[start];
  const stays = (quote === '"' || quote === "'") && edit.newText[0] === quote && end - start > 1;
  return stays ? { ...edit, range: { start: start + 1, end: end - 1 }, newText: edit.newText.slice(1, -1) } : edit;
}
