import { type CancellationToken, throwIfCancelled } from '../core/cancellation.ts';
import { isTemplatePath } from '../core/snapshot.ts';
import { applyEdits } from '../core/source-change.ts';
import {
  followPlaces,
  isSameOutside,
  looksOf,
  nothingOutside,
  type Outside,
  outsideOf,
  type Places,
} from './across/follow.ts';
import { sourcesOf, type View, viewOf } from './across/view.ts';
import { type FilePlan, planFile } from './plan-file.ts';
import type { RemovalInput, RemovalRequest } from './remove-flags.ts';
import { type Gone, nothingGone, orphanSearch } from './sweeping/orphaned-modules.ts';
import { isTestLike, testsThatName } from './tests/candidates.ts';
import { type TestFlag, testFlagOf } from './tests/names.ts';
import { reachedFiles } from './tests/reach.ts';
import { type Look, type SetUp, setUpOf } from './tests/set-up.ts';
import type { Seed } from './values/known.ts';
import { planWithout } from './withheld.ts';

export interface FilePlans {
  readonly plans: ReadonlyMap<string, FilePlan>;
  readonly deleted: ReadonlySet<string>;
  /** Tests that a person has to look at, by file. */
  readonly looks: ReadonlyMap<string, readonly Look[]>;
}

type SeedsByPath = ReadonlyMap<string, readonly Seed[]>;

/**
 * Plans every file that reads the flags, then every file to which something follows: what it is given is constant now, or its
 * exports lost their last user. What is found to hold no more once all is planned is left out, and all is planned again.
 */
export function planFiles(
  requests: readonly RemovalRequest[],
  seeds: SeedsByPath,
  input: RemovalInput,
  token: CancellationToken,
): FilePlans {
  const sources = sourcesOf(input);
  const banned = new Set<string>();
  for (;;) {
    const attempt = attemptPlans(requests, seeds, input, sources, banned, token);
    if (attempt.odd.length === 0) return attempt;
    for (const name of attempt.odd) banned.add(name);
  }
}

const mostRounds = 100;

interface Attempt extends FilePlans {
  /** Names of places that do not hold. */
  readonly odd: readonly string[];
}

function attemptPlans(
  requests: readonly RemovalRequest[],
  seeds: SeedsByPath,
  input: RemovalInput,
  source: View['source'],
  banned: ReadonlySet<string>,
  token: CancellationToken,
): Attempt {
  const plans = new Map<string, FilePlan>();
  const deleted = new Set<string>();
  const texts = new Map<string, string | undefined>();
  const gone = new Map<string, Gone>();
  const keys = new Set(requests.map(({ key }) => key));
  const orphansAfter = orphanSearch(input);
  const view = viewOf(input, source, plans, deleted);
  let places: Places = new Map();
  let outside: ReadonlyMap<string, Outside> = new Map();
  let setUps: ReadonlyMap<string, SetUp> | undefined;
  // What a test sets up can be told once it is known whether all code folds.
  let queue = new Set([...seeds.keys()].filter((path) => !isTestLike(path)));
  for (let grew = true, round = 0; grew; round++) {
    // What follows from what settles within a few rounds; places that never do are left out.
    if (round > mostRounds) return { plans, deleted, looks: new Map(), odd: [...places.keys()] };
    const changed = new Set<string>();
    for (const path of queue) {
      throwIfCancelled(token);
      const around = outside.get(path) ?? nothingOutside;
      const own = setUps?.get(path);
      const without = { ...(gone.get(path) ?? nothingGone), keys };
      const made = planOf(path, seeds.get(path) ?? [], without, around, own, source, input);
      if (made.isOdd || refusesMore(made, plans.get(path)))
        return { plans, deleted, looks: new Map(), odd: placesAt(places, path) };
      plans.set(path, made);
      changed.add(path);
      texts.set(path, applyEdits(input.text(path) ?? '', made.edits));
      if (!made.isEmptied || input.facts(path)?.exports.length) continue;
      deleted.add(path);
      texts.set(path, undefined);
    }
    queue = new Set();
    grew = false;
    if (!setUps) {
      setUps = setUpsOf(requests, seeds, plans, source, input);
      for (const path of setUps.keys()) queue.add(path);
      for (const path of seeds.keys()) if (!plans.has(path)) queue.add(path);
    }
    const orphans = orphansAfter(changedOnly(texts, plans));
    for (const path of orphans.files) {
      grew ||= !deleted.has(path);
      deleted.add(path);
      texts.set(path, undefined);
    }
    for (const [path, more] of orphans.gone) {
      const all = united(gone.get(path) ?? nothingGone, more);
      if (deleted.has(path) || all === gone.get(path)) continue;
      gone.set(path, all);
      queue.add(path);
    }
    places = followPlaces(view, changed, places, banned);
    const next = outsideOf(places);
    for (const path of new Set([...next.keys(), ...outside.keys()]))
      if (!isSameOutside(next.get(path) ?? nothingOutside, outside.get(path) ?? nothingOutside) && !deleted.has(path))
        queue.add(path);
    outside = next;
    grew ||= queue.size > 0;
  }
  return { plans, deleted, looks: looksOf(places), odd: [] };
}

