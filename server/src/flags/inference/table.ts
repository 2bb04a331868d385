import type { TextRange } from '../../core/text.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import type { ReaderRef } from '../flag.ts';
import type { Place } from '../resolve.ts';
import { placeId, type Reader, type ReaderShape } from './reader.ts';

/** Readers as calls look for them. */
export interface ReaderTable {
  /** All names by which readers are called. */
  readonly names: ReadonlySet<string>;
  at(place: Place): { readonly shape: ReaderShape; readonly ref: ReaderRef } | undefined;
  /** Ranges of a file that are reads inside of readers, or their keys. */
  inner(path: string): readonly TextRange[];
  /** Equal texts mean that the reads of a file are the same, as far as readers matter. */
  signature(path: string, facts: FileFacts): string;
}

export function tableOf(readers: readonly Reader[], namesOf: (reader: Reader) => ReadonlySet<string>): ReaderTable {
  if (readers.length === 0) return noTable;
  const byPlace = new Map<string, { shape: ReaderShape; ref: ReaderRef }>();
  const signs = new Map<string, string>();
  const inner = new Map<string, TextRange[]>();
  for (const reader of readers) {
    const { shape, inferred, places } = reader;
    const { path, name, exact } = inferred;
    const entry = { shape, ref: { path, name, exact } };
    for (const place of places) if (!byPlace.has(placeId(place))) byPlace.set(placeId(place), entry);
    const sign = JSON.stringify([entry, places]);
    for (const one of namesOf(reader)) signs.set(one, `${signs.get(one) ?? ''}${sign}`);
    const ranges = inner.get(path);
    if (ranges === undefined) inner.set(path, [...reader.inner]);
    else ranges.push(...reader.inner);
  }
  return {
    names: new Set(signs.keys()),
    at: (place) => byPlace.get(placeId(place)),
    inner: (path) => inner.get(path) ?? [],
    signature(path, facts) {
      let text = '';
      for (const name of siteNames(facts)) text += signs.get(name) ?? '';
      const own = inner.get(path);
      return own === undefined ? text : text + JSON.stringify(own);
    },
  };
}

export const noTable: ReaderTable = {
  names: new Set(),
  at: () => undefined,
  inner: () => [],
  signature: () => '',
};

const names = new WeakMap<FileFacts, readonly string[]>();

function siteNames(facts: FileFacts): readonly string[] {
  let known = names.get(facts);
  if (known === undefined) {
    known = [...new Set(facts.reads.map((site) => site.name))].sort();
    names.set(facts, known);
  }
  return known;
}
