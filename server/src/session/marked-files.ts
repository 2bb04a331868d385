import type { Change } from '../change/change.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import { type Marks, marksBeside } from '../facts/marks.ts';

interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Tags and suppressions of source files, of other files that changed, and of those that define flags. */
export function markedFiles(
  facts: ReadonlyMap<string, FileFacts>,
  change: Change | undefined,
  definitionFiles: readonly TextFile[],
): ReadonlyMap<string, Marks> {
  const marked = new Map<string, Marks>();
  const add = (path: string, marks: Marks): void => {
    if (marks.tags.length > 0 || marks.suppressions.length > 0) marked.set(path, marks);
  };
  for (const { path, text } of definitionFiles) if (!facts.has(path)) add(path, marksBeside(path, text));
  for (const { path, now } of change?.others ?? [])
    if (now !== undefined && !facts.has(path)) add(path, marksBeside(path, now));
  for (const [path, one] of facts) add(path, one);
  return marked;
}
