import { type CancellationToken, neverCancelled } from '../core/cancellation.ts';
import type { Finding, FixRef } from '../core/finding.ts';
import type { SourceChange } from '../core/source-change.ts';
import type { TextRange } from '../core/text.ts';
import { UserError } from '../core/user-error.ts';
import type { ChangeFacts } from '../facts/change-facts.ts';
import type { TestCases } from '../facts/test-cases.ts';
import type { World } from '../fixes/fix.ts';
import { recipeFor } from '../flags/catalogue.ts';
import { notationOf } from '../flags/definitions/data-tree.ts';
import { loadYamlParser } from '../flags/definitions/yaml-parser.ts';
import { factsToTake } from '../flags/inventory.ts';
import type { FirstMention, Host } from '../host/ports.ts';
import { policyPath } from '../policy/policy-file.ts';
import type { RemovalRequest } from '../removal/remove-flags.ts';
import { obstacleOf } from '../rename/obstacles.ts';
import { type Renaming, renameKey } from '../rename/rename-key.ts';
import { type Analysis, analyse, type Survey, type Surveyed, surveyOf } from './analysis.ts';
import { BaseState } from './base-state.ts';
import { ChangeFactsMemo, type Taking } from './change-facts-memo.ts';
import { ComparedStore } from './compared-store.ts';
import type { Engine } from './engine.ts';
import { FactsStore, type Progress } from './facts-store.ts';
import { FileState } from './file-state.ts';
import { KeyAges } from './key-ages.ts';
import { loadEngine } from './load-engine.ts';
import { Mentions } from './mentions.ts';
import { Nearby } from './nearby.ts';
import { PolicyState } from './policy-state.ts';
import { type DetectedShapes, pinned, shapesOf } from './shape-detection.ts';
import { SideFiles } from './side-files.ts';
import type { Snapshot } from './snapshot.ts';
import { TestPaths } from './test-paths.ts';
import { removeChecked, type TypeCheckWish } from './type-check.ts';

/** What happened to the world. The session looks at nothing on its own: somebody tells it. */
export type WorkspaceChange =
  /** An editor opened the file or changed its text. */
  | { readonly kind: 'edited'; readonly path: string; readonly text: string; readonly version: number }
  | { readonly kind: 'closed'; readonly path: string }
  /** Files were created, changed or deleted on disk. */
  | { readonly kind: 'disk'; readonly paths: readonly string[] }
  /** Anything may have happened on disk: list again. */
  | { readonly kind: 'everything' }
  /** The person chose another base; '' for the default. */
  | { readonly kind: 'base'; readonly ref: string };

export interface SessionOptions {
  readonly host: Host;
  /** The ref to compare with; the policy's or the default branch when left out. */
  readonly base?: string;
  /** Only what is staged, as it is staged: what a commit would hold that was made now. */
  readonly staged?: boolean;
}

