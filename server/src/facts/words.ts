const known = new Map<string, readonly string[]>();
/** Identifiers repeat; beyond this many the memory starts anew. */
const most = 20_000;

/** The words of an identifier in lower case: `isSignedIn`, `is_signed_in` and `IS_SIGNED_IN` are `is`, `signed`, `in`. */
export function wordsOf(identifier: string): readonly string[] {
  const words = known.get(identifier);
  if (words) return words;
  if (known.size >= most) known.clear();
  const split = identifier
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
  known.set(identifier, split);
  return split;
}
