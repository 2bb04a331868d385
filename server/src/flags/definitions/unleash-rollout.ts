import type { Node } from 'jsonc-parser';
import { booleanField, field, isEmpty, stringField } from './json-tree.ts';

/** What a set of activation strategies lets through: everybody, nobody, or somebody. */
export type Rollout = 'everybody' | 'nobody' | 'somebody';

/**
 * What the strategies of one feature in one environment let through. One strategy that lets everybody in is enough; no
 * strategy at all means everybody (unleash-client `Client.isFeatureEnabled`). Where strategies exist but all are switched
 * off, servers differ in what they send: that counts as somebody.
 */
export function rolloutOf(strategies: readonly Node[]): Rollout {
  if (strategies.length === 0) return 'everybody';
  const active = strategies.filter((strategy) => booleanField(strategy, 'disabled') !== true);
  if (active.length === 0) return 'somebody';
  const rollouts = active.map(rolloutOfOne);
  if (rollouts.includes('everybody')) return 'everybody';
  return rollouts.every((rollout) => rollout === 'nobody') ? 'nobody' : 'somebody';
}

/**
 * `default` lets everybody in; `flexibleRollout` does so at 100 when its stickiness needs no context field (with `userId`,
 * a request without a user is kept out). Both only without constraints and segments. Other strategies depend on the context.
 */
function rolloutOfOne(strategy: Node): Rollout {
  const open = isEmpty(field(strategy, 'constraints')) && isEmpty(field(strategy, 'segments'));
  const name = stringField(strategy, 'name');
  if (name === 'default') return open ? 'everybody' : 'somebody';
  if (name !== 'flexibleRollout') return 'somebody';
  const parameters = field(strategy, 'parameters');
  const percentage = field(parameters, 'rollout')?.value;
  if (percentage === '0' || percentage === 0) return 'nobody';
  const stickiness = field(parameters, 'stickiness')?.value ?? 'default';
  const anyContext = stickiness === 'default' || stickiness === 'random' || stickiness === '';
  return open && anyContext && (percentage === '100' || percentage === 100) ? 'everybody' : 'somebody';
}
