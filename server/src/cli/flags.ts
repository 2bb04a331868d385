import { stringify } from 'csv-stringify/sync';
import type { DefinitionState, FlagHealth } from '../flags/flag.ts';
import type { Analysis } from '../session/analysis.ts';
import { flagTable } from '../session/flag-report.ts';
import { type FlagRow, flagNamed, flagRows, rowOf, type Sorting } from '../session/flag-rows.ts';
import { placer, type Span } from '../session/places.ts';
import { analysed } from './analysed.ts';
import { type ExitCode, exitCodes, type Face, type OpenFolder } from './face.ts';
import { flagPage } from './flag-page.ts';
import { flagsText } from './flags-text.ts';
import { type FlagOutput, type FlagsOutput, flagsOutput } from './json.ts';

export interface FlagsOptions {
  readonly format: 'text' | 'json' | 'csv' | 'markdown';
  readonly folder?: string;
  readonly health: readonly FlagHealth[];
  readonly owner?: string;
  readonly sort?: Sorting;
  /** Ask git since when flags are mentioned whose creation nothing tells. */
  readonly age?: boolean;
}

/**
 * `switchyard flags [KEY] [FOLDER]`: all flags that are known, or one whole. A first argument that is a folder is one, unless
 * `--folder` names another.
 */
export async function flags(
  face: Face,
  first: string | undefined,
  second: string | undefined,
  options: FlagsOptions,
): Promise<ExitCode> {
  const isFolder = first !== undefined && second === undefined && options.folder === undefined && face.isFolder(first);
  const key = isFolder ? undefined : first;
  const folder = face.openFolder(options.folder ?? (isFolder ? first : second) ?? '.');
  const analysis = await analysed(face, folder);
  const flag = key === undefined ? undefined : flagNamed(analysis.inventory, key);
  const asksGit = options.age || options.sort === 'age' || (flag && options.format === 'text');
  const mentions = asksGit ? await mentionDates(folder) : undefined;
  const rows = flag
    ? [rowOf(flag, analysis.snapshot.today, mentions?.get(flag.key))]
    : flagRows(analysis, { ...options, mentions });
  face.out(
    key !== undefined && options.format === 'text'
      ? page(analysis, rows[0]!, face)
      : list(analysis, rows, options, face),
  );
  return exitCodes.fine;
}

async function mentionDates(folder: OpenFolder): Promise<ReadonlyMap<string, string>> {
  const found = await folder.session.firstMentions();
  return new Map([...found].map(([key, { date }]) => [key, date]));
}

function list(analysis: Analysis, rows: readonly FlagRow[], options: FlagsOptions, face: Face): string {
  if (options.format === 'markdown') return flagTable(rows);
  if (options.format === 'csv') return csv(rows);
  const output = flagsReport(analysis, rows);
  if (options.format === 'json') return JSON.stringify(flagsOutput.parse(output), null, 2);
  const filtered = options.health.length > 0 || options.owner !== undefined;
  return flagsText(output, {
    paint: face.paint,
    width: face.width,
    grouped: (options.sort ?? 'health') === 'health',
    filtered,
  });
}

function page(analysis: Analysis, row: FlagRow, face: Face): string {
  return flagPage(
    flagOutput(
      row,
      placer((path) => analysis.world.text(path)),
    ),
    face.paint,
  );
}

function flagsReport({ inventory, world }: Analysis, rows: readonly FlagRow[]): FlagsOutput {
  const place = placer((path) => world.text(path));
  return {
    version: 1,
    flags: rows.map((row) => flagOutput(row, place)),
    dynamicReads: inventory.dynamicReads.map(({ path, range, reader }) => ({ ...start(place(path, range)), reader })),
    readers: inventory.readers.map(({ path, name, nameRange, reason }) => ({
      ...start(place(path, nameRange)),
      name,
      reason,
    })),
  };
}

const start = ({ file, line, column }: Span) => ({ file, line, column });

function flagOutput({ flag, reason, age }: FlagRow, place: ReturnType<typeof placer>): FlagOutput {
  const { owner, created, expires, kind, description } = flag.lifecycle;
  return {
    key: flag.key,
    health: flag.health,
    value: flag.value ?? null,
    reason,
    definitions: flag.definitions.map(({ path, keyRange, source, state, environments, variations }) => ({
      ...start(place(path, keyRange)),
      source,
      state: stateWords(state),
      environments: (environments ?? []).map((one) => ({ name: one.name, state: stateWords(one.state) })),
      variations: (variations ?? []).map(({ name, value }) =>
        value === undefined ? (name ?? 'an object') : JSON.stringify(value),
      ),
    })),
    reads: flag.reads.map(({ path, range, reader, through, inTest }) => ({
      ...start(place(path, range)),
      reader,
      through: through?.name ?? null,
      inTest,
    })),
    owner: owner ?? null,
    created: created ?? null,
    expires: expires ?? null,
    kind: kind ?? null,
    description: description ?? null,
    age: age ?? null,
  };
}

function stateWords(state: DefinitionState): string {
  return state.kind === 'constant' ? `${JSON.stringify(state.value)} for everybody` : state.kind;
}

/** For spreadsheets: a header line, CRLF between lines as RFC 4180 has it; cells that would be formulas are quoted as text. */
function csv(rows: readonly FlagRow[]): string {
  const columns = [
    'key',
    'health',
    'value',
    'reason',
    'owner',
    'kind',
    'created',
    'expires',
    'age_days',
    'reads',
    'test_reads',
    'files',
  ];
  const records = rows.map(({ flag, reason, age, reads, testReads, files }) => {
    const { owner, kind, created, expires } = flag.lifecycle;
    return [
      flag.key,
      flag.health,
      flag.value === undefined ? '' : JSON.stringify(flag.value),
      reason,
      owner,
      kind,
      created,
      expires,
      age?.days,
      reads,
      testReads,
      files.join(' '),
    ];
  });
  return stringify([columns, ...records], { record_delimiter: 'unix', escape_formulas: true });
}
