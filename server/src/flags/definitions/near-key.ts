import { distance } from 'fastest-levenshtein';

/**
 * The known key that an unknown one was probably meant to be: equal but for case and separators, or at most two edits (one in
 * a short key) or a quarter of its length away. Keys that differ in their numbers only (`flow-v1`, `flow-v2`) are different
 * flags, not slips.
 */
export function nearKey(key: string, known: Iterable<string>): string | undefined {
  const plain = plainOf(key);
  const limit = plain.length <= 4 ? 1 : Math.max(2, Math.floor(plain.length / 4));
  let best: { readonly key: string; readonly distance: number } | undefined;
  for (const other of known) {
    if (other === key) continue;
    const plainOther = plainOf(other);
    if (Math.abs(plain.length - plainOther.length) > limit) continue;
    const apart = distance(plain, plainOther);
    if (apart > limit || (apart > 0 && withoutDigits(plain) === withoutDigits(plainOther))) continue;
    if (!best || apart < best.distance || (apart === best.distance && other < best.key))
      best = { key: other, distance: apart };
  }
  return best?.key;
}

function plainOf(key: string): string {
  return key.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

function withoutDigits(plain: string): string {
  return plain.replace(/\p{N}+/gu, '#');
}
