import type { Decision } from '../facts/file-facts.ts';
import type { Flag, FlagRead } from './flag.ts';

/** What a read of a flag decides, told of the flag: reads that are true when the flag is off are turned around. */
export function decisionsOf(read: FlagRead): readonly Decision[] {
  const { result, use, inverted } = read;
  if (result.kind === 'component') return [{ range: read.range, side: 'on', by: read.keyRange }];
  if (result.kind === 'other' || isPromiseTested(read)) return [];
  const decides = use?.decides ?? [];
  return inverted ? decides.map((one) => ({ ...one, side: one.side === 'on' ? 'off' : 'on' })) : decides;
}

/** The promise stands as a condition where its value was meant. */
export function isPromiseTested({ result, use }: FlagRead): boolean {
  return (result.kind === 'value' || result.kind === 'details') && result.async && use?.condition === true;
}

/** Reads of a product's code by file; those of one file sorted by place. */
export function readsByFile(flags: Iterable<Flag>): Map<string, FlagRead[]> {
  const files = new Map<string, FlagRead[]>();
  for (const { reads } of flags)
    for (const read of reads) {
      if (read.inTest) continue;
      const list = files.get(read.path);
      if (list === undefined) files.set(read.path, [read]);
      else list.push(read);
    }
  for (const list of files.values()) list.sort((a, b) => a.range.start - b.range.start);
  return files;
}
