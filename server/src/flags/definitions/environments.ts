import type { DefinitionState, FlagDefinition } from '../flag.ts';
import { constantState, unknownState, varyingState } from './format.ts';

type Environments = NonNullable<FlagDefinition['environments']>;

/** What everybody gets over all environments: constant only where all of them say the same. */
export function acrossEnvironments(environments: Environments): DefinitionState {
  const states = environments.map((one) => one.state);
  const [first] = states;
  if (!first || states.some((state) => state.kind === 'unknown')) {
    return states.some((state) => state.kind === 'varies') ? varyingState : unknownState;
  }
  if (first.kind !== 'constant' || !states.every((state) => state.kind === 'constant' && state.value === first.value))
    return varyingState;
  const names = environments.map((one) => one.name).filter((name) => name !== '');
  return constantState(first.value, `${first.why}${names.length > 0 ? ` in ${listed(names)}` : ''}`);
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
