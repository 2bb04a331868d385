import type { RegistryEntry, RegistryFact } from '../../facts/registry-fact.ts';
import type { DefinitionState, FlagDefinition } from '../flag.ts';
import { kindOf } from '../lifecycle.ts';
import { isoDate, unknownState } from './format.ts';

/** One definition for each entry of a list of flags in code, with what its fields and comments say of its life. */
export function readEntries(path: string, registry: RegistryFact): FlagDefinition[] {
  return registry.entries.map((entry) => ({
    key: entry.key,
    path,
    keyRange: entry.keyRange,
    range: entry.range,
    source: `typescript-${registry.kind}`,
    registry: {
      name: registry.name,
      member: entry.member,
      range: registry.range,
      ...(registry.partial ? { partial: true as const } : {}),
    },
    type: entry.type ?? 'unknown',
    ...(entry.value === undefined ? {} : { fallback: entry.value }),
    ...(entry.variations ? { variations: entry.variations } : {}),
    state: stateOf(registry, entry),
    ...lifeOf(entry),
  }));
}

/** Lists of keys and defaults do not say what people get; code that decides does, where it decides nothing. */
function stateOf({ kind }: RegistryFact, { always }: RegistryEntry): DefinitionState {
  if (always !== undefined) {
    const why = kind === 'flag' ? 'decide() returns it for everybody' : 'the code says so for everybody';
    return { kind: 'constant', value: always, why };
  }
  return kind === 'flag' || kind === 'functions' ? { kind: 'varies', why: 'code decides' } : unknownState;
}

function lifeOf({ notes }: RegistryEntry): Partial<FlagDefinition> {
  if (!notes) return {};
  const { owner, description } = notes;
  const kind = kindOf(notes.kind);
  const created = isoDate(notes.created);
  const expires = isoDate(notes.expires);
  return {
    ...(owner === undefined ? {} : { owner }),
    ...(description === undefined ? {} : { description }),
    ...(kind === undefined ? {} : { kind }),
    ...(created === undefined ? {} : { created }),
    ...(expires === undefined ? {} : { expires }),
  };
}
