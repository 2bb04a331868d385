import type { FlagRemoval, FlagView } from '../../../server/src/protocol/messages.ts';
import { count, sideWords } from '../words.ts';

/** A flag to remove, the folder that it lives in, and the value whose side stays. */
export interface Removal extends FlagRemoval {
  /** Nothing reads it: only its definition goes, and no side of any code stays. */
  unread?: boolean;
}

export type FlagValue = Removal['keep'];

/** Nothing reads the flag, so that nothing has to be folded. */
export function isUnread({ reads }: FlagView): boolean {
  return reads.length === 0;
}

/** Any value does for a flag that nothing reads; undefined for the others. */
export function valueOfUnread(flag: FlagView): FlagValue | undefined {
  return isUnread(flag) ? (flag.values[0] ?? true) : undefined;
}

/** `flag “new-cart”` or `3 flags`. */
export function namesOf(removals: readonly Removal[]): string {
  return removals.length === 1 ? `flag “${removals[0]!.key}”` : count(removals.length, 'flag');
}

/** `“new-cart”, kept on`. */
export function removalWords({ key, keep, unread }: Removal): string {
  return unread ? `“${key}”, its definition` : `“${key}”, kept ${sideWords(keep)}`;
}
