import type { FlagRead } from '../../server/src/flags/flag.ts';
import { analyse } from './flags-program.ts';

export interface ShapeCase {
  readonly name: string;
  /** Entries of `flags.reads`. */
  readonly reads: readonly Record<string, unknown>[];
  /** One file, `a.tsx` unless `path` says otherwise; or several `files`. */
  readonly code?: string;
  readonly path?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** `key = expression how`, in the order of files and places. */
  readonly expected: readonly string[];
  /** What is read with a key that only run time knows. */
  readonly dynamic?: readonly string[];
}

/** The reads of a program under a policy, and those with unknown keys, each as one line. */
export function shapeReads({ reads, code, path = 'a.tsx', files }: ShapeCase): {
  readonly reads: string[];
  readonly dynamic: string[];
  /** Keys in the order of their places, `?` for those that are not known. */
  readonly places: string[];
} {
  const texts = files ?? { [path]: code ?? '' };
  const { inventory } = analyse(texts, { flags: { reads } });
  const all = [...inventory.flags.values()].flatMap((flag) => flag.reads);
  all.sort((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : a.range.start - b.range.start || (a.key < b.key ? -1 : 1),
  );
  const places = [...all, ...inventory.dynamicReads.map((one) => ({ ...one, key: '?' }))];
  places.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.range.start - b.range.start));
  return {
    places: places.map(({ key }) => key),
    reads: all.map((read) => line(read, texts[read.path]!)),
    dynamic: inventory.dynamicReads.map(
      (read) =>
        `${files === undefined ? '' : `${read.path} `}${texts[read.path]!.slice(read.range.start, read.range.end)}`,
    ),
  };
}

function line({ key, range, result, default: fallback, type, inverted }: FlagRead, text: string): string {
  const field = 'field' in result && result.field !== undefined ? `:${result.field}` : '';
  return [
    `${key} = ${text.slice(range.start, range.end)}`,
    result.kind === 'value' ? '' : `${result.kind}${field}`,
    'async' in result && result.async ? 'async' : '',
    type ?? '',
    inverted ? 'inverted' : '',
    fallback === undefined ? '' : `(default ${text.slice(fallback.range.start, fallback.range.end)})`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
