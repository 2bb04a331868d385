import type { Node } from 'jsonc-parser';
import { constantState, type DefinitionState, unknownState, varyingState } from './format.ts';
import { booleanField, field, isEmpty, itemsOf, numberField, scalar } from './json-tree.ts';

/**
 * What everybody gets from a flag of LaunchDarkly in one environment (js-core sdk-server src/evaluation/Evaluator.ts): the
 * off variation when it is off; when it is on the fallthrough, as long as no prerequisite, target or rule stands before it.
 * Without an off variation the read yields its own default. A rollout to one variation is no rollout.
 * @param variations the values, in order
 */
export function targetingState(flag: Node, variations: readonly Node[]): DefinitionState {
  const on = booleanField(flag, 'on');
  if (on === undefined || booleanField(flag, 'deleted') === true) return unknownState;
  const valueAt = (index: number | undefined) => (index === undefined ? undefined : scalar(variations[index]));
  if (!on) return constantState(valueAt(numberField(flag, 'offVariation')), 'LaunchDarkly: off');
  const gates = [field(flag, 'prerequisites'), field(flag, 'rules')];
  const targets = [field(flag, 'targets'), field(flag, 'contextTargets')].flatMap(itemsOf);
  if (!gates.every(isEmpty) || targets.some((target) => !isEmpty(field(target, 'values')))) return varyingState;
  const fallthrough = field(flag, 'fallthrough');
  const fixed = numberField(fallthrough, 'variation');
  if (fixed !== undefined) return constantState(valueAt(fixed), 'LaunchDarkly: on, without rules');
  const buckets = itemsOf(field(field(fallthrough, 'rollout'), 'variations'));
  if (buckets.length === 0) return unknownState;
  const [only, ...others] = buckets.filter((bucket) => numberField(bucket, 'weight') !== 0);
  if (others.length > 0) return varyingState;
  return constantState(valueAt(numberField(only, 'variation')), 'LaunchDarkly: on, rolled out to everybody');
}
