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
import { type Gone, nothingGone, type Orphaned, orphanSearch } from './sweeping/orphaned-modules.ts';
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

/** What follows from what settles within a few rounds; places that never do are left out. */
const mostRounds = 100;

interface Attempt extends FilePlans {
  /** Names of places that do not hold. */
  readonly odd: readonly string[];
}

/** How far an attempt has come. */
interface Progress {
  readonly plans: Map<string, FilePlan>;
  readonly deleted: Set<string>;
  /** The changed files as they will be; `undefined` for those that go. */
  readonly texts: Map<string, string | undefined>;
  readonly gone: Map<string, Gone>;
  places: Places;
  outside: ReadonlyMap<string, Outside>;
  setUps?: ReadonlyMap<string, SetUp>;
}

function attemptPlans(
  requests: readonly RemovalRequest[],
  seeds: SeedsByPath,
  input: RemovalInput,
  source: View['source'],
  banned: ReadonlySet<string>,
  token: CancellationToken,
): Attempt {
  const now: Progress = {
    plans: new Map(),
    deleted: new Set(),
    texts: new Map(),
    gone: new Map(),
    places: new Map(),
    outside: new Map(),
  };
  const { plans, deleted } = now;
  const keys = new Set(requests.map(({ key }) => key));
  const orphansAfter = orphanSearch(input);
  const view = viewOf(input, source, plans, deleted);
  // What a test sets up can be told once it is known whether all code folds.
  let queue = new Set([...seeds.keys()].filter((path) => !isTestLike(path)));
  for (let grew = true, round = 0; grew; round++) {
    if (round > mostRounds) return { plans, deleted, looks: new Map(), odd: [...now.places.keys()] };
    const changed = queue;
    for (const path of queue) {
      throwIfCancelled(token);
      const made = planOf(path, seeds.get(path) ?? [], keys, now, source, input);
      const odd = oddPlaces(path, made, now);
      if (odd.length > 0) return { plans, deleted, looks: new Map(), odd };
      take(path, made, now, input);
    }
    queue = new Set();
    if (!now.setUps) {
      now.setUps = setUpsOf(requests, seeds, plans, source, input);
      for (const path of [...now.setUps.keys(), ...seeds.keys()]) if (!plans.has(path)) queue.add(path);
    }
    grew = takeOrphans(orphansAfter(changedOnly(now.texts, plans)), now, queue);
    now.places = followPlaces(view, changed, now.places, banned);
    const next = outsideOf(now.places);
    for (const path of new Set([...next.keys(), ...now.outside.keys()]))
      if (!isSameOutside(outsideAt(next, path), outsideAt(now.outside, path)) && !deleted.has(path)) queue.add(path);
    now.outside = next;
    grew ||= queue.size > 0;
  }
  return { plans, deleted, looks: looksOf(now.places), odd: [] };
}

function outsideAt(outside: ReadonlyMap<string, Outside>, path: string): Outside {
  return outside.get(path) ?? nothingOutside;
}

function take(path: string, made: FilePlan, { plans, texts, deleted }: Progress, input: RemovalInput): void {
  plans.set(path, made);
  texts.set(path, applyEdits(input.text(path) ?? '', made.edits));
  if (!made.isEmptied || input.facts(path)?.exports.length) return;
  deleted.add(path);
  texts.set(path, undefined);
}

/** Notes files and exports that lost their last user; true when a file is new among them. */
function takeOrphans({ files, gone: more }: Orphaned, { deleted, texts, gone }: Progress, queue: Set<string>): boolean {
  const before = deleted.size;
  for (const path of files) {
    deleted.add(path);
    texts.set(path, undefined);
  }
  for (const [path, one] of more) {
    const all = united(gone.get(path) ?? nothingGone, one);
    if (deleted.has(path) || all === gone.get(path)) continue;
    gone.set(path, all);
    queue.add(path);
  }
  return deleted.size > before;
}

/**
 * Places because of which a file cannot be planned, or from which it refuses what it folded before: what is known elsewhere by that
 * read does not hold then.
 */
function oddPlaces(path: string, made: FilePlan, { plans, places }: Progress): string[] {
  const before = plans.get(path);
  const known = new Set(before?.refused.map(({ seed }) => seed));
  const lost = new Set(before ? made.refused.flatMap(({ seed }) => (known.has(seed) ? [] : [seed])) : []);
  if (!made.isOdd && lost.size === 0) return [];
  return [...places].flatMap(([name, { outcome }]) => {
    const touches = [...(outcome?.known ?? []), ...(outcome?.leaving ?? [])].some((part) => part.path === path);
    const derives = outcome?.known.some((part) => part.known.seeds.some((seed) => lost.has(seed)));
    return touches || derives ? [name] : [];
  });
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

/** The changed files, and those that go. */
function changedOnly(
  texts: ReadonlyMap<string, string | undefined>,
  plans: ReadonlyMap<string, FilePlan>,
): ReadonlyMap<string, string | undefined> {
  return new Map([...texts].filter(([path, text]) => text === undefined || (plans.get(path)?.edits.length ?? 0) > 0));
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
  keys: ReadonlySet<string>,
  now: Progress,
  source: View['source'],
  input: RemovalInput,
): FilePlan {
  const outside = outsideAt(now.outside, path);
  const gone = { ...(now.gone.get(path) ?? nothingGone), keys };
  const obstacle = input.withheld?.files.get(path) ?? obstacleOf(path, input);
  if (obstacle === undefined)
    return planWithout(input.withheld, seeds, (active) =>
      planFile(source(path)!, active, gone, outside, now.setUps?.get(path)),
    );
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
