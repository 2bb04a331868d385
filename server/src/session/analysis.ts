import type { Change, ChangedFile, DeclarationPair } from '../change/change.ts';
import { matchDeclarations } from '../change/match.ts';
import { type ComparedTests, matchTests } from '../change/match-tests.ts';
import type { Finding } from '../core/finding.ts';
import type { History } from '../core/history.ts';
import { later } from '../core/later.ts';
import { type FileVersion, isSourcePath } from '../core/snapshot.ts';
import type { ChangeFacts } from '../facts/change-facts.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { ModuleGraph } from '../facts/graph.ts';
import type { TestCases } from '../facts/test-cases.ts';
import { isTestPath } from '../facts/tests.ts';
import type { World } from '../fixes/fix.ts';
import { unreadDefinitions, withoutDoubt } from '../flags/definitions/unread-definitions.ts';
import type { Inventory } from '../flags/flag.ts';
import { buildInventory } from '../flags/inventory.ts';
import { type PolicyProblem, policyPath } from '../policy/policy-file.ts';
import type { Policy } from '../policy/schema.ts';
import { rules } from '../rules/registry.generated.ts';
import type { NearFile, Rule, RuleInput } from '../rules/rule.ts';
import { buildReach } from '../testing/test-reach.ts';
import type { Take } from './change-facts-memo.ts';
import { fileSearch } from './file-search.ts';
import { byPlace, type RuleFailure, runRules } from './findings.ts';
import { inputProblems } from './input-problems.ts';
import { markedFiles } from './marked-files.ts';
import type { Mentions } from './mentions.ts';
import { modulesOf } from './modules.ts';
import type { BaseVersion, Snapshot } from './snapshot.ts';

/** One snapshot before anything in it is judged: cheap enough for each keystroke. */
export interface Survey {
  readonly snapshot: Snapshot;
  readonly change: Change | undefined;
  /** Every file that differs from the base, definition files too. Empty without a base. */
  readonly touched: ReadonlySet<string>;
  readonly inventory: Inventory;
  /** Delivery tags and suppressions, by path, of the files that hold any. */
  readonly marked: RuleInput['marked'];
  /** The same state, as fixes want it. Base and now are compared when somebody asks for it. */
  readonly world: World;
}

/** All that Switchyard has to say about one snapshot. */
export interface Analysis extends Survey {
  /** Of all rules and scopes, those under control included. Sorted. */
  readonly findings: readonly Finding[];
  readonly failures: readonly RuleFailure[];
}

export interface AnalysisParts {
  readonly snapshot: Snapshot;
  /** What commits before the base touched; undefined where git cannot tell, and in a young repository. */
  readonly history: History | undefined;
  /** Of every source file. */
  readonly facts: ReadonlyMap<string, FileFacts>;
  /** Paths of the files that may read a flag. */
  readonly readers: ReadonlySet<string>;
  readonly graph: ModuleGraph;
  /** Texts of the files that may define flags. */
  readonly definitionFiles: readonly { readonly path: string; readonly text: string }[];
  readonly testPaths: ReadonlySet<string>;
  readonly mentions: Mentions;
  /** Comparing needs the compiler; asked only where something changed. Memoised by the caller. */
  readonly takeChangeFacts: Take<ChangeFacts>;
  /** The same for tests. */
  readonly takeTestCases: Take<TestCases>;
  /** Files near a file, but for some. */
  readonly nearby: (path: string, isLeftOut: (path: string) => boolean) => readonly NearFile[];
  /** What is wrong with the policy file; its last good state is in force. */
  readonly policyProblems: readonly PolicyProblem[];
}

/** A survey, and what rules need to judge it. */
export interface Surveyed {
  readonly survey: Survey;
  readonly input: RuleInput;
  readonly policyProblems: readonly PolicyProblem[];
}

/** From facts to findings: pure, and the same for editor, command line and tests. */
export function analyse({ survey, input, policyProblems }: Surveyed, active: readonly Rule[] = rules): Analysis {
  const { findings, failures } = runRules(active, input);
  const problems = inputProblems(policyProblems, survey.inventory, input.text(policyPath));
  return { ...survey, findings: [...problems, ...findings].sort(byPlace), failures };
}

