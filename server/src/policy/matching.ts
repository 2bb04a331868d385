import picomatch from 'picomatch';
import type { Policy } from './schema.ts';

const matchers = new WeakMap<readonly string[], (path: string) => string | undefined>();

/** The first of some globs of the policy that a path matches, leading dots included. Compiled once a list. */
export function matchingGlob(globs: readonly string[], path: string): string | undefined {
  if (globs.length === 0) return undefined;
  let match = matchers.get(globs);
  if (match === undefined) {
    const compiled = globs.map((glob) => ({ glob, covers: picomatch(glob, { dot: true }) }));
    match = (at) => compiled.find(({ covers }) => covers(at))?.glob;
    matchers.set(globs, match);
  }
  return match(path);
}

/** Who is to look at what is found in a file. */
export function ownerOf(path: string, { risk: { owners } }: Policy): string | undefined {
  const globs = globsOf(owners);
  const glob = matchingGlob(globs, path);
  return glob === undefined ? undefined : owners[glob];
}

const lists = new WeakMap<object, readonly string[]>();

function globsOf(owners: Readonly<Record<string, string>>): readonly string[] {
  const known = lists.get(owners) ?? Object.keys(owners);
  lists.set(owners, known);
  return known;
}
