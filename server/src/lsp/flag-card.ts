import { count } from '../core/count.ts';
import type { TextRange } from '../core/text.ts';
import type { DefinitionState, Flag, FlagValue, InferredReader } from '../flags/flag.ts';
import { daysBetween, disagreement } from '../flags/lifecycle.ts';
import type { Survey } from '../session/analysis.ts';
import { ageWords } from '../session/flag-rows.ts';
import type { FileAt } from './file-at.ts';

type View = Pick<FileAt, 'survey' | 'places' | 'linesOf'>;

/** What is known of a flag, as concise Markdown: state, life, where it is read and defined, what its removal would touch. */
export function flagCard(flag: Flag, view: View): string {
  const { policy, today } = view.survey.snapshot;
  const parts = [
    head(flag),
    flag.lifecycle.description && plain(flag.lifecycle.description),
    stateTable(flag) ?? plain(stateLine(flag)),
    lifeLine(flag, today),
    usage(flag, view),
    definedIn(flag, view),
    removal(flag),
    vendorLink(flag.key, policy.flags.links),
  ];
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}

/** What is known of a function that was found to read flags. */
export function readerCard(reader: InferredReader, { inventory }: Survey): string {
  let reads = 0;
  const keys = new Set<string>();
  for (const flag of inventory.flags.values())
    for (const { through } of flag.reads)
      if (through?.path === reader.path && through.name === reader.name) {
        reads++;
        keys.add(flag.key);
      }
  return `\`${reader.name}\` reads flags: it ${plain(reader.reason)}.\n\n${count(reads, 'read')} of ${count(keys.size, 'flag')} go through it.`;
}

/** The address of a flag's page by the policy's template. */
export function linkOf(key: string, template: string | undefined): string | undefined {
  return template?.replaceAll('{key}', encodeURIComponent(key));
}

/** `4 months`, `12 days`: the time between two ISO dates. */
export function span(from: string, to: string): string {
  return ageWords(Math.abs(daysBetween(from, to)));
}

export function shownValue(value: FlagValue): string {
  return JSON.stringify(value);
}

const healthWords: Readonly<Record<Flag['health'], string>> = {
  'orphan-read': 'read, but not defined',
  unused: 'defined, but not read',
  constant: 'constant for everybody',
  expired: 'expired',
  stale: 'stale',
  live: 'live',
  unknown: 'state not known',
};

/** The health in a few words, with the value where everybody gets it. */
export function healthLine({ health, value }: Flag): string {
  return value === undefined ? healthWords[health] : `${shownValue(value)} for everybody`;
}

function head(flag: Flag): string {
  const { kind } = flag.lifecycle;
  const type = flag.definitions.find((one) => one.type !== 'unknown')?.type;
  const words = [healthLine(flag), kind && `${kind.replace('-', ' ')} flag`, type];
  return `**Flag** \`${flag.key}\` — ${words.filter(Boolean).join(', ')}`;
}

/** State by environment, where the definitions tell them apart. */
function stateTable({ definitions }: Flag): string | undefined {
  const telling = definitions.filter((one) => one.environments?.length);
  if (telling.length === 0) return undefined;
  const rows = telling.flatMap((one) =>
    one.environments!.map(({ name, state }) => {
      const label = telling.length > 1 ? `${name} (${one.scope ?? one.path})` : name;
      return `| ${cell(label)} | ${cell(stateWords(state))} |`;
    }),
  );
  const shown = rows.length > maxRows ? [...rows.slice(0, maxRows), `| … | ${rows.length - maxRows} more |`] : rows;
  return ['| environment | value |', '| --- | --- |', ...shown].join('\n');
}

const maxRows = 12;

/** Why the state is what it is, where no environments tell. */
function stateLine({ health, definitions }: Flag): string {
  if (health === 'orphan-read') return 'No definition knows this key.';
  if (definitions.length === 0) return 'Nothing here defines flags, so its state is not known.';
  const parts = disagreement(definitions);
  if (parts !== undefined) return `Its definitions differ: ${parts}.`;
  const whys = definitions.flatMap(({ state }) => ('why' in state && state.why !== undefined ? [state.why] : []));
  return [...new Set(whys)].join('; ');
}

function stateWords(state: DefinitionState): string {
  if (state.kind === 'constant') return `\`${shownValue(state.value)}\``;
  if (state.kind === 'unknown') return 'not known';
  return state.why === undefined ? 'varies' : `varies (${plain(state.why)})`;
}

function lifeLine({ lifecycle, staleness }: Flag, today: string): string | undefined {
  const { owner, created, expires } = lifecycle;
  const words = [
    owner && `owner ${plain(owner)}`,
    created && `created ${created} (${span(created, today)} ago)`,
    expires && (expires < today ? `**expired ${expires}**` : `expires ${expires} (in ${span(today, expires)})`),
  ].filter((word) => word !== undefined && word !== '');
  const reasons = staleness.filter((one) => one.by !== 'expiry').map((one) => plain(one.reason));
  const lines = [words.join(' · '), reasons.length > 0 ? `Stale: ${reasons.join('; ')}.` : ''];
  return lines.filter((line) => line !== '').join('  \n');
}

function usage({ reads }: Flag, view: View): string {
  if (reads.length === 0) return 'No read was found.';
  const files = new Set(reads.map((one) => one.path));
  const tests = reads.filter((one) => one.inTest);
  const line = `${count(reads.length, 'read')} in ${count(files.size, 'file')}`;
  if (tests.length === 0) return `${line}; no test reads it`;
  const first = [...new Map(tests.map((one) => [one.path, one])).values()];
  return `${line}, ${tests.length} in tests: ${links(first, view)}`;
}

function definedIn({ definitions }: Flag, view: View): string | undefined {
  if (definitions.length === 0) return undefined;
  return `Defined in ${links(
    definitions.map(({ path, keyRange }) => ({ path, range: keyRange })),
    view,
  )}`;
}

function links(
  all: readonly { readonly path: string; readonly range: TextRange }[],
  { places, linesOf }: View,
): string {
  const shown = all.slice(0, 3).map(({ path, range }) => {
    const line = linesOf(path).position(range.start).line + 1;
    return `[${plain(path)}:${line}](${places.uri(path)}#L${line})`;
  });
  return `${shown.join(', ')}${all.length > 3 ? ` and ${all.length - 3} more` : ''}`;
}

/** An estimate: what folding a read takes with it is known only to the removal itself. */
function removal({ reads, definitions }: Flag): string {
  const files = new Set([...reads, ...definitions].map((one) => one.path));
  return `Removing it touches ${count(reads.length + definitions.length, 'place')} in ${count(files.size, 'file')}, and what becomes unused there.`;
}

function vendorLink(key: string, template: string | undefined): string | undefined {
  const address = linkOf(key, template);
  return address && `[Open its page](${address})`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** Text of a person or of code, as Markdown that shows it as it is. */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|~]/g, '\\$&').replace(/\s*\n\s*/g, ' ');
}
