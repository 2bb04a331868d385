import type { TextRange } from '../../core/text.ts';
import type { ReaderRef } from '../flag.ts';
import type { Place } from '../resolve.ts';
import { placeId, type Reader, type ReaderShape } from './reader.ts';

/** A reader as its calls see it. */
export interface TableEntry {
  readonly shape: ReaderShape;
  readonly ref: ReaderRef;
  /** Equal texts mean equal reads. */
  readonly sign: string;
}

/** Readers as calls look for them. */
export interface ReaderTable {
  at(place: Place): TableEntry | undefined;
  /** Ranges of a file that are reads inside of readers, or their keys. */
  inner(path: string): readonly TextRange[];
}

/** @param isTest whose readers stand in for others only where there are no others: a test provides what it likes */
export function tableOf(readers: readonly Reader[], isTest: (path: string) => boolean): ReaderTable {
  if (readers.length === 0) return noTable;
  const byPlace = new Map<string, TableEntry>();
  const inner = new Map<string, TextRange[]>();
  const inTests = readers.filter((one) => isTest(one.inferred.path));
  for (const reader of [...readers.filter((one) => !inTests.includes(one)), ...inTests]) {
    const { shape, inferred, places } = reader;
    const { path, name, exact } = inferred;
    const ref: ReaderRef = { path, name, exact };
    const entry: TableEntry = { shape, ref, sign: JSON.stringify([shape, ref]) };
    for (const place of places) if (!byPlace.has(placeId(place))) byPlace.set(placeId(place), entry);
    const ranges = inner.get(path);
    if (ranges === undefined) inner.set(path, [...reader.inner]);
    else ranges.push(...reader.inner);
  }
  return { at: (place) => byPlace.get(placeId(place)), inner: (path) => inner.get(path) ?? none };
}

const none: readonly never[] = [];

export const noTable: ReaderTable = { at: () => undefined, inner: () => none };

/** What was asked of a table, to tell whether another one would have answered the same. */
export interface AskedTable {
  readonly table: ReaderTable;
  isSame(other: ReaderTable): boolean;
}

export function askedOf(table: ReaderTable): AskedTable {
  const places = new Map<string, { readonly place: Place; readonly sign: string | undefined }>();
  const files = new Map<string, string>();
  return {
    table: {
      at(place) {
        const entry = table.at(place);
        places.set(placeId(place), { place, sign: entry?.sign });
        return entry;
      },
      inner(path) {
        const ranges = table.inner(path);
        files.set(path, JSON.stringify(ranges));
        return ranges;
      },
    },
    isSame(other) {
      for (const { place, sign } of places.values()) if (other.at(place)?.sign !== sign) return false;
      for (const [path, ranges] of files) if (JSON.stringify(other.inner(path)) !== ranges) return false;
      return true;
    },
  };
}
