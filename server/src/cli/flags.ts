import { count } from '../core/count.ts';
import type { Flag } from '../flags/flag.ts';
import type { Analysis } from '../session/analysis.ts';
import { healthReason } from '../session/health.ts';
import { analysed } from './analysed.ts';
import { type ExitCode, exitCodes, type Face } from './face.ts';
import { type FlagsOutput, flagsOutput } from './json.ts';
import { at, placer, type Span } from './places.ts';

/** `switchyard flags`: all flags that are known, with their health. */
export async function flags(face: Face, folder: string, options: { format: 'text' | 'json' }): Promise<ExitCode> {
  const output = flagsReport(await analysed(face, face.openFolder(folder)));
  face.out(
    options.format === 'json' ? JSON.stringify(flagsOutput.parse(output), null, 2) : flagsText(output, face.paint),
  );
  return exitCodes.fine;
}

function flagsReport({ inventory, world }: Analysis): FlagsOutput {
  const place = placer((path) => world.text(path));
  const start = ({ file, line, column }: Span) => ({ file, line, column });
  const known = (flag: Flag, field: 'owner' | 'created' | 'expires') =>
    flag.definitions.map((definition) => definition[field]).find((value) => value !== undefined) ?? null;
  return {
    version: 1,
    flags: [...inventory.flags.values()].map((flag) => ({
      key: flag.key,
      health: flag.health,
      value: flag.value ?? null,
      reason: healthReason(flag),
      definitions: flag.definitions.map(({ path, keyRange, source }) => ({ ...start(place(path, keyRange)), source })),
      reads: flag.reads.map(({ path, range, reader }) => ({ ...start(place(path, range)), reader })),
      owner: known(flag, 'owner'),
      created: known(flag, 'created'),
      expires: known(flag, 'expires'),
    })),
    dynamicReads: inventory.dynamicReads.map(({ path, range, reader }) => ({ ...start(place(path, range)), reader })),
  };
}

const headings: readonly (readonly [FlagsOutput['flags'][number]['health'], string])[] = [
  ['orphan-read', 'Read, but defined nowhere'],
  ['constant', 'One value for everybody: remove with switchyard remove KEY --keep VALUE'],
  ['unused', 'Defined, but no read was found'],
  ['expired', 'Past its date'],
  ['stale', 'Stale'],
  ['live', 'Live'],
  ['unknown', 'State not known'],
];

export function flagsText({ flags, dynamicReads }: FlagsOutput, paint: Face['paint']): string {
  const width = Math.min(40, Math.max(0, ...flags.map((flag) => flag.key.length)));
  const blocks = headings.flatMap(([health, title]) => {
    const mine = flags.filter((flag) => flag.health === health);
    if (mine.length === 0) return [];
    const rows = mine.map((flag) => {
      const place = flag.definitions[0] ?? flag.reads[0];
      const life = [flag.owner && `owner ${flag.owner}`, flag.expires && `expires ${flag.expires}`].filter(Boolean);
      const details = [...life, place && at(place)].filter(Boolean).join(', ');
      return `  ${flag.key.padEnd(width)}  ${flag.reason}  ${paint.dim(details)}`;
    });
    return [[paint.bold(`${title} (${mine.length})`), ...rows].join('\n')];
  });
  if (dynamicReads.length > 0) {
    const rows = dynamicReads.map((read) => `  ${at(read)}  ${paint.dim(read.reader)}`);
    const hint = '  Where a function of your own passes the key on, name it in switchyard.jsonc ("flags.reads").';
    const title = paint.bold(`Reads whose key the source does not tell (${dynamicReads.length})`);
    blocks.push([title, ...rows, paint.dim(hint)].join('\n'));
  }
  if (flags.length === 0)
    blocks.push('No flags found. Name your own ways to read them in switchyard.jsonc ("flags.reads").');
  else blocks.push(count(flags.length, 'flag'));
  return blocks.join('\n\n');
}
