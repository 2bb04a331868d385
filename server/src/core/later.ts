/** A value that is told when it is first asked for. */
export interface Later<T> {
  (): T;
  /** The value, where somebody asked for it. */
  peek(): T | undefined;
}

export function later<T extends object>(tell: () => T): Later<T> {
  let told: T | undefined;
  const ask = () => {
    told ??= tell();
    return told;
  };
  return Object.assign(ask, { peek: () => told });
}
