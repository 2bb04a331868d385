import Table from 'cli-table3';
import { count } from '../core/count.ts';
import { healthTitles } from '../session/flag-report.ts';
import { ageWords } from '../session/flag-rows.ts';
import { at } from '../session/places.ts';
import type { Face } from './face.ts';
import type { FlagOutput, FlagsOutput } from './json.ts';

export interface FlagsTextOptions {
  readonly paint: Face['paint'];
  /** Columns of the terminal; tables are as wide as they need to be without. */
  readonly width: number | undefined;
  /** A table for each health, else one in the order of the flags. */
  readonly grouped: boolean;
  /** Only some flags were asked for: what is not about them is left out. */
  readonly filtered: boolean;
}

/** The flags as tables that fit the terminal. */
export function flagsText(output: FlagsOutput, options: FlagsTextOptions): string {
  const { paint, grouped, filtered } = options;
  const { flags } = output;
  if (flags.length === 0 && filtered) return 'No flag is like that.';
  const blocks: string[] = [];
  if (grouped)
    for (const health of new Set(flags.map((flag) => flag.health))) {
      const mine = flags.filter((flag) => flag.health === health);
      const title = `${healthTitles[health]} (${mine.length})`;
      const fits = title.length + removeHint.length <= (options.width ?? Number.POSITIVE_INFINITY);
      const hint = health === 'constant' && fits ? paint.dim(removeHint) : '';
      blocks.push(`${paint.bold(title)}${hint}\n${table(mine, flags, options)}`);
    }
  else if (flags.length > 0) blocks.push(table(flags, flags, options));
  if (!filtered) blocks.push(...beside(output, paint));
  blocks.push(
    flags.length === 0
      ? 'No flags found. \'switchyard init\' looks for the ways in which this code reads flags; name your own in switchyard.jsonc ("flags.reads").'
      : count(flags.length, 'flag'),
  );
  return blocks.join('\n\n');
}

function beside({ dynamicReads, readers }: FlagsOutput, paint: Face['paint']): string[] {
  const blocks: string[] = [];
  if (readers.length > 0) {
    const rows = readers.map((reader) => `  ${at(reader)}  ${reader.name}  ${paint.dim(reader.reason)}`);
    blocks.push([paint.bold(`Functions that were found to read flags (${readers.length})`), ...rows].join('\n'));
  }
  if (dynamicReads.length > 0) {
    const rows = dynamicReads.map((read) => `  ${at(read)}  ${paint.dim(read.reader)}`);
    const hint = '  Where a function of your own passes the key on, name it in switchyard.jsonc ("flags.reads").';
    const title = paint.bold(`Reads whose key the source does not tell (${dynamicReads.length})`);
    blocks.push([title, ...rows, paint.dim(hint)].join('\n'));
  }
  return blocks;
}

const removeHint = '  remove with: switchyard remove KEY --keep VALUE';

interface Column {
  readonly title: string;
  cell(flag: FlagOutput): string;
  /** The fewest characters that still say something; columns without give nothing away. */
  readonly least?: number;
}

const columns: readonly Column[] = [
  { title: 'flag', cell: (flag) => flag.key, least: 16 },
  { title: 'health', cell: (flag) => flag.health },
  { title: 'why', cell: (flag) => flag.reason, least: 24 },
  { title: 'age', cell: (flag) => (flag.age === null ? '' : ageWords(flag.age.days)) },
  { title: 'owner', cell: (flag) => flag.owner ?? '', least: 8 },
  { title: 'reads', cell: (flag) => String(flag.reads.filter((read) => !read.inTest).length) },
  {
    title: 'where',
    cell: (flag) => {
      const first = flag.definitions[0] ?? flag.reads[0];
      return first === undefined ? '' : at(first);
    },
    least: 16,
  },
];

const indent = 2;
const gap = 2;

/** @param all flags whose cells decide the widths, so that the tables of a page stand below one another */
function table(
  flags: readonly FlagOutput[],
  all: readonly FlagOutput[],
  { paint, width, grouped }: FlagsTextOptions,
): string {
  const room = width === undefined ? undefined : width - indent;
  const filled = columns
    .filter((column) => !(grouped && column.title === 'health'))
    .map((column) => ({
      ...column,
      natural: Math.max(column.title.length, ...all.map((flag) => column.cell(flag).length)),
    }))
    .filter(({ title, cell }) => title === 'reads' || all.some((flag) => cell(flag) !== ''));
  const shown = thatFit(filled, room);
  const widths = fitted(shown, room);
  const made = new Table({
    head: shown.map((column) => paint.dim(column.title)),
    chars: noLines,
    style: { 'padding-left': 0, 'padding-right': gap, head: [], border: [], compact: true },
    colWidths: widths.map((one) => one + gap),
    colAligns: shown.map((column) => (column.title === 'reads' ? 'right' : 'left')),
  });
  for (const flag of flags)
    made.push(shown.map((column, index) => cut(column.cell(flag), widths[index]!, column.title === 'where')));
  return made
    .toString()
    .split('\n')
    .map((line) => `${' '.repeat(indent)}${line}`.trimEnd())
    .join('\n');
}

type Measured = Column & { readonly natural: number };

/** On a narrow terminal what says least goes. */
function thatFit(all: readonly Measured[], width = Number.POSITIVE_INFINITY): readonly Measured[] {
  let shown = all;
  for (const title of ['owner', 'age', 'why', 'where']) {
    const least = shown.reduce((sum, one) => sum + Math.min(one.natural, one.least ?? one.natural) + gap, -gap);
    if (least <= width) break;
    shown = shown.filter((one) => one.title !== title);
  }
  return shown;
}

/** Takes from the columns that can do with less, in the order in which they give: what they start with says most. */
function fitted(wanted: readonly Measured[], width: number | undefined): number[] {
  const widths = wanted.map((one) => one.natural);
  if (width === undefined) return widths;
  let over = widths.reduce((sum, one) => sum + one + gap, -gap) - width;
  for (const title of ['why', 'owner', 'where', 'flag']) {
    const index = wanted.findIndex((one) => one.title === title);
    const { natural = 0, least = 0 } = wanted[index] ?? {};
    const given = Math.max(0, Math.min(over, natural - least));
    if (index >= 0) widths[index] = natural - given;
    over -= given;
  }
  return widths;
}

/** A place keeps its end, everything else its beginning. */
function cut(text: string, width: number, end: boolean): string {
  if (text.length <= width) return text;
  return end ? `…${text.slice(1 - width)}` : `${text.slice(0, width - 1)}…`;
}

const noLines = Object.fromEntries(
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid middle'
    .split(' ')
    .map((name) => [name, '']),
);
