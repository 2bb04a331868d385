import { basename } from '../core/paths.ts';
import { isScriptHost, isSourcePath, isTemplatePath } from '../core/snapshot.ts';
import type { TextRange } from '../core/text.ts';
import type { FileFacts } from './file-facts.ts';
import { suppressionsInComment } from './suppressions.ts';
import { tagsInComment } from './tags.ts';

/** What a file says about risks and findings in its comments. */
export type Marks = Pick<FileFacts, 'tags' | 'suppressions'>;

export const noMarks: Marks = { tags: [], suppressions: [] };

/** A search that lets too many texts through, but never too few. */
export function mayHoldMarks(text: string): boolean {
  return text.includes('@risk(') || text.includes('switchyard-ignore');
}

/** The marks in some comments of a text. */
export function marksIn(text: string, comments: readonly TextRange[]): Marks {
  return {
    tags: comments.flatMap((comment) => tagsInComment(text, comment)),
    suppressions: comments.flatMap((comment) => suppressionsInComment(text, comment)),
  };
}

/** How a comment opens and closes in a file; undefined where it has none (`.json`). */
export function commentMarks(path: string): { readonly open: string; readonly close: string } | undefined {
  const file = basename(path).toLowerCase();
  if (isSourcePath(path) || slashes.test(file)) return { open: '//', close: '' };
  if (hashes.test(file)) return { open: '#', close: '' };
  if (file.endsWith('.sql')) return { open: '--', close: '' };
  if (isTemplatePath(path) || isScriptHost(path) || /\.(?:xml|svg)$/.test(file)) return { open: '<!--', close: ' -->' };
  return undefined;
}

const slashes = /\.(?:jsonc|json5|prisma|proto|scss|less|gradle|go|java|kt)$|^tsconfig(?:\.[\w-]+)*\.json$/;
const hashes =
  /\.(?:ya?ml|toml|properties|env|sh|tf|hcl|conf|cfg|ini|graphql|py|rb)$|^\.env(?:\..+)?$|^\.npmrc$|^\.gitlab-ci|^(?:docker|make)file(?:\..+)?$|^(?:docker|make)file$/;

/** The marks of a file that is not parsed. */
export function marksBeside(path: string, text: string): Marks {
  return mayHoldMarks(text) ? marksIn(text, commentsBeside(path, text)) : noMarks;
}

/** The comments of a file that is not parsed, line by line, as far as its ending tells. */
export function commentsBeside(path: string, text: string): TextRange[] {
  const marks = commentMarks(path);
  return marks === undefined ? [] : [...text.matchAll(patternOf(marks.open))].map(spanOf);
}

/** Comments of markup, for files of which only the scripts are parsed. */
export function markupComments(text: string): TextRange[] {
  return [...text.matchAll(patternOf('<!--'))].map(spanOf);
}

function patternOf(open: string): RegExp {
  return open === '<!--' ? /<!--[\s\S]*?-->/g : new RegExp(`(?<=^|\\s)${open}[^\\r\\n]*`, 'gm');
}

function spanOf({ 0: all, index }: RegExpExecArray): TextRange {
  return { start: index, end: index + all.length };
}
