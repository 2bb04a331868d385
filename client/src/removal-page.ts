import type { RefusedPlace } from '../../server/src/protocol/messages.ts';
import { count } from './words.ts';

/** A removal that was carried out. */
export interface DoneRemoval {
  /** `flag “new-cart”` or `3 flags`. */
  readonly names: string;
  /** One line for each flag: what was kept, and where it was committed. */
  readonly flags: readonly string[];
  /** What the type checker said, as a clause. */
  readonly types?: string;
  /** It ended before all was done, or could not do anything. */
  readonly ended?: 'stopped' | 'nothing';
}

/** A page as text, with the place that each heading of a place stands for, by its line from 0. */
export interface RemovalPage {
  readonly text: string;
  readonly headings: ReadonlyMap<number, RefusedPlace>;
}

/** The summary of a removal: what was removed, and each place that was left, with its reason. */
export function removalPage({ names, flags, types, ended }: DoneRemoval, places: readonly RefusedPlace[]): RemovalPage {
  const some = places.length > 0;
  const how = some ? `in part, ${placesLeft(places.length)}` : (ended ?? 'complete');
  const lines = [
    ended === 'nothing' ? `# Could not remove ${names}: nothing was changed` : `# Removed ${names}: ${how}`,
  ];
  lines.push('', ...flags.map((one) => `- ${one}`), '');
  if (types !== undefined) lines.push(`Types: ${types}.`, '');
  if (some)
    lines.push('What could not be changed with certainty was left as it was. Look at each of these places:', '');
  else if (ended === undefined) lines.push('Nothing is left in this workspace.', '');
  const headings = new Map<number, RefusedPlace>();
  for (const place of places) {
    headings.set(lines.length, place);
    lines.push(`## ${placeName(place)}`, '', place.reason, '');
  }
  return { text: lines.join('\n'), headings };
}

export function placeName({ path, range }: RefusedPlace): string {
  return `${path}:${range.start.line + 1}`;
}

/** `2 places left`. */
export function placesLeft(n: number): string {
  return `${count(n, 'place')} left`;
}
