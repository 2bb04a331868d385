import { incrementalJoin } from '../../change/join.ts';
import { alike, nearest } from '../../change/nearest.ts';
import { count } from '../../core/count.ts';
import { basename, dirname } from '../../core/paths.ts';
import { contains } from '../../core/text.ts';
import type { Declaration, DeclarationForm } from '../../facts/change-facts.ts';
import { shownName, textNow } from '../comparing/compared.ts';
import { isSetApart } from '../comparing/set-apart.ts';
import { toldOnce } from '../comparing/told-once.ts';
import { defineRule, type Evidence, type NearFile, type RuleInput } from '../rule.ts';

interface Data {
  readonly shown: string;
  readonly original: string;
  readonly where: string;
  /** How many more of the file's new functions are copies. */
  readonly more: number;
  /** Of how many further files it is told as a hint only, because this one stands for them. */
  readonly beside?: number;
}

export default defineRule({
  id: 'risk/duplicate-added',
  title: 'New function that is nearly one that exists',
  why: 'A copy has to be mended twice, and mostly is not. Code that is copied instead of reused is the most visible trace of hurry.',
  severity: 'info',
  scope: 'change',
  group: 'habits',
  // What was copied from one file into several is one decision, and so are copies in many files.
  check(input) {
    const once = { input, id: 'risk/duplicate-added', group: 'habits' } as const;
    const byFile = copiesByFile(input);
    const bySource = toldOnce(copied(byFile, input), {
      ...once,
      most: 1,
      causeOf: ({ path }) => sourceOf(path, byFile),
    });
    return toldOnce(bySource, { ...once, most: mostFiles, causeOf: () => '' });
  },
  message: ({ data: { shown, original, where, more, beside: files = 0 } }) => {
    const copies =
      more === 1
        ? "1 more of this file's new functions is a copy"
        : `${more} more of this file's new functions are copies`;
    const others = more === 0 ? '' : ` ${copies}, too.`;
    const beside = files === 0 ? '' : ` So it is in ${count(files, 'other file')} of this change.`;
    return `${shown} is nearly ${original} of ${where}: what is mended in one has to be mended in the other.${others}${beside}`;
  },
});

const mostFiles = 3;

function* copied(byFile: CopiesByFile, input: RuleInput): Iterable<Evidence<Data>> {
  for (const [path, copies] of byFile) {
    const [{ now, original }] = copies;
    yield {
      path,
      range: now.nameRange,
      subject: now.id,
      severity: copies.every((one) => one.usual || isPicture(one) || isSibling(one, path, input)) ? 'hint' : undefined,
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
}

/** The copy of a copy goes back to the same file. */
function sourceOf(path: string, byFile: CopiesByFile): string {
  let source = path;
  for (let steps = 0; steps < byFile.size; steps++) source = byFile.get(source)?.[0].original.path ?? source;
  return source;
}

interface Place {
  readonly path: string;
  readonly declaration: DeclarationForm;
}

interface Copy {
  readonly now: Declaration;
  readonly original: Place;
  /** The file held two of this form before: it is made of them. */
  readonly usual: boolean;
}

/** `client-v2/table` and `client/table`: a second version that grows beside the first, which will go. */
function isVersion(path: string, original: string): boolean {
  const plain = (of: string) =>
    dirname(of)
      .replace(/[-_.]?(?<![a-z])(?:v\d+|next|legacy|old|new)(?=\/|$)/gi, '')
      .replace(/\/+/g, '/');
  return dirname(path) !== dirname(original) && plain(path) === plain(original);
}

/** Two files of one name, of which one was mostly the other before: they are kept alike. */
function isMirror(path: string, original: string, { change, text }: RuleInput): boolean {
  if (path === original || basename(path) !== basename(original)) return false;
  const baseOf = (of: string) => change?.files.find((one) => one.path === of)?.base ?? text(of) ?? '';
  const lines = (of: string) => of.split('\n').flatMap((line) => (/\w/.test(line) ? [line.trim()] : []));
  const [some, others] = [lines(baseOf(path)), new Set(lines(baseOf(original)))];
  return some.length > 0 && some.filter((line) => others.has(line)).length * 4 >= some.length * 3;
}

/** It only shows something: nothing in it could be mended but how that looks. */
function isPicture({ now: { renders, logicBranches, calls } }: Copy): boolean {
  return renders && logicBranches === 0 && calls.length === 0;
}

/** A method that another class of the same base has, too: both fill in what the base asks for. */
function isSibling({ now, original }: Copy, path: string, input: RuleInput): boolean {
  if (now.kind !== 'method' || now.name !== original.declaration.name) return false;
  const base = (of: string, container: string) => {
    const name = /class ([\w$]+)$/.exec(container)?.[1];
    const text = input.text(of) ?? '';
    return (
      name && new RegExp(`\\bclass ${name.replace(/\$/g, '\\$')}\\b[^{]*?\\bextends\\s+([\\w$.]+)`).exec(text)?.[1]
    );
  };
  const [own, other] = [base(path, now.container), base(original.path, original.declaration.container)];
  return own !== undefined && own === other;
}

/** Token windows and lines below which two functions are alike by chance. */
const fewestShingles = 40;
const fewestLines = 5;

type CopiesByFile = ReadonlyMap<string, readonly [Copy, ...Copy[]]>;

function copiesByFile(input: RuleInput): CopiesByFile {
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
    const candidates = [...among(one).filter(({ place }) => isEarlier(place)), ...amongNearby(one, input)];
    const original = bestOf(one, candidates);
    if (!original) continue;
    const stood = candidates.filter(({ place }) => place.path === one.path && !order.has(place.declaration));
    const known = found.get(one.path);
    const copy = {
      now: one.declaration,
      original,
      usual:
        (original.path === one.path && stood.length >= 2) ||
        isVersion(one.path, original.path) ||
        isMirror(one.path, original.path, input),
    };
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
    if (isSetApart(file.path) || !holdsNamesOf(declaration, file)) return [];
    return nearest(declaration, file.forms).map(({ form, score }) => ({
      place: { path: file.path, declaration: form },
      score,
    }));
  });
  nearby.set(declaration.shingles, { files, found });
  return found;
}

/** Names that were looked for in a file. */
const held = new WeakMap<NearFile, Map<string, boolean>>();

function holdsNamesOf({ names }: Declaration, file: NearFile): boolean {
  const known = held.get(file) ?? new Map<string, boolean>();
  held.set(file, known);
  let most = names.length;
  for (const name of names) {
    const isHeld = known.get(name) ?? file.text.includes(name.replace(/^\.|^.*:/, ''));
    known.set(name, isHeld);
    if (!isHeld && --most < names.length * alike) return false;
  }
  return true;
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
