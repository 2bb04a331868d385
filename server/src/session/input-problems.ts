import type { Finding } from '../core/finding.ts';
import type { TextRange } from '../core/text.ts';
import type { Inventory } from '../flags/flag.ts';
import type { PolicyProblem } from '../policy/policy-file.ts';
import { withFingerprints } from './findings.ts';
import { policyPath } from './policy-state.ts';

/** What is wrong with the files that Switchyard itself reads, as findings at their place. */
export function inputProblems(policy: readonly PolicyProblem[], inventory: Inventory): Finding[] {
  return withFingerprints([
    ...policy.map(({ range, message }) => problem('policy/invalid', 'error', policyPath, range, message)),
    ...inventory.problems.map(({ path, range, message }) =>
      problem('policy/unreadable-definitions', 'warning', path, range, message),
    ),
  ]);
}

function problem(
  rule: Finding['rule'],
  severity: Finding['severity'],
  path: string,
  range: TextRange,
  message: string,
): Finding {
  return {
    rule,
    severity,
    scope: 'broken',
    path,
    range,
    message,
    related: [],
    fixes: [],
    subject: message,
    fingerprint: '',
  };
}