/** What the tests that name the flags set up. */
function setUpsOf(
  requests: readonly RemovalRequest[],
  seeds: SeedsByPath,
  plans: ReadonlyMap<string, FilePlan>,
  source: View['source'],
  input: RemovalInput,
): Map<string, SetUp> {
  const refused = new Set([...plans.values()].flatMap((plan) => plan.refused.map(({ seed }) => seed)));
  const inCode = [...seeds].flatMap(([path, list]) => (isTestLike(path) ? [] : list));
  const of = (key: string): Seed[] => inCode.filter(({ read }) => read.key === key);
  const isStuck = (seed: Seed): boolean => refused.has(seed);
  // Where no read folds, tests go on to speak of the flag as they do.
  const going = requests.filter(({ key }) => of(key).length === 0 || !of(key).every(isStuck));
  const flags = going.map((request) => testFlagOf(request, !of(request.key).some(isStuck), input));
  const setUps = new Map<string, SetUp>();
  for (const path of testsThatName(flags, input)) {
    const parsed = obstacleOf(path, input) === undefined ? source(path) : undefined;
    const left = ({ key }: TestFlag): boolean => {
      if (!of(key).some(isStuck)) return false;
      const reached = reachedFiles(path, input);
      const own = of(key).filter(({ read }) => reached.has(read.path));
      // Where some of the code still asks for the flag, only tests that reach none of it can do without.
      return own.length === 0 || own.some(isStuck);
    };
    const own = flags.filter((flag) => !left(flag));
    if (parsed && own.length > 0) setUps.set(path, setUpOf(parsed, own, seeds.get(path) ?? [], input));
  }
  return setUps;
}

/** What was folded before cannot be taken back: places elsewhere are known by it. */
function refusesMore(now: FilePlan, before: FilePlan | undefined): boolean {
  const known = new Set(before?.refused.map(({ seed }) => seed));
  return before !== undefined && now.refused.some(({ seed }) => !known.has(seed));
}

/** The changed files, and those that go. */
function changedOnly(
  texts: ReadonlyMap<string, string | undefined>,
  plans: ReadonlyMap<string, FilePlan>,
): ReadonlyMap<string, string | undefined> {
  return new Map([...texts].filter(([path, text]) => text === undefined || (plans.get(path)?.edits.length ?? 0) > 0));
}

function placesAt(places: Places, path: string): string[] {
  const touches = (parts: readonly { path: string }[]): boolean => parts.some((part) => part.path === path);
  return [...places]
    .filter(([, { outcome }]) => outcome && (touches(outcome.known) || touches(outcome.leaving)))
    .map(([name]) => name);
}

/** The first one itself where the second one brings nothing new. */
function united(known: Gone, more: Gone): Gone {
  const exports = new Set([...known.exports, ...more.exports]);
  const specifiers = new Set([...known.specifiers, ...more.specifiers]);
  const same = exports.size === known.exports.size && specifiers.size === known.specifiers.size;
  return same ? known : { exports, specifiers };
}

function planOf(
  path: string,
  seeds: readonly Seed[],
  gone: Gone,
  outside: Outside,
  setUp: SetUp | undefined,
  source: View['source'],
  input: RemovalInput,
): FilePlan {
  const obstacle = input.withheld?.files.get(path) ?? obstacleOf(path, input);
  if (obstacle === undefined)
    return planWithout(input.withheld, seeds, (active) => planFile(source(path)!, active, gone, outside, setUp));
  const refused = seeds.map((seed) => ({ seed, reason: obstacle }));
  return { edits: [], refused, ...(!isSameOutside(outside, nothingOutside) && { isOdd: true }) };
}

function obstacleOf(path: string, input: RemovalInput): string | undefined {
  if (input.text(path) === undefined) return 'The file cannot be read any more; check that it still exists.';
  const facts = input.facts(path);
  if (facts?.generated) return 'The file is generated; remove the flag from what it is generated from.';
  const host = /\.(vue|svelte|astro)$/.exec(path)?.[1];
  if (isTemplatePath(path)) return 'An Angular template shows a part by it; fold it by hand.';
  if (host !== undefined)
    return `The read is in a ${host[0]!.toUpperCase()}${host.slice(1)} file, whose markup may use it too; fold it by hand.`;
  if (facts && facts.syntaxErrors > 0) return 'The file has syntax errors; mend them first, then remove the flag.';
  return undefined;
}
