import { isSourcePath } from '../../core/snapshot.ts';
import { isTestPath } from '../../facts/tests.ts';
import type { RemovalInput } from '../remove-flags.ts';
import type { TestFlag } from './names.ts';

/** Tests, stories, mocks and what they share, by name or place. */
const byName =
  /\.(?:stories|story|mock|fixture|setup)\.[cm]?[jt]sx?$|(?:^|[-./])(?:setup-?tests?|test-?(?:setup|utils?|helpers?))\.[cm]?[jt]sx?$/i;
const byPlace = /(?:^|\/)(?:\.storybook|stories|playwright|mocks?|__fixtures__|fixtures?|test-?utils?|testing)\//i;

export function isTestLike(path: string): boolean {
  return isTestPath(path) || byName.test(path) || byPlace.test(path);
}

/** The tests (and stories, helpers, fixtures) whose text names a flag, or mocks what reads it. */
export function testsThatName(flags: readonly TestFlag[], input: RemovalInput): Set<string> {
  const hints = flags.flatMap(({ hints }) => hints);
  const readers = flags.flatMap(({ readers }) => [...readers]);
  const found = new Set<string>();
  if (hints.length === 0) return found;
  for (const path of input.paths) {
    if (!isSourcePath(path) || !(isTestLike(path) || input.facts(path)?.test)) continue;
    const text = input.text(path);
    if (text === undefined || input.facts(path)?.generated) continue;
    const mocks = () => /\b(?:mock|stub|spy)/i.test(text) && readers.some((name) => text.includes(name));
    if (hints.some((hint) => text.includes(hint)) || mocks()) found.add(path);
  }
  return found;
}
