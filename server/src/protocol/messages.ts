/**
 * What client and server say to each other beyond the language server protocol: plain JSON, no protocol imports, so that
 * both sides may pin different patches of it. URIs are strings; lines and characters count from 0 as in the protocol.
 */

export interface Place {
  uri: string;
  range: { start: { line: number; character: number }; end: { line: number; character: number } };
}

type VerdictState = 'open' | 'flagged' | 'tagged' | 'tested' | 'suppressed';

export interface ChangeFinding {
  rule: string;
  severity: 'error' | 'warning' | 'info' | 'hint';
  message: string;
  place: Place;
  verdict: VerdictState;
  /** What keeps it under control: a flag, a tag's reason, a test; or the reason of a suppression. */
  by?: string;
  /** What its rule is about, for grouping: `Errors and time`, `Access`, `Flags`... */
  part: string;
  /** What it weighs and why: `2 (warning) x 2 on a critical path (src/pay/**) = 4`. */
  weight?: string;
  /** Who is to look at it, by the policy. */
  owner?: string;
  /** It is about code that stood at the base: there is something to compare with. */
  compares: boolean;
  /** Lighter findings of the same declaration. */
  beneath: ChangeFinding[];
}

/** What to do with a change, told by its heaviest open finding. */
export type Readiness = 'ready' | 'needs-a-look' | 'not-ready';

export interface FolderChange {
  /** URI of the workspace folder. */
  folder: string;
  name: string;
  /** For a person; undefined where there is no base, with `why` saying so. */
  base?: string;
  why?: string;
  changedFiles: number;
  /** By path. */
  files: { uri: string; path: string; findings: ChangeFinding[] }[];
  open: number;
  /** With its heaviest reasons, at most three; undefined where there is no base. */
  verdict?: { state: Readiness; reasons: { message: string; place: Place }[] };
}

export type FlagHealth = 'orphan-read' | 'unused' | 'constant' | 'expired' | 'stale' | 'live' | 'unknown';

export interface FlagView {
  key: string;
  health: FlagHealth;
  value?: boolean | string | number;
  /** What a removal may keep, as far as definitions and code tell: `value` first. */
  values: (boolean | string | number)[];
  /** Why it has this health, as one sentence. */
  reason: string;
  definitions: (Place & { path: string; source: string })[];
  reads: (Place & { path: string; reader: string; inTest: boolean })[];
  owner?: string;
  created?: string;
  expires?: string;
  kind?: 'release' | 'experiment' | 'operational' | 'kill-switch' | 'permission';
  description?: string;
  /** Whole days since it was created, where the policy or a definition tells. */
  age?: number;
}

/** Whole days since the first commit that mentions a flag, by URI of the folder, then by key. */
export type FlagAges = Record<string, Record<string, number>>;

export interface FolderFlags {
  /** URI of the workspace folder. */
  folder: string;
  name: string;
  flags: FlagView[];
  dynamicReads: (Place & { path: string; reader: string })[];
  /** Functions of the folder that were found to read flags. */
  readers: (Place & { path: string; name: string; reason: string })[];
}

/** Answer to `switchyard/overview`. */
export interface Overview {
  change: FolderChange[];
  flags: FolderFlags[];
}

/** A removal that a code action carries in `data.removal`. */
export interface FlagRemoval {
  /** URI of the workspace folder. */
  folder: string;
  key: string;
  keep: boolean | string | number;
}

export interface RemovalRequest {
  /** URI of the workspace folder. */
  folder: string;
  flags: { key: string; keep: boolean | string | number }[];
}

/** What a planned change over many files is answered with; `edit` is a protocol WorkspaceEdit with change annotations. */
export interface Plan {
  title: string;
  complete: boolean;
  edit: unknown;
  files: number;
  edits: number;
  /** In the text as it is before the change. */
  refused: RefusedPlace[];
  /** What the type checker says, as a clause: `no new type errors in 14 files`. Absent where it has no part in it. */
  types?: string;
  cursor?: Place;
}

/** How the label of edits that change nothing starts: they show a place that was refused, with its reason, in a preview. */
export const needsYourLook = 'Needs your look';

/** A place that is left as it is. */
export interface RefusedPlace extends Place {
  path: string;
  reason: string;
}

export interface WrapRequest {
  uri: string;
  version: number;
  range: Place['range'];
  key: string;
}

/** A key to propose for wrapping a place. */
export interface SuggestKeyRequest {
  uri: string;
  range: Place['range'];
}

