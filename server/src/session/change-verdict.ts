import type { Finding, Severity } from '../core/finding.ts';
import type { Declaration } from '../facts/change-facts.ts';
import type { Readiness } from '../protocol/messages.ts';
import { isSetApart } from '../rules/comparing/set-apart.ts';
import type { Analysis } from './analysis.ts';
import { isShown } from './session.ts';

export interface ChangeVerdict {
  readonly state: Readiness;
  /** Up to three: the heaviest open findings that led to it. */
  readonly reasons: readonly Finding[];
}

const order: readonly Severity[] = ['hint', 'info', 'warning', 'error'];

/** Told by the heaviest open finding, from the severities that the policy names. */
export function changeVerdict(analysis: Pick<Analysis, 'findings' | 'change' | 'touched' | 'snapshot'>): ChangeVerdict {
  const { needsALook, notReady } = analysis.snapshot.policy.risk.verdict;
  const reaches = (one: Finding, least: Severity) => order.indexOf(one.severity) >= order.indexOf(least);
  const open = analysis.findings
    .filter((one) => one.under === undefined && one.scope !== 'garden' && isShown(one, analysis))
    .filter((one) => reaches(one, needsALook) || reaches(one, notReady))
    .sort((a, b) => heaviness(b) - heaviness(a));
  const state = open.some((one) => reaches(one, notReady)) ? 'not-ready' : open.length > 0 ? 'needs-a-look' : 'ready';
  return { state, reasons: open.slice(0, 3) };
}

function heaviness({ severity, weight }: Finding): number {
  return order.indexOf(severity) * 100 + (weight?.total ?? 0);
}

/** How many functions changed or are new: what counts of findings are measured by. Tests and generated code are set apart. */
export function changedFunctions(pairs: Analysis['world']['pairs']): number {
  const isFunction = ({ kind, statements }: Declaration) =>
    kind === 'function' || kind === 'method' || (kind === 'variable' && statements.length > 0);
  return pairs.filter(({ path, now }) => now && isFunction(now) && !isSetApart(path)).length;
}
