import type { Finding } from '../core/finding.ts';
import type { TextRange } from '../core/text.ts';
import type { DefinitionProblem, Inventory } from '../flags/flag.ts';
import { type PolicyProblem, policyPath, rangeOfSetting } from '../policy/policy-file.ts';
import { withFingerprints } from './findings.ts';

/**
 * What is wrong with the files that Switchyard itself reads, as findings at their place.
 * @param policyText of the policy in force, so that a setting of it can be pointed at
 */
export function inputProblems(
  policy: readonly PolicyProblem[],
  inventory: Inventory,
  policyText: string | undefined,
): Finding[] {
  // While the policy is broken an older one is in force, whose entries may stand elsewhere.
  const text = policy.length === 0 ? policyText : undefined;
  const rangeOf = ({ range, setting }: DefinitionProblem): TextRange =>
    setting === undefined || text === undefined ? range : rangeOfSetting(text, setting);
  return withFingerprints([
    ...policy.map(({ range, message }) => problem('policy/invalid', 'error', policyPath, range, message)),
    ...inventory.problems.map((one) =>
      one.setting?.[1] === 'reads'
        ? problem('policy/unused-shape', 'info', one.path, rangeOf(one), one.message)
        : problem('policy/unreadable-definitions', 'warning', one.path, rangeOf(one), one.message),
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
