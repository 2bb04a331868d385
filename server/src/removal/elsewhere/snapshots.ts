import { basename, dirname } from '../../core/paths.ts';
import type { TextEdit } from '../../core/source-change.ts';
import type { FilePlan } from '../plan-file.ts';
import type { RemovalInput } from '../remove-flags.ts';

/** Takes the snapshots of cases that go out of the files that Jest and Vitest keep them in; returns the files that go as a whole. */
export function removeSnapshots(
  plans: ReadonlyMap<string, FilePlan>,
  deleted: ReadonlySet<string>,
  input: RemovalInput,
  edits: Map<string, TextEdit[]>,
): Set<string> {
  const known = new Set(input.beside);
  const fileOf = (path: string): string => {
    const folder = dirname(path);
    return `${folder === '' ? '' : `${folder}/`}__snapshots__/${basename(path)}.snap`;
  };
  const gone = new Set([...deleted].map(fileOf).filter((path) => known.has(path)));
  for (const [path, { cases }] of plans) {
    const file = fileOf(path);
    const text = cases && cases.length > 0 && known.has(file) && !gone.has(file) ? input.text(file) : undefined;
    if (text === undefined) continue;
    const cuts = entriesOf(text).filter(({ name }) => cases!.some((titles) => isOf(name, titles.split('\n'))));
    const made = cuts.map(({ start, end, name }): TextEdit => {
      return { range: { start, end }, newText: '', kind: 'test', reason: `its case is gone: ${name}` };
    });
    if (made.length > 0) edits.set(file, made);
  }
  return gone;
}

interface Entry {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** `exports[\`suite case 1\`] = \`...\`;` with the blank line after it. */
function entriesOf(text: string): Entry[] {
  const pattern = /^exports\[`((?:\\.|[^`\\])*)`\] = `(?:\\.|[^`\\])*`;(?:\r?\n)*/gms;
  return [...text.matchAll(pattern)].map((match) => ({
    name: match[1]!.replace(/\\(.)/g, '$1'),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Jest joins the titles by blanks, Vitest by ` > `; a hint and the number of the snapshot follow. */
function isOf(name: string, titles: readonly string[]): boolean {
  return [' ', ' > '].some((mark) => {
    const full = titles.join(mark);
    return name.startsWith(full) && /^(?:: .*| > .*)? \d+$/s.test(name.slice(full.length));
  });
}
