import { formatPatch, structuredPatch } from 'diff';
import { changedText, type FileChange } from '../core/source-change.ts';

/**
 * A source change as a unified diff with the prefixes `a/` and `b/`, `/dev/null` for the side that a created or deleted file does not have.
 * It has no `diff --git` lines: with them git would count paths from the top of the repository, without them `git apply`
 * and `patch -p1` both count from the current folder.
 */
export function toPatch(files: readonly FileChange[]): string {
  return [...files]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(filePatch)
    .join('');
}

function filePatch(file: FileChange): string {
  const after = changedText(file);
  const patch = structuredPatch(
    file.before === undefined ? '/dev/null' : `a/${file.path}`,
    after === undefined ? '/dev/null' : `b/${file.path}`,
    file.before ?? '',
    after ?? '',
    undefined,
    undefined,
    { context: 3 },
  );
  if (patch.hunks.length === 0) return '';
  return formatPatch(patch, { includeIndex: false, includeUnderline: false, includeFileHeaders: true });
}
