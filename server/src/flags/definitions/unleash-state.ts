import type { Node } from 'jsonc-parser';
import type { DefinitionState, FlagDefinition } from '../flag.ts';
import { listed } from './environments.ts';
import { constantState, isoDate, kindOf, varyingState } from './format.ts';
import { booleanField, field, isEmpty, stringField } from './json-tree.ts';
import type { Rollout } from './unleash-rollout.ts';

/** What an Unleash feature is in one environment. */
export interface UnleashEnvironment {
  readonly name: string;
  readonly enabled: boolean;
  readonly rollout: Rollout;
  /** Variants, whose names are a second value, and parent features, which have to be on. */
  readonly conditional: boolean;
}

/** What everybody gets in these environments, which is constant only where all of them agree. */
export function unleashState(environments: readonly UnleashEnvironment[]): DefinitionState {
  const outcomes = new Set(environments.map((one) => (one.enabled ? one.rollout : 'nobody')));
  const [outcome] = outcomes;
  if (outcomes.size !== 1 || outcome === 'somebody') return varyingState;
  const names = environments.map((one) => one.name).filter((name) => name !== '');
  const where = names.length > 0 ? ` in ${listed(names)}` : '';
  if (outcome === 'nobody') {
    const off = environments.every((one) => !one.enabled) ? 'disabled' : 'open to nobody';
    return constantState(false, `Unleash: ${off}${where}`);
  }
  if (environments.some((one) => one.conditional)) return varyingState;
  return constantState(true, `Unleash: enabled for everybody${where}`);
}

/** An archived feature is no longer served: its reads yield their fallback. */
export function isArchived(feature: Node): boolean {
  return booleanField(feature, 'archived') === true || !!stringField(feature, 'archivedAt');
}

export function hasVariants(node: Node): boolean {
  return !isEmpty(field(node, 'variants'));
}

/** What a feature says of its life. */
export function unleashLife(
  feature: Node,
): Pick<FlagDefinition, 'kind' | 'life' | 'scope' | 'description' | 'created'> {
  const kind = kindOf(stringField(feature, 'type'));
  const scope = stringField(feature, 'project');
  return {
    ...(kind && { kind }),
    ...(isArchived(feature)
      ? { life: 'archived' as const }
      : booleanField(feature, 'stale') === true
        ? { life: 'stale' as const }
        : {}),
    ...(scope && { scope }),
    description: stringField(feature, 'description') || undefined,
    created: isoDate(stringField(feature, 'createdAt')),
  };
}

/** Names of variants, where there are any. */
export function unleashVariations(...holders: readonly (Node | undefined)[]): Pick<FlagDefinition, 'variations'> {
  const names = holders
    .flatMap((holder) => field(holder, 'variants')?.children ?? [])
    .map((variant) => stringField(variant, 'name'))
    .filter((name) => name !== undefined);
  return names.length > 0 ? { variations: [...new Set(names)].map((name) => ({ name })) } : {};
}
