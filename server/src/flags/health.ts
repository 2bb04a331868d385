import type { Policy } from '../policy/schema.ts';
import { constantValue } from './definitions/constant-value.ts';
import { definesFor } from './definitions/definition-scope.ts';
import type { Orphan } from './definitions/orphan-reads.ts';
import type { Flag, FlagDefinition, FlagHealth, FlagRead, FlagValue } from './flag.ts';
import { isPermanent, lifecycleOf, stalenessOf } from './lifecycle.ts';

/**
 * A flag with its health and life.
 * @param orphans reads of keys that no definition knows, where definitions can tell
 * @param by what its life is judged by; without, dates and lifetimes say nothing
 */
export function flagOf(
  key: string,
  definitions: readonly FlagDefinition[],
  reads: readonly FlagRead[],
  orphans: ReadonlyMap<FlagRead, Orphan>,
  by: { readonly policy?: Policy; readonly today?: string } = {},
): Flag {
  const value = valueForAll(definitions, reads);
  const lifecycle = lifecycleOf(key, definitions, by.policy);
  const staleness = stalenessOf(lifecycle, by.policy, by.today);
  const health = healthOf({ definitions, reads, value, lifecycle, staleness }, orphans);
  return { key, definitions, reads, health, value, lifecycle, staleness };
}

/**
 * The value for everybody, as the rule `flags/constant` tells it: each read outside tests gets the same one from the
 * definitions that count where it stands.
 */
function valueForAll(definitions: readonly FlagDefinition[], reads: readonly FlagRead[]): FlagValue | undefined {
  const judged = reads.filter((read) => !read.inTest);
  const values =
    judged.length === 0
      ? [constantValue(definitions)?.value]
      : judged.map((read) => constantValue(definitions.filter((one) => definesFor(one, read.path)))?.value);
  return new Set(values).size === 1 ? values[0] : undefined;
}

function healthOf(flag: Omit<Flag, 'key' | 'health'>, orphans: ReadonlyMap<FlagRead, Orphan>): FlagHealth {
  const { definitions, reads, value, staleness } = flag;
  const isStale = lifeOf(staleness);
  if (definitions.length === 0) return reads.some((read) => orphans.has(read)) ? 'orphan-read' : (isStale ?? 'unknown');
  if (reads.length === 0) return 'unused';
  // A kill switch that nobody threw is at work.
  if (value !== undefined && !isPermanent(flag.lifecycle.kind)) return 'constant';
  if (isStale) return isStale;
  const varies = value !== undefined || definitions.some((one) => one.state.kind === 'varies');
  return varies || disagree(definitions) ? 'live' : 'unknown';
}

/** Whether its time is over. */
export function lifeOf(staleness: Flag['staleness']): 'expired' | 'stale' | undefined {
  return staleness[0] && (staleness[0].by === 'expiry' ? 'expired' : 'stale');
}

/** Definitions of several environments that are constant each, with different values. */
function disagree(definitions: readonly FlagDefinition[]): boolean {
  const values = definitions.flatMap(({ state }) => (state.kind === 'constant' ? [state.value] : []));
  return new Set(values).size > 1;
}
