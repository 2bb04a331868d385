interface Keeper<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/** What a map holds under a key, told when it is first asked for. */
export function kept<K, V extends {}>(map: Keeper<K, V>, key: K, tell: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const told = tell();
  map.set(key, told);
  return told;
}
