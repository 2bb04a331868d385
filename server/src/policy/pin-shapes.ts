import { applyEdits, type Edit, type JSONPath, modify, type ParseError, parse, parseTree } from 'jsonc-parser';
import { UserError } from '../core/user-error.ts';

/** Entries to add to a policy. */
export interface PinnedShapes {
  readonly reads?: readonly Readonly<Record<string, unknown>>[];
  readonly definitions?: readonly Readonly<Record<string, unknown>>[];
  /** Names of functions that are no readers. */
  readonly notReaders?: readonly string[];
}

/**
 * The text of a policy with entries added to the lists of `flags`, those left out that stand there already. All that stands in it
 * stays, comments included.
 * @throws UserError where the policy cannot be read
 */
export function withShapes(text: string, shapes: PinnedShapes): string {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  if (errors.length > 0 || (root !== undefined && root.type !== 'object'))
    throw new UserError('switchyard.jsonc cannot be read: mend it first (the Problems panel says where).');
  let now = root === undefined ? `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}{}\n` : text;
  for (const setting of ['reads', 'notReaders', 'definitions'] as const)
    for (const entry of shapes[setting] ?? []) now = withEntry(now, setting, entry);
  return now;
}

function withEntry(text: string, setting: keyof PinnedShapes, entry: unknown): string {
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
