/**
 * A map with a few entries laid over a large one, so that a snapshot after a keystroke need not copy ten thousand entries. The
 * large map must not change any more; `over` holds only keys that it has.
 */
export class Overlay<K, V> implements ReadonlyMap<K, V> {
  readonly under: ReadonlyMap<K, V>;
  readonly #over: ReadonlyMap<K, V>;

  constructor(under: ReadonlyMap<K, V>, over: ReadonlyMap<K, V>) {
    this.under = under;
    this.#over = over;
  }

  get size(): number {
    return this.under.size;
  }

  get(key: K): V | undefined {
    return this.#over.get(key) ?? this.under.get(key);
  }

  has(key: K): boolean {
    return this.under.has(key);
  }

  keys(): MapIterator<K> {
    return this.under.keys();
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  *entries(): MapIterator<[K, V]> {
    for (const [key, value] of this.under) yield [key, this.#over.get(key) ?? value];
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }

  forEach(visit: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }
}
