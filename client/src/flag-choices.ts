import type { FlagView, FolderFlags } from '../../server/src/protocol/messages.ts';
import { flagDescription, healthNames } from './words.ts';

/** A flag in a list to pick from, with the folder that it lives in. */
export interface FlagChoice {
  label: string;
  description: string;
  folder: string;
  flag: FlagView;
}

/** All flags of the window, in the order in which the server tells them. */
export function flagChoices(folders: readonly FolderFlags[]): FlagChoice[] {
  return folders.flatMap(({ folder, name, flags }) =>
    flags.map((flag) => ({
      label: flag.key,
      description: withFolder(folders.length, name, [healthNames[flag.health], flagDescription(flag)]),
      folder,
      flag,
    })),
  );
}

/** The flag of that key: in that folder where one is named, else in the first that has it. */
export function choiceOf(
  choices: readonly FlagChoice[],
  { key, folder }: { key: string; folder?: string },
): FlagChoice | undefined {
  return choices.find((one) => one.flag.key === key && (folder === undefined || one.folder === folder));
}

/** Makes a flag's row carry its folder where the window has several. */
export function withFolder(folders: number, folder: string, parts: readonly string[]): string {
  return [...parts, ...(folders > 1 ? [folder] : [])].join(' · ');
}
