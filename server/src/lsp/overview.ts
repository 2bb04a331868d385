import type { CancellationToken } from '../core/cancellation.ts';
import type { Finding } from '../core/finding.ts';
import { groupBy } from '../core/group-by.ts';
import { riskGroups } from '../core/risk-groups.ts';
import { lineMaps } from '../core/text.ts';
import { weightText } from '../core/weight.ts';
import { valuesOf } from '../flags/kept-values.ts';
import { daysBetween } from '../flags/lifecycle.ts';
import { ownerOf } from '../policy/matching.ts';
import type {
  ChangeFinding,
  FlagAges,
  FlagView,
  FolderChange,
  FolderFlags,
  Overview,
  Place,
} from '../protocol/messages.ts';
import type { Analysis } from '../session/analysis.ts';
import { changeVerdict } from '../session/change-verdict.ts';
import { type FlagRow, rowOf } from '../session/flag-rows.ts';
import { type Places, toRange } from './convert.ts';
import { type Folder, placesOf } from './folder.ts';

/** What the two views show, for every folder. */
export async function overviewOf(folders: Iterable<Folder>): Promise<Overview> {
  const overview: Overview = { change: [], flags: [] };
  for (const folder of folders) {
    const analysis = await folder.session.analyse();
    const place = placer(placesOf(folder, analysis));
    overview.change.push(changeOf(folder, analysis, place));
    overview.flags.push(flagsOf(folder, analysis, place));
  }
  return overview;
}

/** How old git says that flags are. */
export async function flagAgesOf(folders: Iterable<Folder>, token: CancellationToken): Promise<FlagAges> {
  const ages: FlagAges = {};
  for (const { uri, session } of folders) {
    const { today } = (await session.analyse(token)).snapshot;
    const mentions = await session.firstMentions(token);
    ages[uri] = Object.fromEntries([...mentions].map(([key, { date }]) => [key, daysBetween(date, today)]));
  }
  return ages;
}

type Placer = (path: string, range: { start: number; end: number }) => Place;

function placer(places: Places): Placer {
  const linesOf = lineMaps(places.text);
  return (path, range) => ({ uri: places.uri(path), range: toRange(range, linesOf(path)) });
}

/** What belongs to the change: its own findings, under control or not, and what else stands in files that it touches. */
function changeOf(folder: Folder, analysis: Analysis, place: Placer): FolderChange {
  const { touched, findings, snapshot } = analysis;
  const mine = findings.filter((one) => one.scope === 'change' || touched.has(one.path));
  // Dead weight and hints are listed with the change, but they are not what stands in its way.
  const open = mine.filter(
    (one) => (one.verdict?.state ?? 'open') === 'open' && one.scope !== 'garden' && one.severity !== 'hint',
  );
  const beneath = groupBy(
    mine.filter(({ under }) => under !== undefined),
    ({ under }) => under,
  );
  const view = (one: Finding): ChangeFinding =>
    findingView(one, analysis, place, (beneath.get(one.fingerprint) ?? []).map(view));
  const top = mine.filter(({ under }) => under === undefined);
  const files = [...groupBy(top, ({ path }) => path)].map(([path, list]) => ({
    uri: place(path, { start: 0, end: 0 }).uri,
    path,
    findings: list.map(view),
  }));
  const { state, reasons } = changeVerdict(analysis);
  return {
    folder: folder.uri,
    name: folder.name,
    ...(snapshot.base && {
      base: snapshot.base.name,
      verdict: { state, reasons: reasons.map(({ message, path, range }) => ({ message, place: place(path, range) })) },
    }),
    ...(snapshot.whyNoBase !== undefined && { why: snapshot.whyNoBase }),
    changedFiles: touched.size,
    files,
    open: open.filter(({ under }) => under === undefined).length,
  };
}

function findingView(
  one: Finding,
  { snapshot, change }: Analysis,
  place: Placer,
  beneath: ChangeFinding[],
): ChangeFinding {
  const owner = one.group && ownerOf(one.path, snapshot.policy);
  return {
    rule: one.rule,
    severity: one.severity,
    message: one.message,
    place: place(one.path, one.range),
    verdict: one.verdict?.state ?? 'open',
    ...(one.verdict?.by !== undefined && { by: one.verdict.by }),
    part: one.group ? riskGroups[one.group].part : one.rule.startsWith('tags/') ? 'Tags and suppressions' : 'Flags',
    ...(one.weight && { weight: weightText(one.weight) }),
    ...(owner !== undefined && { owner }),
    compares: change?.files.some((file) => file.path === one.path && file.base !== undefined) ?? false,
    beneath,
  };
}

function flagsOf(folder: Folder, { inventory, snapshot }: Analysis, place: Placer): FolderFlags {
  return {
    folder: folder.uri,
    name: folder.name,
    flags: [...inventory.flags.values()].map((flag) => flagView(rowOf(flag, snapshot.today), place)),
    dynamicReads: inventory.dynamicReads.map(({ path, range, reader }) => ({ ...place(path, range), path, reader })),
    readers: inventory.readers.map(({ path, nameRange, name, reason }) => ({
      ...place(path, nameRange),
      path,
      name,
      reason,
    })),
  };
}

function flagView({ flag, reason, age }: FlagRow, place: Placer): FlagView {
  const { owner, created, expires, kind, description } = flag.lifecycle;
  return {
    key: flag.key,
    health: flag.health,
    ...(flag.value !== undefined && { value: flag.value }),
    values: [...valuesOf(flag)],
    reason,
    definitions: flag.definitions.map(({ path, keyRange, source }) => ({ ...place(path, keyRange), path, source })),
    reads: flag.reads.map(({ path, range, reader, inTest }) => ({ ...place(path, range), path, reader, inTest })),
    ...(owner !== undefined && { owner }),
    ...(created !== undefined && { created }),
    ...(expires !== undefined && { expires }),
    ...(kind !== undefined && { kind }),
    ...(description !== undefined && { description }),
    ...(age !== undefined && { age: age.days }),
  };
}
