import { basename, dirname } from '../../core/paths.ts';
import type { FlagDefinition } from '../flag.ts';

/**
 * Gives definitions of a file that is named for an environment (`flags.production.json`, `staging/flags.yaml`) that environment, where
 * their format tells none itself: two such files do not contradict one another.
 */
export function inEnvironment(path: string, definitions: readonly FlagDefinition[]): readonly FlagDefinition[] {
  const name = environmentOf(path);
  if (name === undefined) return definitions;
  return definitions.map((one) =>
    one.environments === undefined
      ? {
          ...one,
          scope: one.scope === undefined ? name : `${one.scope}, ${name}`,
          environments: [{ name, state: one.state }],
        }
      : one,
  );
}

/** The environment for which a file is named, by a word of its name or by its folder; undefined for most. */
export function environmentOf(path: string): string | undefined {
  const words = basename(path).toLowerCase().split(/[._-]/).slice(0, -1);
  const folder = basename(dirname(path)).toLowerCase();
  return words.find((word) => names.has(word)) ?? (names.has(folder) ? folder : undefined);
}

const names = new Set(
  'production prod staging stage development dev local qa uat sandbox preview preprod preproduction integration canary'.split(
    ' ',
  ),
);
