import { incrementalJoin } from '../../change/join.ts';
import { alike, nearest } from '../../change/nearest.ts';
import { contains } from '../../core/text.ts';
import type { Declaration, DeclarationForm } from '../../facts/change-facts.ts';
import { shownName, textNow } from '../comparing/compared.ts';
import { isSetApart } from '../comparing/set-apart.ts';
import { defineRule, type Evidence, type NearFile, type RuleInput } from '../rule.ts';

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
  readonly declaration: DeclarationForm;
}

interface Copy {
  readonly now: Declaration;
  readonly original: Place;
}

/** Token windows and lines below which two functions are alike by chance. */
const fewestShingles = 40;
const fewestLines = 5;

function copiesByFile(input: RuleInput): Map<string, [Copy, ...Copy[]]> {
  const found = new Map<string, [Copy, ...Copy[]]>();
  const added = input.pairs.flatMap(({ path, base, now }) =>
    now && !base && isLarge(now, textNow(input, path) ?? '') && !isSetApart(path) ? [{ path, declaration: now }] : [],
  );
  if (added.length === 0) return found;
  const among = amongChanged(input);
  const order = new Map<DeclarationForm, number>(added.map(({ declaration }, index) => [declaration, index]));
  for (const [index, one] of added.entries()) {
    // Of two new functions that are alike the later one is the copy.
    const isEarlier = ({ declaration }: Place) => (order.get(declaration) ?? -1) < index;
    const original = bestOf(one, [...among(one).filter(({ place }) => isEarlier(place)), ...amongNearby(one, input)]);
    if (!original) continue;
    const known = found.get(one.path);
    const copy = { now: one.declaration, original };
    if (known) known.push(copy);
    else found.set(one.path, [copy]);
  }
  return found;
}

const large = new WeakMap<Declaration, boolean>();

function isLarge(declaration: Declaration, text: string): boolean {
  const known = large.get(declaration) ?? tellLarge(declaration, text);
  large.set(declaration, known);
  return known;
}

function tellLarge({ kind, shingles, statements, range }: Declaration, text: string): boolean {
  const isFunction = kind === 'function' || kind === 'method' || statements.length > 0;
  if (!isFunction || shingles.length < fewestShingles) return false;
  return (
    text
      .slice(range.start, range.end)
      .split('\n')
      .filter((line) => /\w/.test(line)).length >= fewestLines
  );
}

interface Alike {
  readonly place: Place;
  readonly score: number;
}

const nearestIn = incrementalJoin<DeclarationForm, DeclarationForm>(nearest);

/** All declarations of changed files as they are now that are like one, in the order of files and places. */
function amongChanged(input: RuleInput): (one: Place) => Alike[] {
  const places = new Map<DeclarationForm, { readonly path: string; readonly at: number }>();
  const files: (readonly DeclarationForm[])[] = [];
  for (const { path } of input.change?.files ?? []) {
    const declarations = isSetApart(path) ? undefined : input.changeFacts(path)?.declarations;
    if (declarations) files.push(declarations);
    for (const one of declarations ?? []) places.set(one, { path, at: places.size });
  }
  return ({ declaration }) =>
    nearestIn(declaration, files)
      .map(({ form, score }) => ({ ...places.get(form)!, form, score }))
      .sort((a, b) => a.at - b.at)
      .map(({ path, form, score }) => ({ place: { path, declaration: form }, score }));
}

const nearby = new WeakMap<
  readonly number[],
  { readonly files: readonly NearFile[]; readonly found: readonly Alike[] }
>();

/** Those of files beside that hold nearly all of its names: only such a file is looked at. */
function amongNearby({ path, declaration }: { path: string; declaration: Declaration }, input: RuleInput) {
  const files = input.nearby(path);
  const known = nearby.get(declaration.shingles);
  if (known?.files === files) return known.found;
  const found = files.flatMap((file) => {
    if (isSetApart(file.path) || !holdsNamesOf(declaration, file.text)) return [];
    return nearest(declaration, file.forms).map(({ form, score }) => ({
      place: { path: file.path, declaration: form },
      score,
    }));
  });
  nearby.set(declaration.shingles, { files, found });
  return found;
}

function holdsNamesOf({ names }: Declaration, text: string): boolean {
  const wanted = names.map((name) => name.replace(/^\.|^.*:/, ''));
  return wanted.filter((name) => text.includes(name)).length >= wanted.length * alike;
}

/** The last of those that are most alike, but none that holds it or that it holds. */
function bestOf({ path, declaration: { range } }: Place, found: readonly Alike[]): Place | undefined {
  let best: Alike | undefined;
  for (const one of found) {
    const { place } = one;
    if (place.path === path && (contains(place.declaration.range, range) || contains(range, place.declaration.range)))
      continue;
    if (!best || one.score >= best.score) best = one;
  }
  return best?.place;
}