/** Flags of the whole workspace, and what changed, as far as it costs nothing: what is compared of it is told when somebody asks. */
export function surveyOf(parts: AnalysisParts): Surveyed {
  const { snapshot, facts, readers, graph } = parts;
  const { policy, today } = snapshot;
  const { definitionFiles } = parts;
  const found = buildInventory({ files: facts, readers, graph, policy, definitionFiles, today });
  const unread = unreadDefinitions(found, (words) =>
    parts.mentions.find(
      words,
      snapshot.files,
      [...found.flags.values()].flatMap((flag) => flag.definitions),
    ),
  );
  const inventory = withoutDoubt(found, unread);
  const { change, touched } = changeOf(snapshot);
  const compared = later(() => compare(change, facts, parts.takeChangeFacts));
  const tests = later(() => compareTests(change, parts.takeTestCases));
  const text = (path: string) => snapshot.files.get(path)?.text();
  const shared = {
    policy,
    inventory,
    change,
    graph,
    reach: buildReach({ graph, testPaths: parts.testPaths, change }),
    text,
    facts: (path: string) => facts.get(path),
    changeFacts: (path: string) => compared().nowFacts.get(path),
  };
  const input: RuleInput = {
    ...shared,
    today,
    get pairs() {
      return compared().pairs;
    },
    get tests() {
      return tests().tests;
    },
    testFile: (path) => tests().testFile(path),
    history: parts.history,
    importersOf: (path) => graph.importersOf(path),
    nearby: (path) => parts.nearby(path, (one) => touched.has(one)),
    rules,
    marked: markedFiles(facts, change, parts.definitionFiles),
    baseFacts: (path) => compared().baseFacts.get(path),
    closely(path) {
      const { nowFacts } = compared();
      const now = nowFacts.get(path) === undefined ? text(path) : undefined;
      return now === undefined ? nowFacts.get(path) : parts.takeChangeFacts(path, now);
    },
    modules: modulesOf({ snapshot, change, facts, graph, baseFacts: (path) => compared().baseFacts.get(path) }),
    unused: unread.unused,
    files: fileSearch(snapshot.files),
  };
  const paths = later(() => [...snapshot.files.keys()].sort());
  const world: World = {
    ...shared,
    get pairs() {
      return compared().pairs;
    },
    get paths() {
      return paths();
    },
  };
  const survey = { snapshot, change, touched, inventory, marked: input.marked, world };
  return { survey, input, policyProblems: parts.policyProblems };
}

/** Files that differ from the base in their text, unsaved editors included: all of them, and the sources, to be compared. */
function changeOf({ base, files, policy }: Snapshot): { change: Change | undefined; touched: ReadonlySet<string> } {
  const touched = new Set<string>();
  if (!base) return { change: undefined, touched };
  const changed: ChangedFile[] = [];
  const others: ChangedFile[] = [];
  for (const [path, before] of base.files) {
    const one = changedFile(path, before, files.get(path), policy);
    if (!one) continue;
    touched.add(path);
    (isSourcePath(path) ? changed : others).push(one);
  }
  const sorted = (files: ChangedFile[]) => files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const { name: baseName, trailers } = base;
  return { change: { baseName, files: sorted(changed), others: sorted(others), trailers }, touched };
}

interface ToldFile {
  readonly file: FileVersion | undefined;
  readonly policy: Policy;
  readonly changed: ChangedFile | undefined;
}

const told = new WeakMap<BaseVersion, ToldFile>();

/** The same object as long as the file is the same: nothing is read from disk, and what others told of it is still known. */
function changedFile(path: string, before: BaseVersion, file: FileVersion | undefined, policy: Policy) {
  const known = told.get(before);
  if (known && known.file === file && known.policy === policy) return known.changed;
  const now = file?.text();
  // Neither equal, nor there but no text: a file that became binary, or is in another encoding.
  const isChanged = now !== before.text && !(file && now === undefined);
  const test = isTestPath(path, policy.tests.files);
  const changed = isChanged ? { path, basePath: before.path, base: before.text, now, test } : undefined;
  told.set(before, { file, policy, changed });
  return changed;
}

function compare(
  change: Change | undefined,
  facts: ReadonlyMap<string, FileFacts>,
  takeChangeFacts: Take<ChangeFacts>,
): {
  pairs: readonly DeclarationPair[];
  nowFacts: ReadonlyMap<string, ChangeFacts>;
  baseFacts: ReadonlyMap<string, ChangeFacts>;
} {
  const nowFacts = new Map<string, ChangeFacts>();
  const baseFacts = new Map<string, ChangeFacts>();
  const compared = (change?.files ?? [])
    .filter((file) => !file.test && !facts.get(file.path)?.generated)
    .map((file) => {
      const now = file.now === undefined ? undefined : takeChangeFacts(file.path, file.now);
      if (now) nowFacts.set(file.path, now);
      const base = file.base === undefined ? undefined : takeChangeFacts(file.basePath, file.base);
      if (base) baseFacts.set(file.basePath, base);
      return { path: file.path, basePath: file.basePath, base, now };
    });
  return { pairs: compared.length === 0 ? [] : matchDeclarations(compared), nowFacts, baseFacts };
}

function compareTests(change: Change | undefined, take: Take<TestCases>): Pick<RuleInput, 'tests' | 'testFile'> {
  const compared: ComparedTests[] = (change?.files ?? [])
    .filter((file) => file.test)
    .map(({ path, basePath, base, now }) => ({
      path,
      basePath,
      now: now === undefined ? undefined : take(path, now),
      base: base === undefined ? undefined : take(basePath, base),
    }));
  return {
    tests: compared.length === 0 ? [] : matchTests(compared),
    testFile: (path) => compared.find((one) => one.path === path),
  };
}