/** One workspace folder under analysis: the one place where state changes. Every face of Switchyard asks a session. */
export interface Session {
  apply(change: WorkspaceChange): void;
  /**
   * The analysis of the world as told so far. Memoised: asking twice costs nothing.
   * @throws Cancelled; UserError for a base that does not exist or a folder that cannot be read.
   */
  analyse(token?: CancellationToken, progress?: Progress): Promise<Analysis>;
  /** The same world before it is judged: what can be asked at each keystroke. Throws as `analyse` does. */
  survey(token?: CancellationToken): Promise<Survey>;
  /** The source change of a listed fix. @throws UserError when it cannot be done at all. */
  fix(ref: FixRef, token?: CancellationToken): Promise<SourceChange>;
  /** With a wish, what would bring new type errors is left, and the change says what was compared. */
  removeFlags(
    requests: readonly RemovalRequest[],
    token?: CancellationToken,
    types?: TypeCheckWish,
  ): Promise<SourceChange>;
  /**
   * A flag under another key, everywhere.
   * @throws UserError with the reason and the places where that is not certain.
   */
  renameKey(key: string, to: string, token?: CancellationToken): Promise<Renaming>;
  /** Why a flag cannot be renamed, whatever its new key; undefined where it can. */
  whyNotRename(key: string, token?: CancellationToken): Promise<string | undefined>;
  wrap(path: string, range: TextRange, key: string, token?: CancellationToken): Promise<SourceChange>;
  /** A key for wrapping this place, in the style of the keys that exist. */
  suggestKey(path: string, range: TextRange, token?: CancellationToken): Promise<string>;
  /**
   * The first commit that mentions each flag, by key, where git can tell. Takes seconds the first time: for views and pages
   * that show an age, never for findings.
   */
  firstMentions(token?: CancellationToken): Promise<ReadonlyMap<string, FirstMention>>;
  /** Ways in which code may read flags that nobody named, and functions that were found to read them. Takes seconds. */
  detectShapes(token?: CancellationToken, progress?: Progress): Promise<DetectedShapes>;
  /** Writes some of what `detectShapes` found, by id, into the policy; `not:` before a reader's id says that it is none. @throws UserError where that cannot be done. */
  pinShapes(ids: readonly string[], token?: CancellationToken): Promise<SourceChange>;
  /** The text of a file as it stands on disk, analysed or not: for places in documentation and environments. */
  textOnDisk(path: string): string | undefined;
  /** Keeps what was learned for the next start. */
  save(): Promise<void>;
}

/** What is known of a snapshot: it is judged when somebody asks. */
interface Looked extends Surveyed {
  analysis?: Analysis;
}

