import type { Feature } from '../../facts/change-facts.ts';

/** A length or a colour: how something looks, and no data. Who sees the page sees the change. */
export function isMeasure({ value = '' }: Feature): boolean {
  return /^"(?:[-\d.]+(?:px|r?em|%|v[hw]|ch|fr|pt)|#[\da-f]{3,8}|(?:rgba?|hsla?|calc|var)\(.*)"$/i.test(value);
}
