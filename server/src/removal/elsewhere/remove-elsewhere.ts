import type { Refusal, TextEdit } from '../../core/source-change.ts';
import { sortEdits } from '../../core/source-change.ts';
import { policyPath } from '../../policy/policy-file.ts';
import type { RemovalInput, RemovalRequest } from '../remove-flags.ts';
import { testFlagOf } from '../tests/names.ts';
import { documentedIn, isDocument } from './documents.ts';
import { type Found, setIn } from './variables.ts';

/**
 * Takes a flag that is gone from code out of what speaks of it elsewhere: its rows and items in documentation, and, where its key
 * is an environment variable, what sets that. Adds to `edits`, and returns the places that a person has to look at.
 */
export function removeElsewhere(
  requests: readonly RemovalRequest[],
  staying: ReadonlySet<string>,
  input: RemovalInput,
  edits: Map<string, TextEdit[]>,
): Refusal[] {
  const refused: Refusal[] = [];
  const gone = requests.filter(({ key }) => !staying.has(key) && input.inventory.flags.has(key));
  const flags = gone.map((request) => testFlagOf(request, true, input));
  const paths = [...new Set([...input.paths, ...(input.beside ?? [])])];
  for (const { key, isVariable } of flags) {
    const named = paths.filter((path) => input.text(path)?.includes(key));
    const take = (path: string, { cuts, looks }: Found): void => {
      const own = edits.get(path) ?? [];
      const made = cuts.map((cut) => ({ range: cut, newText: '', kind: 'definition' as const, reason: cut.reason }));
      const isFree = made.every(({ range }) =>
        own.every((one) => range.end <= one.range.start || one.range.end <= range.start),
      );
      if (made.length > 0 && isFree) edits.set(path, sortEdits([...own, ...made]));
      refused.push(...looks.map((look) => ({ path, ...look })));
    };
    for (const path of named) if (isDocument(path)) take(path, documentedIn(input.text(path)!, key));
    if (!isVariable) continue;
    const found = named.map((path) => ({ path, ...setIn(path, input.text(path)!, key) }));
    const user = userOf(key, named, found, input, edits);
    for (const one of found) {
      if (one.cuts.length === 0) take(one.path, one);
      else if (user === undefined) take(one.path, one);
      else refused.push({ path: one.path, range: one.cuts[0]!, reason: stillNamed(key, user) });
    }
  }
  return refused;
}

/** The first place, as `path:line`, that uses a variable after the removal. */
function userOf(
  name: string,
  paths: readonly string[],
  found: readonly (Found & { path: string })[],
  input: RemovalInput,
  edits: ReadonlyMap<string, readonly TextEdit[]>,
): string | undefined {
  const word = new RegExp(`(?<![\\w-])${name.replace(/\$/g, '\\$')}(?![\\w-])`, 'g');
  for (const path of paths) {
    if (isDocument(path) || path === policyPath) continue;
    const text = input.text(path)!;
    const cuts = [
      ...(found.find((one) => one.path === path)?.cuts ?? []),
      ...(edits.get(path) ?? []).map(({ range }) => range),
    ];
    const looked = found.find((one) => one.path === path)?.looks.map(({ range }) => range) ?? [];
    for (const { index } of text.matchAll(word))
      if (![...cuts, ...looked].some(({ start, end }) => start <= index && index < end))
        return `${path}:${text.slice(0, index).split('\n').length}`;
  }
  return undefined;
}

function stillNamed(name: string, user: string): string {
  return `'${name}' is still set here, because ${user} names it; look there, then take it out.`;
}
