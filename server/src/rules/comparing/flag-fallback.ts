import { contains, type TextRange } from '../../core/text.ts';
import type { Feature } from '../../facts/change-facts.ts';
import type { FlagRead, Inventory } from '../../flags/flag.ts';

/** The read of a flag that falls back to a value: its default argument, or what stands after it (`flags.x ?? false`). */
export function readWithFallback(value: Feature, path: string, inventory: Inventory): FlagRead | undefined {
  const { range } = value;
  // The text of a feature ends with its value.
  const whole: TextRange = { start: range.end - value.text.length, end: range.end };
  for (const { reads } of inventory.flags.values())
    for (const read of reads) {
      if (read.path !== path) continue;
      const own = read.default?.range;
      if (own && (contains(own, range) || contains(range, own))) return read;
      if (value.kind === 'default' && contains(whole, read.range) && !contains(range, read.range)) return read;
    }
  return undefined;
}
