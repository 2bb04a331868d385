import type { Exposure } from '../../change/weight.ts';
import { matchingGlob } from '../../policy/matching.ts';
import type { Evidence, RuleInput } from '../rule.ts';
import { fixesOf } from './habits.ts';

/** How exposed the place of a risk is: who uses it, what the policy says of its path, and whether a test reaches it. */
export function exposureOf({ path, compared, declaration }: Evidence<unknown>, input: RuleInput): Exposure {
  const now = compared?.now ?? declaration;
  return {
    critical: matchingGlob(input.policy.risk.criticalPaths, path),
    importers: now?.exported ? input.importersOf(path).length : 0,
    fixes: fixesOf(path, input.history),
    reachedBy: now && input.reach.testsOf(path)[0],
  };
}
