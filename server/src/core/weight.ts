import type { Severity } from './finding.ts';

/** What a risk weighs, and why: `points` of its rule's severity times every factor. */
export interface Weight {
  readonly severity: Severity;
  readonly points: number;
  readonly factors: readonly { readonly times: number; readonly why: string }[];
  readonly total: number;
}

/** `2 (warning) x 2 on a critical path (src/payments/**) = 4`. */
export function weightText({ severity, points, factors, total }: Weight): string {
  if (factors.length === 0) return `${points} (${severity})`;
  return `${points} (${severity})${factors.map(({ times, why }) => ` x ${times} ${why}`).join('')} = ${total}`;
}
