/** A value that is told when it is first asked for, and kept. */
export interface Later<T> {
  (): T;
  /** The value, where somebody asked for it. */
  peek(): T | undefined;
}

/** @param told the value, where it is known already */
export function later<T extends object>(tell: () => T, told?: T): Later<T> {
  let value = told;
  const ask = () => {
    value ??= tell();
    return value;
  };
  return Object.assign(ask, { peek: () => value });
}
