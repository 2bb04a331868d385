import type { RiskGroup } from './risk-groups.ts';
import type { TextRange } from './text.ts';
import type { Weight } from './weight.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** `family/name`, for example `flags/undefined-read`. */
export type RuleId = `${'flags' | 'risk' | 'tests' | 'tags' | 'policy'}/${string}`;

/**
 * Why a finding may speak up unasked. `change`: it is about this change. `broken`: it is provably broken wherever it
 * stands. `garden`: it is dead weight; shown by default only in files that this change touches.
 */
export type Scope = 'change' | 'broken' | 'garden';

/** A second place that explains a finding; `text` is removed text that no longer stands in the file. */
export interface Related {
  readonly path: string;
  readonly range: TextRange;
  readonly message: string;
  readonly text?: string;
}

/** A fix by name. Listing it costs nothing; `data` (plain JSON) is what the fix needs to compute its source change. */
export interface FixRef {
  readonly id: string;
  readonly title: string;
  /** Safe fixes keep behaviour and may be applied without a look. */
  readonly safe: boolean;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Whether a risk is under control, and by what; or, of any finding, that somebody suppressed it. Only `open` ones are alarms; suppressed
 * ones are listed in every report.
 */
export interface Verdict {
  readonly state: 'open' | 'flagged' | 'tagged' | 'tested' | 'suppressed';
  /** For example `behind flag 'new-checkout'`, the reason of a tag or a suppression, or the path of the test. */
  readonly by?: string;
  /** Tags and the suppression, of the finding's own file, that speak of it. */
  readonly at?: readonly TextRange[];
  /** What the policy requires for such a risk and is not there. */
  readonly missing?: readonly Remedy[];
}

/** What brings a risk under control. */
export type Remedy = 'flag' | 'tag' | 'test';

export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly scope: Scope;
  readonly path: string;
  readonly range: TextRange;
  readonly message: string;
  readonly related: readonly Related[];
  readonly fixes: readonly FixRef[];
  /** What it is about, for example a flag key or a declaration; with rule and path it makes the fingerprint. */
  readonly subject: string;
  /** Stable over line moves: 16 hex digits of rule, path, subject and how many equal ones came before. */
  readonly fingerprint: string;
  readonly verdict?: Verdict;
  /** Of a rule about this change: what the risk is about. */
  readonly group?: RiskGroup;
  readonly weight?: Weight;
  /** The fingerprint of the heaviest finding of the same declaration, where this one is not it. */
  readonly under?: string;
}
