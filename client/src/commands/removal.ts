import type { FlagRemoval } from '../../../server/src/protocol/messages.ts';
import { count, sideWords } from '../words.ts';

/** A flag to remove, the folder that it lives in, and the value whose side stays. */
export interface Removal extends FlagRemoval {
  /** Nothing reads it: only its definition goes, and no side of any code stays. */
  unread?: boolean;
}

export type FlagValue = Removal['keep'];

/** `flag “new-cart”` or `3 flags`. */
export function namesOf(removals: readonly Removal[]): string {
  return removals.length === 1 ? `flag “${removals[0]!.key}”` : count(removals.length, 'flag');
}

/** `“new-cart”, kept on`. */
export function removalWords({ key, keep, unread }: Removal): string {
  return unread ? `“${key}”, its definition` : `“${key}”, kept ${sideWords(keep)}`;
}