export function createSession({ host, base, staged }: SessionOptions): Session {
  const files = new FileState(host.files);
  const policy = new PolicyState();
  const baseState = new BaseState(host, base);
  const facts = new FactsStore(host);
  const side = new SideFiles();
  const mentions = new Mentions(facts);
  const ages = new KeyAges(host.git);
  const compared = new ComparedStore(host.compared);
  const changeFacts = new ChangeFactsMemo('facts', compared, changeFactsOf);
  const testCases = new ChangeFactsMemo('tests', compared, testCasesOf);
  const tests = new TestPaths();
  const near = new Nearby();
  const takeForms = (path: string, text: string) => changeFacts.take(path, text).declarations;
  let last: Looked | undefined;
  let recipeId: string | undefined;
  let shapes: { readonly analysis: Analysis; readonly found: DetectedShapes } | undefined;
  /** Some definition file is YAML. */
  let readsYaml = false;
  let queue: Promise<unknown> = Promise.resolve();

  function* packed() {
    yield* changeFacts.packed();
    yield* testCases.packed();
  }

  /** The snapshot of this moment, with all that is known of it so far. */
  async function look(token: CancellationToken, progress?: Progress): Promise<Looked> {
    if (!last) policy.readText(host.files.read(policyPath));
    if (!last && staged) {
      const { texts, untracked } = await host.git.staged(token);
      files.leaveOut(untracked);
      for (const [path, text] of texts) files.apply({ kind: 'edited', path, text, version: 0 });
    }
    await together(
      files.sync(policy.current, token),
      baseState.sync(policy.current, files.diskGeneration, token),
      facts.prepare(recipeFor(policy.current), loadEngine),
    );
    if (policy.read(files.snapshot())) {
      await files.sync(policy.current, token);
      await baseState.sync(policy.current, files.diskGeneration, token);
    }
    const current = files.snapshot();
    const snapshot: Snapshot = {
      policy: policy.current,
      files: current,
      base: baseState.base(files.open()),
      whyNoBase: baseState.whyNot,
      today: host.today(),
    };
    if (last && isSame(last.survey.snapshot, snapshot)) return last;
    const recipe = recipeFor(snapshot.policy);
    // Under another recipe all facts are others.
    const changes = files.changes();
    const changed = new Set([...changes.keys(), ...(recipe.id === recipeId ? [] : current.keys())]);
    const known = await facts.update(current, changed, recipe, files.disk, loadEngine, token, progress);
    const { readers } = facts;
    let beside = side.update(current, known, snapshot.policy, changed);
    const isYaml = ({ path, text }: { path: string; text: string }) => notationOf(path, text) === 'yaml';
    readsYaml = isYamlChanged(snapshot) || beside.definitionFiles.some(isYaml);
    if (readsYaml) await loadYamlParser();
    const told = new Set(changed);
    for (;;) {
      const sources = { files: known, readers, graph: beside.graph, policy: snapshot.policy };
      const wanted = factsToTake(sources);
      const { closely } = wanted;
      const again = closely.length > 0 ? closely : await facts.lookFor(wanted, current, recipe, loadEngine, token);
      if (again.length === 0) break;
      for (const path of again) told.add(path);
      if (again === closely) await facts.takeClosely(closely, current, recipe, loadEngine, token);
      beside = side.update(current, known, snapshot.policy, new Set(again));
    }
    await changeFacts.prepare(snapshot, loadEngine);
    await testCases.prepare(snapshot, loadEngine);
    const testPaths = tests.of(known, snapshot.policy, changed);
    const around = { files: current, policy: policy.current, facts: known, graph: beside.graph, testPaths, takeForms };
    const nearby = near.of(around, told);
    const policyProblems = policy.problems;
    mentions.changed(changed);
    const history = snapshot.base && snapshot.base.files.size > 0 ? await baseState.history(token) : undefined;
    const parts = {
      snapshot,
      history,
      facts: known,
      readers,
      ...beside,
      testPaths,
      mentions,
      takeChangeFacts: changeFacts.take,
      takeTestCases: testCases.take,
      nearby,
      policyProblems,
    };
    let surveyed = surveyOf(parts);
    const unsure = mentions.unknownElsewhere();
    if (unsure.length > 0) {
      mentions.learn(unsure, await host.git.mentionedInOtherFiles(unsure, token));
      surveyed = surveyOf(parts);
    }
    last = surveyed;
    recipeId = recipe.id;
    files.settled(changes);
    return last;
  }

  /** Steps run one after another: a cancelled one leaves what it finished, and the next goes on from there. */
  function inTurn<T>(step: () => Promise<T>): Promise<T> {
    const next = queue.then(step);
    queue = next.catch(() => undefined);
    return next;
  }

  function surveyed(token: CancellationToken = neverCancelled): Promise<Survey> {
    return inTurn(async () => (await look(token)).survey);
  }

  function analysed(token: CancellationToken = neverCancelled, progress?: Progress): Promise<Analysis> {
    return inTurn(async () => {
      const at = await look(token, progress);
      if (at.analysis) return at.analysis;
      for (const memo of [changeFacts, testCases]) memo.begin();
      at.analysis = analyse(at);
      compared.letGo();
      return at.analysis;
    });
  }

  /** What rewrites code and definitions, with the parser that the definitions of this folder need. */
  async function rewriters(): Promise<Engine> {
    const engine = await loadEngine();
    if (readsYaml) await engine.loadYamlParser();
    return engine;
  }

  /** The world with the files beside the analysed ones, whose texts are read when they are asked for. */
  async function withBeside(world: World, token: CancellationToken = neverCancelled): Promise<World> {
    const beside = await host.files.listBeside(policy.current, token);
    if (world.paths.some((path) => /\.ya?ml$/.test(path))) await (await loadEngine()).loadYamlParser();
    const names = new Set(beside);
    const text = (path: string) => world.text(path) ?? (names.has(path) ? host.files.read(path) : undefined);
    return { ...world, beside, text };
  }

  /** The last detection is kept: who chooses among its proposals asks for them again. */
  async function detected(token: CancellationToken = neverCancelled, progress?: Progress): Promise<DetectedShapes> {
    const analysis = await analysed(token);
    if (shapes?.analysis !== analysis)
      shapes = { analysis, found: await shapesOf(analysis, host, await loadEngine(), token, progress) };
    return shapes.found;
  }

  return {
    apply(change) {
      if (change.kind === 'base') baseState.want(change.ref);
      else files.apply(change);
      const isOther = (path: string) => !files.disk.has(path);
      if (change.kind === 'everything' || (change.kind === 'disk' && change.paths.some(isOther)))
        mentions.forgetElsewhere();
    },
    analyse: analysed,
    survey: surveyed,
    async fix(ref, token) {
      const { world } = await analysed(token);
      const { fixes } = await rewriters();
      const fix = fixes.find((one) => one.id === ref.id);
      if (!fix) throw new UserError(`There is no fix called '${ref.id}'.`);
      return fix.build(ref.data, fix.looksBeside ? await withBeside(world, token) : world);
    },
    async removeFlags(requests, token, types) {
      const { world: within } = await analysed(token);
      const open = files.openTexts();
      const engine = await rewriters();
      for (const { key } of requests) if (!within.inventory.flags.has(key)) throw new UserError(unknownFlag(key));
      const world = await withBeside(within, token);
      if (types === undefined) return engine.removeFlags(requests, world, token);
      return removeChecked({ requests, world, engine, open, types: host.types }, types, token);
    },
    async renameKey(key, to, token) {
      const { world } = await analysed(token);
      return renameKey(key, to, world);
    },
    async whyNotRename(key, token) {
      const { world } = await analysed(token);
      return obstacleOf(key, world);
    },
    async wrap(path, range, key, token) {
      const { world } = await analysed(token);
      const { wrapInFlag } = await loadEngine();
      return wrapInFlag({ path, range, key }, world);
    },
    async suggestKey(path, range, token) {
      const { world } = await analysed(token);
      const { suggestKey } = await loadEngine();
      return suggestKey(world, path, range);
    },
    async firstMentions(token = neverCancelled) {
      const { inventory } = await analysed(token);
      return ages.of(inventory.flags.keys(), token);
    },
    detectShapes: detected,
    async pinShapes(ids, token) {
      const shapes = await detected(token);
      return pinned(ids, shapes, files.snapshot().get(policyPath)?.text());
    },
    textOnDisk: (path) => host.files.read(path),
    async save() {
      await facts.save(files.disk);
      compared.save(packed());
    },
  };
}

