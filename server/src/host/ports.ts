import type { CancellationToken } from '../core/cancellation.ts';
import type { History } from '../core/history.ts';
import type { FileChange } from '../core/source-change.ts';
import type { TypeReport } from '../core/type-report.ts';
import type { FileFacts } from '../facts/file-facts.ts';

/**
 * What the session asks of the world outside, for one workspace folder. Types only: `node-host.ts` answers with Node and
 * git, a test with values in memory. Every path is relative to the folder and has forward slashes.
 */
export interface Host {
  readonly files: Files;
  readonly git: Git;
  readonly cache: FactsCache;
  /** Absent where nothing that was compared is kept between runs. */
  readonly compared?: ComparedCache;
  /** Absent where types cannot be checked. */
  readonly types?: TypeChecker;
  /** The day as YYYY-MM-DD in the person's time zone. */
  today(): string;
}

/** Two stats that are equal in all three fields mean that the content did not change. */
export interface FileStat {
  /** Milliseconds since 1970, with fractions. */
  readonly mtimeMs: number;
  /** When content or inode changed last: it moves even where a program restored `mtimeMs`. */
  readonly ctimeMs: number;
  /** Bytes. */
  readonly size: number;
}

export interface ListedFile extends FileStat {
  readonly path: string;
}

/** What of the policy decides which files are looked at. A `Policy` is one. */
export interface FileFilter {
  readonly exclude: readonly string[];
  readonly maxFileSizeKb: number;
}

export interface Files {
  /**
   * All files worth analysing, sorted by path: source files (no `.d.ts`), JSON and JSONC (definitions, tsconfig,
   * package.json, the policy). Left out: what git ignores, `node_modules`, build output and vendored code (even when
   * tracked), minified names, oversized files, links, and what `filter.exclude` names. Within git it lists tracked and untracked
   * files through git, elsewhere it walks and heeds `.gitignore` files itself.
   * @throws UserError when the folder cannot be read; Cancelled.
   */
  list(filter: FileFilter, token: CancellationToken): Promise<ListedFile[]>;
  /** Those of `paths` that `list` would give now: for files that a watcher saw appear or change. Sorted. */
  listAmong(paths: readonly string[], filter: FileFilter, token: CancellationToken): Promise<ListedFile[]>;
  /**
   * Files that are not analysed, but may document a flag, set it, or be taken along by code: documentation, environments, Dockerfiles,
   * style sheets, pictures that are text, snapshots of tests, declarations. Left out is what `list` leaves out. Sorted.
   */
  listBeside(filter: FileFilter, token: CancellationToken): Promise<string[]>;
  /** Undefined when the path is gone or is no ordinary file. */
  stat(path: string): FileStat | undefined;
  /**
   * The text, a byte order mark kept. Undefined when the file is gone, not UTF-8, binary, or a minified source file
   * (`isMinified` in `source-files.ts` is the same test for texts of editors).
   */
  read(path: string): string | undefined;
  /** Reads many files, faster than one promise each: in slices of about 20 ms, between which the event loop runs. */
  readAll(
    paths: readonly string[],
    visit: (path: string, text: string | undefined) => void,
    token: CancellationToken,
  ): Promise<void>;
  /**
   * Carries out a source change on disk: all files or none as far as checks can tell, each by a rename.
   * @throws UserError when a file is no longer as the change found it, or cannot be written.
   */
  write(changes: readonly FileChange[]): void;
}

/** A base that was found. */
export interface Base {
  readonly kind: 'base';
  /** The ref that the working tree is compared with (`origin/main`, `HEAD`). */
  readonly ref: string;
  /** The merge base of HEAD and `ref`, as a full object id. */
  readonly commit: string;
  /** For a person: `merge base with origin/main (1a2b3c4)`. */
  readonly name: string;
}

/** Without git, without commits, or where no base can be told: a sentence says why. */
export interface NoBase {
  readonly kind: 'none';
  readonly why: string;
}

/** A file that differs between base and working tree, on disk. Nothing is said of unsaved editors. */
export interface ChangedPath {
  readonly path: string;
  /** The path at the base; equal to `path` unless `renamed`. */
  readonly basePath: string;
  readonly status: 'added' | 'modified' | 'renamed' | 'deleted';
}

