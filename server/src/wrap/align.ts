/** For each statement of the new list: the one of the old list that it stands for. */
export interface Match {
  readonly base: number;
  /** Equal token for token; otherwise it is only like the other, or declares the same name. */
  readonly equal: boolean;
}

/** What alignment needs to know of a statement. */
export interface Aligned {
  readonly tokens: readonly string[];
  /** The name that it declares, if it declares one. */
  readonly declares?: string;
}

/**
 * Aligns two statement lists in order, equal statements first, then those that declare the same name, then those that are
 * alike. Result by index of `now`; `undefined` where nothing corresponds. Cost grows with the product of the lengths of
 * what differs between the common start and end.
 */
export function alignStatements(base: readonly Aligned[], now: readonly Aligned[]): (Match | undefined)[] {
  const matches: (Match | undefined)[] = new Array(now.length).fill(undefined);
  const baseKeys = base.map((statement) => statement.tokens.join('\u0000'));
  const nowKeys = now.map((statement) => statement.tokens.join('\u0000'));
  let head = 0;
  while (head < base.length && head < now.length && baseKeys[head] === nowKeys[head]) {
    matches[head] = { base: head, equal: true };
    head++;
  }
  let tail = 0;
  while (
    tail < base.length - head &&
    tail < now.length - head &&
    baseKeys[base.length - 1 - tail] === nowKeys[now.length - 1 - tail]
  ) {
    tail++;
    matches[now.length - tail] = { base: base.length - tail, equal: true };
  }
  const score = (i: number, j: number): number => {
    if (baseKeys[i] === nowKeys[j]) return 3;
    const name = now[j]!.declares;
    if (name !== undefined && name === base[i]!.declares) return 2;
    const like = likeness(base[i]!.tokens, now[j]!.tokens);
    return like >= 0.5 ? like : 0;
  };
  const rows = base.length - head - tail;
  const columns = now.length - head - tail;
  if (rows === 0 || columns === 0) return matches;
  const scores = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => score(head + i, head + j)),
  );
  const best = Array.from({ length: rows + 1 }, () => new Float64Array(columns + 1));
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--) {
      const pair = scores[i]![j]!;
      const skip = Math.max(best[i + 1]![j]!, best[i]![j + 1]!);
      best[i]![j] = pair === 0 ? skip : Math.max(skip, best[i + 1]![j + 1]! + pair);
    }
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    const pair = scores[i]![j]!;
    if (pair > 0 && best[i]![j] === best[i + 1]![j + 1]! + pair) {
      matches[head + j] = { base: head + i, equal: baseKeys[head + i] === nowKeys[head + j] };
      i++;
      j++;
    } else if (best[i]![j] === best[i + 1]![j]) i++;
    else j++;
  }
  return matches;
}

/** Likeness of two token lists from 0 to 1: shared tokens (as a multiset) over all, twice. */
export function likeness(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const counts = new Map<string, number>();
  for (const token of a) counts.set(token, (counts.get(token) ?? 0) + 1);
  let shared = 0;
  for (const token of b) {
    const left = counts.get(token) ?? 0;
    if (left > 0) {
      shared++;
      counts.set(token, left - 1);
    }
  }
  return (2 * shared) / (a.length + b.length);
}
