import type { Change, DeclarationPair } from '../change/change.ts';
import type { ComparedTests, TestPair } from '../change/match-tests.ts';
import type { Finding, FixRef, Related, RuleId, Scope, Severity } from '../core/finding.ts';
import type { History } from '../core/history.ts';
import type { RiskGroup } from '../core/risk-groups.ts';
import type { TextRange } from '../core/text.ts';
import type { ChangeFacts, Declaration, DeclarationForm } from '../facts/change-facts.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { Marks } from '../facts/marks.ts';
import type { Modules } from '../facts/public-names.ts';
import type { FlagDefinition, Inventory } from '../flags/flag.ts';
import type { Policy } from '../policy/schema.ts';
import type { TestReach } from '../testing/reach.ts';
import type { Compared } from './comparing/compared.ts';

/** What a rule looks at: values that were computed before it runs. It asks nothing of disk, clock or editor. */
export interface RuleInput {
  readonly policy: Policy;
  readonly inventory: Inventory;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** Undefined where there is no base. */
  readonly change: Change | undefined;
  /** Changed, added and removed declarations of changed source files (tests set apart), matched. Empty without a base. */
  readonly pairs: readonly DeclarationPair[];
  /** Tests and suites of changed test files, matched; those that are equal are left out. Empty without a base. */
  readonly tests: readonly TestPair[];
  /** All tests of a changed test file, of both sides, by its path now. */
  testFile(path: string): ComparedTests | undefined;
  /** Facts of a file as it is now; undefined for files that are not analysed. */
  facts(path: string): FileFacts | undefined;
  /** What is compared of a changed file as it is now; undefined for files that did not change. */
  changeFacts(path: string): ChangeFacts | undefined;
  /** The same of a changed file at the base, by its path there. */
  baseFacts(path: string): ChangeFacts | undefined;
  /**
   * Files that did not change, beside a file or imported by it, tests and generated ones set apart. The same list, and the same
   * objects in it, as long as they are what they were.
   */
  nearby(path: string): readonly NearFile[];
  /** Files that import the file, sorted; type-only imports are left out. */
  importersOf(path: string): readonly string[];
  /** What is compared of any file as it is now; that of a file that did not change is taken when it is asked for. */
  closely(path: string): ChangeFacts | undefined;
  /** The text of any file as it is now. */
  text(path: string): string | undefined;
  /** What commits before the base touched; undefined where git cannot tell, and in a young repository. */
  readonly history: History | undefined;
  /** The modules of the workspace, with what they export, at the base and now. */
  readonly modules: { readonly base: Modules; readonly now: Modules };
  readonly reach: TestReach;
  readonly files: FileSearch;
  /** Delivery tags and suppressions, by path, of the files that hold any. */
  readonly marked: ReadonlyMap<string, Marks>;
  /** Every rule there is, on or off: for what names them. */
  readonly rules: readonly Rule[];
  /** Definitions that nothing reads, and that no other file mentions. */
  readonly unused: ReadonlySet<FlagDefinition>;
}

/** A file that stands near another one. `forms` are not free: look at the text first. */
export interface NearFile {
  readonly path: string;
  readonly text: string;
  readonly forms: readonly DeclarationForm[];
}

/** What the other rules said, for rules about tags and suppressions. */
export interface Said {
  readonly findings: readonly Finding[];
  /** Rules that the policy switched off or that failed: from their silence follows nothing. */
  readonly silent: ReadonlySet<RuleId>;
}

/** The analysed files as they are now, for the few questions that no fact answers. */
export interface FileSearch {
  paths(): Iterable<string>;
  /** Those whose text names a word. Texts are read for it, once: ask only for what is new with the change. */
  naming(word: string): readonly string[];
}

/** What a rule saw, and where. Message and fixes are functions of it. */
export interface Evidence<Data> {
  readonly path: string;
  readonly range: TextRange;
  /** What it is about: flag key or declaration id. */
  readonly subject: string;
  readonly data: Data;
  readonly related?: readonly Related[];
  /** Of a risk: the declaration that it stands in, for who counts, tags or tests it. */
  readonly declaration?: Declaration;
  /** The same with its counterpart at the base, where code is compared: with it a flag can go around what changed. */
  readonly compared?: Compared;
  /** Where this one weighs less or more than the rule's own severity. */
  readonly severity?: Severity;
}

/** One kind of finding. One file, one fixture: `test/fixtures/rules/<family>/<name>.md`. */
export interface Rule<Data = unknown> {
  readonly id: RuleId;
  /** What it finds, in plain words: a noun phrase for lists and pages. */
  readonly title: string;
  /** Why it matters: one or two sentences for the rule's page. */
  readonly why: string;
  readonly severity: Severity;
  readonly scope: Scope;
  /** Of a rule about this change: what the risk is about. It can be brought under control; see `comparing/under-control.ts`. */
  readonly group?: RiskGroup;
  /** Silent unless the policy gives it a severity. */
  readonly off?: true;
  /** It runs after the others, because it looks at what they said. */
  readonly last?: true;
  check(input: RuleInput, said: Said): Iterable<Evidence<Data>>;
  message(evidence: Evidence<Data>): string;
  fixes?(evidence: Evidence<Data>): readonly FixRef[];
}

/** Declares a rule; only there to infer the type of its evidence. */
export function defineRule<Data>(rule: Rule<Data>): Rule<Data> {
  return rule;
}
