/** Random decisions that a seed repeats. */
export interface Draw {
  /** A number from 0 to below `n`. */
  upTo(n: number): number;
  pick<T>(...options: readonly T[]): T;
  /** True once in `n` times. */
  oneIn(n: number): boolean;
}

/** Mulberry32: small, and good enough for choices. Neighbouring seeds give unlike programs. */
export function drawFrom(seed: number): Draw {
  let state = Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const upTo = (n: number): number => Math.floor(next() * n);
  return { upTo, pick: (...options) => options[upTo(options.length)]!, oneIn: (n) => upTo(n) === 0 };
}
