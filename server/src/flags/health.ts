import type { Policy } from '../policy/schema.ts';
import type { Flag, FlagDefinition, FlagHealth, FlagRead, FlagValue, Inventory } from './flag.ts';

/** What the definitions of a workspace can say of a key that they do not name. */
export interface Defined {
  /** A key that no definition knows is broken. */
  knowsUndefined(key: string): boolean;
}

/**
 * Definition files, and registries that the policy names, know all keys. A registry that was only inferred from reads knows
 * them when most of the keys that are read are defined: one enum beside hundreds of plain keys is no list of all flags.
 * Keys that a broken definition file may define are not known to be undefined.
 */
export function whatIsDefined(
  definitions: readonly FlagDefinition[],
  reads: readonly FlagRead[],
  problems: Inventory['problems'],
  policy: Policy,
): Defined {
  const mayDefine = new Set(problems.flatMap((problem) => problem.mayDefine ?? []));
  const named = policy.flags.definitions.length > 0;
  const listed = definitions.some((one) => !one.source.startsWith('typescript-'));
  let speaks = definitions.length > 0 && (listed || named);
  if (definitions.length > 0 && !speaks) {
    const known = new Set(definitions.map((one) => one.key));
    const keys = new Set(reads.filter((read) => !read.inTest).map((read) => read.key));
    const defined = [...keys].filter((key) => known.has(key)).length;
    speaks = defined * 2 >= keys.size;
  }
  return { knowsUndefined: (key) => speaks && !mayDefine.has(key) };
}

/** A flag with its health. */
export function flagOf(
  key: string,
  definitions: readonly FlagDefinition[],
  reads: readonly FlagRead[],
  defined: Defined,
): Flag {
  const value = constantValue(definitions);
  return { key, definitions, reads, health: healthOf(key, definitions, reads, value, defined), value };
}

/** The value for everybody: all definitions that know agree on one, and none varies. */
function constantValue(definitions: readonly FlagDefinition[]): FlagValue | undefined {
  const values = new Set<FlagValue>();
  for (const { state } of definitions) {
    if (state.kind === 'varies') return undefined;
    if (state.kind === 'constant') values.add(state.value);
  }
  return values.size === 1 ? [...values][0] : undefined;
}

function healthOf(
  key: string,
  definitions: readonly FlagDefinition[],
  reads: readonly FlagRead[],
  value: FlagValue | undefined,
  defined: Defined,
): FlagHealth {
  if (definitions.length === 0) {
    const read = reads.some((one) => !one.inTest);
    return read && defined.knowsUndefined(key) ? 'orphan-read' : 'unknown';
  }
  if (reads.length === 0) return 'unused';
  if (value !== undefined) return 'constant';
  return definitions.some((one) => one.state.kind === 'varies') || disagree(definitions) ? 'live' : 'unknown';
}

/** Definitions of several environments that are constant each, with different values. */
function disagree(definitions: readonly FlagDefinition[]): boolean {
  const values = definitions.flatMap(({ state }) => (state.kind === 'constant' ? [state.value] : []));
  return new Set(values).size > 1;
}
