import type { Change } from '../../change/change.ts';

/**
 * Whether a tag or a suppression was there before this change: in its own file, or in any other that changed (it may have moved along
 * with its code). Without a base nothing is known to be new.
 * @param holds whether a text of the base holds it
 */
export function stoodAtBase(path: string, holds: (text: string) => boolean, change: Change | undefined): boolean {
  if (!change) return true;
  const files = [...change.files, ...change.others];
  if (!files.some((one) => one.path === path)) return true;
  return files.some(({ base }) => base !== undefined && holds(base));
}
