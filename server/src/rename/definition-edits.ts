import type { TextEdit } from '../core/source-change.ts';
import type { FlagDefinition } from '../flags/flag.ts';
import { keySpan } from '../flags/symbols.ts';
import { isName } from './read-edit.ts';

/** Edits that give a definition another key, or what its place is that cannot be changed. */
export function definitionEdits(definition: FlagDefinition, to: string, text: string): readonly TextEdit[] | string {
  const { key, keyRange, source } = definition;
  const span = keySpan(text, keyRange, key);
  if (text.slice(span.start, span.end) !== key) return 'a definition whose key is put together';
  const edit = (newText: string): TextEdit[] => [{ range: span, newText, kind: 'rename', reason: 'the definition' }];
  if (span.start > keyRange.start) return edit(to);
  if (source === 'typescript-functions') return 'a function whose name is the key: rename the function itself';
  // Without quotes: the name of a property, or a plain scalar of YAML.
  const plain = source.startsWith('typescript-') ? isName(to) : /^[A-Za-z_][\w./-]*$/.test(to) && !yamlWords.test(to);
  return edit(plain ? to : `'${to}'`);
}

/** Plain scalars that are no text. */
const yamlWords = /^(?:true|false|yes|no|on|off|null|y|n)$/i;
