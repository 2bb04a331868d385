import { likeness } from '../../change/likeness.ts';
import { contains } from '../../core/text.ts';
import type { Declaration } from '../../facts/change-facts.ts';
import { shownName, textNow } from '../comparing/compared.ts';
import { isSetApart } from '../comparing/set-apart.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly shown: string;
  readonly original: string;
  readonly where: string;
  /** How many more of the file's new functions are copies. */
  readonly more: number;
}

export default defineRule({
  id: 'risk/duplicate-added',
  title: 'New function that is nearly one that exists',
  why: 'A copy has to be mended twice, and mostly is not. Code that is copied instead of reused is the most visible trace of hurry.',
  severity: 'info',
  scope: 'change',
  group: 'habits',
  *check(input): Iterable<Evidence<Data>> {
    for (const [path, copies] of copiesByFile(input)) {
      const [{ now, original }] = copies;
      yield {
        path,
        range: now.nameRange,
        subject: now.id,
        declaration: now,
        related: copies.slice(0, 5).map((one) => ({
          path: one.original.path,
          range: one.original.declaration.nameRange,
          message: `${shownName(one.now)} is nearly this`,
        })),
        data: {
          shown: shownName(now),
          original: shownName(original.declaration),
          where: original.path === path ? 'this file' : original.path,
          more: copies.length - 1,
        },
      };
    }
  },
  message: ({ data: { shown, original, where, more } }) => {
    const others =
      more === 0 ? '' : ` ${more} more of this file's new functions ${more === 1 ? 'is a copy' : 'are copies'}, too.`;
    return `${shown} is nearly ${original} of ${where}: what is mended in one has to be mended in the other.${others}`;
  },
});

interface Place {
  readonly path: string;
  readonly declaration: Declaration;
}

interface Copy {
  readonly now: Declaration;
  readonly original: Place;
}

/** Token windows and lines below which two functions are alike by chance. */
const fewestShingles = 40;
const fewestLines = 5;
const alike = 0.85;

function copiesByFile(input: RuleInput): Map<string, [Copy, ...Copy[]]> {
  const found = new Map<string, [Copy, ...Copy[]]>();
  const added = input.pairs.flatMap(({ path, base, now }) =>
    now && !base && isLarge(now, textNow(input, path) ?? '') && !isSetApart(path) ? [{ path, declaration: now }] : [],
  );
  if (added.length === 0) return found;
  const changed = changedDeclarations(input);
  for (const [index, one] of added.entries()) {
    const later = new Set(added.slice(index).map(({ declaration }) => declaration));
    const standing = changed.filter(({ declaration }) => !later.has(declaration));
    const original = originalOf(one, [...standing, ...nearbyDeclarations(one, input)]);
    if (!original) continue;
    const known = found.get(one.path);
    const copy = { now: one.declaration, original };
    if (known) known.push(copy);
    else found.set(one.path, [copy]);
  }
  return found;
}

function isLarge({ kind, shingles, statements, range }: Declaration, text: string): boolean {
  const isFunction = kind === 'function' || kind === 'method' || statements.length > 0;
  if (!isFunction || shingles.length < fewestShingles) return false;
  return (
    text
      .slice(range.start, range.end)
      .split('\n')
      .filter((line) => /\w/.test(line)).length >= fewestLines
  );
}

/** All declarations of changed files as they are now. */
function changedDeclarations(input: RuleInput): Place[] {
  return (input.change?.files ?? [])
    .filter(({ path }) => !isSetApart(path))
    .flatMap(({ path }) => (input.changeFacts(path)?.declarations ?? []).map((declaration) => ({ path, declaration })));
}

/** Those of files beside that hold nearly all of its names: only such a file is looked at. */
function nearbyDeclarations({ path, declaration }: Place, input: RuleInput): Place[] {
  const names = declaration.names.map((name) => name.replace(/^\.|^.*:/, ''));
  const isLike = (text: string) => names.filter((name) => text.includes(name)).length >= names.length * alike;
  const changed = new Set((input.change?.files ?? []).map((file) => file.path));
  return input
    .nearby(path, isLike)
    .filter((file) => !changed.has(file.path))
    .flatMap((file) => file.declarations.map((one) => ({ path: file.path, declaration: one })))
    .filter((one) => !isSetApart(one.path));
}

function originalOf({ path, declaration }: Place, places: readonly Place[]): Place | undefined {
  const { length } = declaration.shingles;
  let best: Place | undefined;
  let most = alike;
  for (const place of places) {
    const other = place.declaration;
    const [few, many] = [Math.min(length, other.shingles.length), Math.max(length, other.shingles.length)];
    if (few < many * alike || other.kind === 'module') continue;
    if (place.path === path && (contains(other.range, declaration.range) || contains(declaration.range, other.range)))
      continue;
    const score = likeness(declaration, other);
    if (score >= most) [best, most] = [place, score];
  }
  return best;
}
