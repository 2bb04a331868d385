import { count } from '../core/count.ts';
import { healthTitles } from '../session/flag-report.ts';
import { ageWords } from '../session/flag-rows.ts';
import { at } from '../session/places.ts';
import type { Face } from './face.ts';
import type { FlagOutput } from './json.ts';
import { writtenValue } from './remove.ts';

/** One flag whole: what is known of it, where it is defined, what it yields where, and who reads it. */
export function flagPage(flag: FlagOutput, paint: Face['paint']): string {
  const blocks = [`${paint.bold(flag.key)}  ${healthTitles[flag.health]}\n${flag.reason}`];
  if (flag.description !== null) blocks.push(flag.description);
  const facts: readonly (readonly [string, string | null])[] = [
    ['value', flag.value === null ? null : JSON.stringify(flag.value)],
    ['owner', flag.owner],
    ['kind', flag.kind],
    ['created', flag.created],
    ['expires', flag.expires],
    [
      'age',
      flag.age === null
        ? null
        : `${ageWords(flag.age.days)}, since ${flag.age.since} (${flag.age.from === 'git' ? 'first mentioned in git' : flag.age.from})`,
    ],
  ];
  const known = facts.flatMap(([name, value]) => (value === null ? [] : [`  ${paint.dim(name.padEnd(8))} ${value}`]));
  if (known.length > 0) blocks.push(known.join('\n'));
  const definitions = flag.definitions.flatMap((one) => [
    `  ${at(one)}  ${one.state}  ${paint.dim(one.source)}`,
    ...one.environments.map(({ name, state }) => `    ${paint.dim(name)} ${state}`),
    ...(one.variations.length > 0 ? [`    ${paint.dim('yields')} ${one.variations.join(', ')}`] : []),
  ]);
  blocks.push(section('Defined', flag.definitions.length, definitions, 'nowhere that is known', paint));
  const reads = (inTest: boolean) =>
    flag.reads
      .filter((read) => read.inTest === inTest)
      .map((read) => `  ${at(read)}  ${paint.dim(read.through === null ? read.reader : `through ${read.through}`)}`);
  blocks.push(section('Read', reads(false).length, reads(false), 'nowhere', paint));
  if (reads(true).length > 0) blocks.push(section('Read in tests', reads(true).length, reads(true), '', paint));
  if (flag.health === 'constant' && flag.value !== null)
    blocks.push(`Remove it with: switchyard remove ${quoted(flag.key)} --keep ${quoted(writtenValue(flag.value))}`);
  return blocks.join('\n\n');
}

function section(title: string, places: number, lines: readonly string[], none: string, paint: Face['paint']): string {
  if (places === 0) return `${paint.bold(title)} ${none}`;
  return [paint.bold(`${title} in ${count(places, 'place')}`), ...lines].join('\n');
}

/** For a shell. */
function quoted(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replace(/'/g, `'\\''`)}'`;
}