/** `initializationOptions` of the initialize request. Everything is optional for a client that is not ours. */
export interface InitializationOptions {
  /** Folder on disk for caches; it may not exist yet. */
  storage?: string;
  /** False while the user has not trusted the workspace: then nothing of it may be executed. */
  trusted?: boolean;
  /** The `switchyard` section of the settings, unchecked: `readSettings` of settings.ts makes sense of it. */
  settings?: unknown;
  /** Where a rule's page is, with `{rule}` for its id; the link of diagnostics. */
  rulePage?: string;
}

/** Arguments of the client's command `switchyard.reveal`, which a code action may carry: places the cursor. */
export type RevealArguments = [uri: string, range: Place['range']];

/** Commands of the client that the server's code actions may name. */
export const clientCommands = {
  reveal: 'switchyard.reveal',
  showRefused: 'switchyard.showRefused',
  showReads: 'switchyard.showReads',
  removeFlag: 'switchyard.removeFlag',
  compareWithBase: 'switchyard.compareWithBase',
} as const;

/** Arguments of the client's command `switchyard.compareWithBase`: opens the difference of a file to its base, at a place of it. */
export type CompareArguments = [uri: string, range: Place['range']];

/** Arguments of the client's command `switchyard.showReads`: peeks at reads of a flag, from a place in a file. */
export type ShowReadsArguments = [uri: string, from: Place['range']['start'], reads: Place[]];

/** Arguments of the client's command `switchyard.showRefused`: what a quick fix left, after it was applied. */
export type ShowRefusedArguments = [places: RefusedPlace[]];

/** A way in which code may read or list flags, that nobody named. */
export interface ShapeView {
  id: string;
  title: string;
  reason: string;
  /** Three places at most. */
  evidence: (Place & { path: string })[];
  uses: number;
  keys: string[];
  /** There is little doubt. */
  likely: boolean;
  /** The entry that the policy would get, as JSON. */
  entry: string;
}

/** A function of the folder that was found to read flags for its callers. */
export interface ReaderView {
  id: string;
  name: string;
  reason: string;
  place: Place & { path: string };
  uses: number;
  /** The entry that would say so in the policy, as JSON; undefined where none can. */
  entry?: string;
}

export interface ShapesRequest {
  /** URI of the workspace folder. */
  folder: string;
}

/** Answer to `switchyard/detectShapes`. */
export interface DetectedShapes {
  /** The likeliest first. */
  proposals: ShapeView[];
  readers: ReaderView[];
}

/** What of it to write into the policy, by ids; `not:` before the id of a reader says that it is none. */
export interface PinShapesRequest {
  /** URI of the workspace folder. */
  folder: string;
  ids: string[];
}

/** `plain` names places as `src/a.ts:12`, for a pull request; else they link to files of this machine. */
export interface ReviewRequest {
  plain: boolean;
}

export interface BaseText {
  /** Undefined where the file is new. */
  text?: string;
  /** Its path at the base. */
  path: string;
  /** For a person: `merge base with origin/main (1a2b3c4)`. */
  base: string;
}

/** Method names and their parameters and answers. */
export const methods = {
  /** request () -> Overview */
  overview: 'switchyard/overview',
  /** notification from the server: findings or flags changed, views may ask again. */
  changed: 'switchyard/changed',
  /** notification from the server, { places: RefusedPlace[] }: a rename left these places as they were. */
  left: 'switchyard/left',
  /** request RemovalRequest -> Plan */
  planRemoval: 'switchyard/planRemoval',
  /** request RemovalRequest -> string: the same as JSON, as `switchyard remove --format json` prints it */
  removalJson: 'switchyard/removalJson',
  /** request WrapRequest -> Plan */
  planWrap: 'switchyard/planWrap',
  /** request SuggestKeyRequest -> string */
  suggestKey: 'switchyard/suggestKey',
  /** request ReviewRequest -> string, Markdown */
  review: 'switchyard/review',
  /** request { uri } -> BaseText: a file as it was at the base */
  baseText: 'switchyard/baseText',
  /** request () -> FlagAges: what git knows, which may take seconds */
  flagAges: 'switchyard/flagAges',
  /** request () -> string, Markdown: the flags of all folders */
  flagReport: 'switchyard/flagReport',
  /** request { folder } -> { path, text }: a commented policy to start from */
  newPolicy: 'switchyard/newPolicy',
  /** request ShapesRequest -> DetectedShapes; takes seconds, may be cancelled */
  detectShapes: 'switchyard/detectShapes',
  /** request PinShapesRequest -> Plan: the policy with what was chosen */
  pinShapes: 'switchyard/pinShapes',
} as const;
