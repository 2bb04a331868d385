import { count } from '../core/count.ts';
import type { FlagHealth } from '../flags/flag.ts';
import { ageWords, type FlagRow, healths } from './flag-rows.ts';

/** What a person reads above the flags of one health. */
export const healthTitles: Readonly<Record<FlagHealth, string>> = {
  'orphan-read': 'Read, but defined nowhere',
  constant: 'One value for everybody',
  expired: 'Past its date',
  stale: 'Stale',
  unused: 'Defined, but no read was found',
  live: 'Live',
  unknown: 'State not known',
};

/**
 * The flags as a Markdown page for an issue or a pull request: a line that sums up, then a table for each health.
 * @param title the folder's name
 */
export function flagReport(title: string, rows: readonly FlagRow[]): string {
  const groups = healths.flatMap((health) => {
    const mine = rows.filter((row) => row.flag.health === health);
    return mine.length === 0 ? [] : [{ health, mine }];
  });
  const parts = groups.map(({ health, mine }) => `${mine.length} ${healthTitles[health].toLowerCase()}`);
  const head = [
    `# Feature flags of ${escaped(title)}`,
    '',
    rows.length === 0 ? 'No flags found.' : `${count(rows.length, 'flag')}: ${parts.join(', ')}.`,
  ];
  const tables = groups.flatMap(({ health, mine }) => [
    '',
    `## ${healthTitles[health]} (${mine.length})`,
    '',
    ...table(mine),
  ]);
  return `${[...head, ...tables].join('\n')}\n`;
}

/** The same as one table, in the order of the rows. */
export function flagTable(rows: readonly FlagRow[]): string {
  return `${['| Flag | Health | Why | Age | Owner | Reads | Where |', '| --- | --- | --- | --- | --- | ---: | --- |', ...rows.map((row) => `| \`${code(row.flag.key)}\` | ${row.flag.health} | ${cells(row).join(' | ')} |`)].join('\n')}\n`;
}

function table(rows: readonly FlagRow[]): string[] {
  return [
    '| Flag | Why | Age | Owner | Reads | Where |',
    '| --- | --- | --- | --- | ---: | --- |',
    ...rows.map((row) => `| \`${code(row.flag.key)}\` | ${cells(row).join(' | ')} |`),
  ];
}

function cells(row: FlagRow): string[] {
  const files = row.files.slice(0, 3).map((path) => `\`${code(path)}\``);
  if (row.files.length > 3) files.push(`and ${row.files.length - 3} more`);
  return [
    escaped(row.reason),
    row.age === undefined ? '' : ageWords(row.age.days),
    escaped(row.flag.lifecycle.owner ?? ''),
    String(row.reads),
    files.join(', '),
  ];
}

/** Text of a table's cell. */
function escaped(text: string): string {
  return text.replace(/[\\|*_<>[\]`]/g, '\\$&').replace(/\s+/g, ' ');
}

/** Inside backticks only bars and backticks count. */
function code(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/`/g, "'");
}