export interface Git {
  /**
   * The base to compare with. `wanted` is the policy's or the user's branch or ref (also tried as `origin/<wanted>`);
   * without it the default branch is looked for: the remote's HEAD, well-known names, the branch that the repository began
   * with. On the default branch itself it is the upstream, else HEAD (uncommitted changes).
   * @throws UserError when `wanted` does not exist; Cancelled.
   */
  findBase(wanted: string | undefined, token: CancellationToken): Promise<Base | NoBase>;
  /**
   * Committed, staged, unstaged and untracked changes since `commit` among files with a name that is analysed, sorted by path.
   * A renamed file is one entry, whether the rename is committed or not.
   */
  changedFiles(commit: string, filter: FileFilter, token: CancellationToken): Promise<ChangedPath[]>;
  /**
   * Texts of files as they stood at `commit`, by path. A path that did not exist there, is binary, not UTF-8, oversized for git's
   * filters (LFS) or missing in a partial clone has no entry: leave a `modified` file without base text out of the change.
   */
  readBase(commit: string, paths: readonly string[], token: CancellationToken): Promise<Map<string, string>>;
  /**
   * The lines `Risk: kind - reason` at the end of the messages of commits since `commit`, newest first. Empty where git cannot tell.
   * @throws Cancelled.
   */
  riskTrailers(commit: string, token: CancellationToken): Promise<RiskTrailer[]>;
  /**
   * What the last 500 or so commits up to `commit` touched, merges left out. Undefined in a young repository (fewer than 50 commits), and where
   * git cannot tell within two seconds. Kept by commit.
   * @throws Cancelled.
   */
  history(commit: string, token: CancellationToken): Promise<History | undefined>;
  /**
   * What a commit would hold that was made now: texts of the index where the work tree has other ones, and the files that git does not
   * follow. Empty outside git.
   * @throws Cancelled.
   */
  staged(token: CancellationToken): Promise<Staged>;
  /**
   * A fingerprint of HEAD, the index and the branches: when it changes, base and changed files are to be asked again. Costs
   * a few stats, no process. `''` outside git.
   */
  headState(): string;
  /**
   * The first commit of HEAD's history that mentions each key, in code or data below the folder; keys without one, or where
   * that cannot be told (no git, the oldest commits of a shallow clone), have no entry. Takes seconds the first time: ask on demand
   * only. Answers are kept by HEAD. What git says is shown, and judges nothing: another clone may say something else.
   * @throws Cancelled.
   */
  firstMentions(keys: readonly string[], token: CancellationToken): Promise<Map<string, FirstMention>>;
  /**
   * Which of `words` stand in files of the folder that are not analysed: code in other languages, templates, scripts. Tracked
   * files and new ones, documentation left out. Empty outside git; all of them where git cannot tell.
   * @throws Cancelled.
   */
  mentionedInOtherFiles(words: readonly string[], token: CancellationToken): Promise<ReadonlySet<string>>;
}

export interface Staged {
  readonly texts: ReadonlyMap<string, string>;
  readonly untracked: ReadonlySet<string>;
}

export interface RiskTrailer {
  readonly kind: string;
  /** `''` where the line says none. */
  readonly reason: string;
}

export interface FirstMention {
  /** When it was written: YYYY-MM-DD, in the author's time zone. */
  readonly date: string;
  readonly author: string;
  /** A full object id. */
  readonly commit: string;
}

/** What is kept of a file between runs. */
export interface CachedFile extends FileStat {
  /** `hashText` of the text that the facts were taken from. */
  readonly hash: string;
  readonly facts: FileFacts;
  /** Which words of a set that was looked for (named by its hash) stand in the file. */
  readonly mentions?: { readonly asked: string; readonly found: readonly string[] };
}

/** Names that facts were taken for besides those of the recipe: of functions of the workspace that were found to read flags. */
export interface LearntNames {
  readonly names: readonly string[];
  /** Names the functions that they were learnt from. */
  readonly readers: string;
}

/** What is kept between runs, by path. */
export interface KeptFacts extends Map<string, CachedFile> {
  learnt?: LearntNames;
}

export interface FactsCache {
  /** What was saved under the same recipe; empty when there is nothing, or it is damaged or of another version. Never throws. */
  load(recipeId: string): Promise<KeptFacts>;
  /** Replaces what was kept. Give it the files that exist: others are forgotten. Failure is harmless and silent. */
  save(recipeId: string, files: ReadonlyMap<string, CachedFile>, learnt?: LearntNames): Promise<void>;
}

/** What was told of changed texts, as JSON by a key that names path and content. */
export interface ComparedCache {
  /** What the same program saved; empty when there is nothing, or it is damaged. Never throws. */
  load(): ReadonlyMap<string, string>;
  /** Replaces what was kept. Failure is harmless and silent. */
  save(entries: Iterable<readonly [key: string, json: string]>): void;
}

export interface TypeChecker {
  /** Begins a comparison. Nothing is run before it is asked. */
  start(): RunningTypeChecker;
}

export interface RunningTypeChecker {
  /**
   * The errors of files, each under its own tsconfig.json.
   * @param texts what stands in place of the texts on disk, by path; empty for a file that goes: who still imports it is told
   * @throws Cancelled; Error where the type checker could not do its work, with the end of a sentence.
   */
  check(
    texts: ReadonlyMap<string, string>,
    files: readonly string[],
    token: CancellationToken,
    progress?: (done: number, all: number) => void,
  ): Promise<TypeReport>;
  /** Gives its memory back; whatever it still does is stopped. */
  close(): void;
}