function changeFactsOf({ takeChangeFacts, packChangeFacts, unpackChangeFacts }: Engine): Taking<ChangeFacts> {
  return { take: takeChangeFacts, pack: packChangeFacts, unpack: unpackChangeFacts };
}

function testCasesOf({ takeTestCases }: Engine): Taking<TestCases> {
  return { take: takeTestCases, pack: JSON.stringify, unpack: (_path, _text, json) => JSON.parse(json) as TestCases };
}

/** Rules compare workflows and manifests. */
function isYamlChanged({ base }: Snapshot): boolean {
  return base !== undefined && [...base.files.keys()].some((path) => /\.ya?ml$/.test(path));
}

/** Waits for all, also when one fails, so that nothing of a step goes on behind the next one. */
async function together(...work: readonly Promise<void>[]): Promise<void> {
  for (const one of await Promise.allSettled(work)) if (one.status === 'rejected') throw one.reason;
}

/** What is shown unasked: open risks of this change that are more than a hint, what is broken, and dead weight only where the change is. */
export function isShown(finding: Finding, analysis: Pick<Analysis, 'change' | 'touched'>): boolean {
  if (finding.scope === 'change' && finding.severity === 'hint') return false;
  return (finding.verdict?.state ?? 'open') === 'open' && isNear(finding, analysis);
}

/** It concerns this change, or is broken wherever it stands. */
function isNear({ scope, path }: Finding, { change, touched }: Pick<Analysis, 'change' | 'touched'>): boolean {
  return scope !== 'garden' || !change || touched.has(path);
}

/** What would be shown if nobody had suppressed it: every report lists it. */
export function suppressedIn(analysis: Analysis, all: boolean): readonly Finding[] {
  return analysis.findings.filter((one) => one.verdict?.state === 'suppressed' && (all || isNear(one, analysis)));
}

function unknownFlag(key: string): string {
  return `No flag '${key}' is read or defined here. 'switchyard flags' lists those that are known.`;
}

function isSame(a: Snapshot, b: Snapshot): boolean {
  return (
    a.files === b.files &&
    a.policy === b.policy &&
    a.base === b.base &&
    a.whyNoBase === b.whyNoBase &&
    a.today === b.today
  );
}
