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
  if (!source.startsWith('typescript-')) return renameDefinition(text, definition, to);
  if (source === 'typescript-functions') return 'a function whose name is the key: rename the function itself';
  const span = keySpan(text, keyRange, key);
  if (text.slice(span.start, span.end) !== key) return 'a definition whose key is put together';
  const newText = span.start > keyRange.start || isName(to) ? to : `'${to}'`;
  return [{ range: span, newText, kind: 'rename', reason: 'the definition' }];
}
