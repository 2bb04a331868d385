import type { FileChange, TextEdit } from '../core/source-change.ts';
import type { World } from '../fixes/fix.ts';
import { occurrencesOf } from '../flags/symbols.ts';

/**
 * Quoted texts that are exactly the key and that nothing is known of, with the edits that would change them: mocks in tests,
 * strings of the same text that mean something else, and what stands in generated files.
 */
export function mentionsOf(key: string, to: string, changed: readonly FileChange[], world: World): FileChange[] {
  const known = new Map<string, readonly { start: number; end: number }[]>();
  for (const { path, edits } of changed)
    known.set(
      path,
      edits.map((one) => one.range),
    );
  for (const { path, range } of occurrencesOf(world, key)) known.set(path, [...(known.get(path) ?? []), range]);
  const quoted = new RegExp(`(['"\`])${key.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}\\1`, 'g');
  return world.paths.flatMap((path): FileChange[] => {
    const text = world.text(path);
    if (!text?.includes(key)) return [];
    const own = known.get(path) ?? [];
    const edits = [...text.matchAll(quoted)].flatMap((match): TextEdit[] => {
      const range = { start: match.index + 1, end: match.index + 1 + key.length };
      if (own.some((one) => one.start <= range.end && range.start <= one.end)) return [];
      return [{ range, newText: to, kind: 'rename', reason: 'the same text, not known to be the flag' }];
    });
    return edits.length === 0 ? [] : [{ path, before: text, edits }];
  });
}
