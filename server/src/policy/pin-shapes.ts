import { applyEdits, type Edit, type JSONPath, modify, type ParseError, parse, parseTree } from 'jsonc-parser';
import { UserError } from '../core/user-error.ts';

/** Entries to add to a policy. */
export interface PinnedShapes {
  readonly reads: readonly Readonly<Record<string, unknown>>[];
  readonly definitions: readonly Readonly<Record<string, unknown>>[];
}

/**
 * The text of a policy with entries added to `flags.reads` and `flags.definitions`, those left out that stand there already. All that
 * stands in it stays, comments included.
 * @throws UserError where the policy cannot be read
 */
export function withShapes(text: string, { reads, definitions }: PinnedShapes): string {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  if (errors.length > 0 || (root !== undefined && root.type !== 'object'))
    throw new UserError('switchyard.jsonc cannot be read: mend it first (the Problems panel says where).');
  let now = root === undefined ? `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}{}\n` : text;
  for (const entry of reads) now = withEntry(now, 'reads', entry);
  for (const entry of definitions) now = withEntry(now, 'definitions', entry);
  return now;
}

function withEntry(text: string, setting: keyof PinnedShapes, entry: Readonly<Record<string, unknown>>): string {
  const policy = parse(text, [], { allowTrailingComma: true }) as { flags?: Record<string, unknown> };
  const list = policy.flags?.[setting];
  const written = JSON.stringify(entry);
  if (Array.isArray(list) && list.some((one) => JSON.stringify(one) === written)) return text;
  const path: JSONPath = ['flags', setting, ...(Array.isArray(list) ? [list.length] : [])];
  const edits: Edit[] = modify(text, path, Array.isArray(list) ? entry : [entry], {
    formattingOptions: { insertSpaces: true, tabSize: 2, eol: text.includes('\r\n') ? '\r\n' : '\n' },
    isArrayInsertion: Array.isArray(list),
  });
  return applyEdits(text, edits);
}
