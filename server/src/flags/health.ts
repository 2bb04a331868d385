import { constantValue } from './definitions/constant-value.ts';
import { definesFor } from './definitions/definition-scope.ts';
import type { Orphan } from './definitions/orphan-reads.ts';
import type { Flag, FlagDefinition, FlagHealth, FlagRead, FlagValue } from './flag.ts';

/**
 * A flag with its health.
 * @param orphans reads of keys that no definition knows, where definitions can tell
 */
export function flagOf(
  key: string,
  definitions: readonly FlagDefinition[],
  reads: readonly FlagRead[],
  orphans: ReadonlyMap<FlagRead, Orphan>,
): Flag {
  const value = valueForAll(definitions, reads);
  return { key, definitions, reads, health: healthOf(definitions, reads, value, orphans), value };
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

function healthOf(
  definitions: readonly FlagDefinition[],
  reads: readonly FlagRead[],
  value: FlagValue | undefined,
  orphans: ReadonlyMap<FlagRead, Orphan>,
): FlagHealth {
  if (definitions.length === 0) return reads.some((read) => orphans.has(read)) ? 'orphan-read' : 'unknown';
  if (reads.length === 0) return 'unused';
  if (value !== undefined) return 'constant';
  return definitions.some((one) => one.state.kind === 'varies') || disagree(definitions) ? 'live' : 'unknown';
}

/** Definitions of several environments that are constant each, with different values. */
function disagree(definitions: readonly FlagDefinition[]): boolean {
  const values = definitions.flatMap(({ state }) => (state.kind === 'constant' ? [state.value] : []));
  return new Set(values).size > 1;
}
