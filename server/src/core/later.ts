/** A value that is told when it is first asked for, and kept. */
export function later<T extends object>(tell: () => T): () => T {
  let told: T | undefined;
  return () => {
    told ??= tell();
    return told;
  };
}
