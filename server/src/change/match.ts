import type { ChangeFacts, Declaration } from '../facts/change-facts.ts';
import { sameIn } from '../facts/same.ts';
import type { DeclarationPair } from './change.ts';
import { type Hit, incrementalJoin } from './join.ts';
import { likeness } from './likeness.ts';
import { candidatesFrom } from './prefixes.ts';

/** A changed file's facts at base and now; undefined on the side on which it does not exist. */
export interface ComparedFile {
  readonly path: string;
  readonly basePath: string;
  readonly base?: ChangeFacts;
  readonly now?: ChangeFacts;
}

/** Below this, two declarations are no longer the same one. */
const alike = 0.6;
/** The same for two of equal id in different files: a name is evidence too. */
const alikeById = 0.3;
/** Of two that are as alike, the one of equal name goes first. */
const forEqualName = 0.01;
/** Fewer token windows than these say nothing about likeness. */
const fewestShingles = 8;

/**
 * Base against now as declarations: those that changed, were added (`base` undefined) or were removed (`now` undefined),
 * sorted by path and place. Declarations whose behaviour is equal are left out, also when they were renamed or moved to
 * another file. Matched by id, then by name where only the container or the kind differs, then by likeness within the file,
 * then across files.
 */
export function matchDeclarations(files: readonly ComparedFile[]): DeclarationPair[] {
  const matched = files.map(matchedIn);
  const removed = matched.flatMap(({ base }) => base);
  const added = matched.flatMap(({ now }) => now);
  const across = pickAlike(candidatesAcross(removed, matched), removed, added);
  const pairs = [...matched.flatMap((one) => one.pairs), ...across];
  const renames = renamesOf(pairs);
  return [
    ...pairs.filter((one) => !one.isUntouched && !isSame(one.base.declaration, one.now.declaration, renames)),
    ...removed.map((base) => ({ base, now: undefined })),
    ...added.map((now) => ({ base: undefined, now })),
  ]
    .map(toPair)
    .sort((a, b) => compare(a.path, b.path) || startOf(a) - startOf(b) || compare(idOf(a), idOf(b)));
}

interface Side {
  readonly file: ComparedFile;
  readonly declaration: Declaration;
}

interface Pair {
  readonly base: Side;
  readonly now: Side;
  /** Its text is the same, and so is all that it refers to: it is equal without a look into it. */
  readonly isUntouched?: boolean;
}

/** What a file tells by itself; `base` and `now` are left over. The same object as long as both texts say the same. */
interface MatchedFile {
  readonly file: ComparedFile;
  readonly pairs: readonly Pair[];
  readonly base: readonly Side[];
  readonly now: readonly Side[];
}

const matchedFiles = new WeakMap<ChangeFacts, MatchedFile>();

function matchedIn(file: ComparedFile): MatchedFile {
  const known = matchedFiles.get((file.now ?? file.base)!);
  if (known && isSameFile(known.file, file)) return known;
  const left = new Left(file);
  const isUntouched = file.base && file.now ? sameIn(file.base, file.now) : () => false;
  const byId = left.byKey((one) => one.id);
  const pairs: Pair[] = [
    ...byId.map((one) => ({ ...one, isUntouched: isUntouched(one.base.declaration, one.now.declaration) })),
    ...left.byKey((one) => slotOf(one.id)),
    ...left.byKey((one) => one.name),
    ...left.byLikeness(),
  ];
  pairs.push(...left.byMembers(pairs));
  const matched = { file, pairs, base: left.base, now: left.now };
  matchedFiles.set((file.now ?? file.base)!, matched);
  return matched;
}

function isSameFile(a: ComparedFile, b: ComparedFile): boolean {
  return a.now === b.now && a.base === b.base && a.path === b.path && a.basePath === b.basePath;
}

/** Declarations of one file that have no counterpart yet. */
class Left {
  base: Side[];
  now: Side[];

  constructor(file: ComparedFile) {
    this.base = (file.base?.declarations ?? []).map((declaration) => ({ file, declaration }));
    this.now = (file.now?.declarations ?? []).map((declaration) => ({ file, declaration }));
  }

  /** Pairs what holds members that are paired: a renamed class. */
  byMembers(members: readonly Pair[]): Pair[] {
    const pairs = new Map<Side, Pair>();
    for (const { base, now } of this.base.length === 0 || this.now.length === 0 ? [] : members) {
      const holder = this.base.find((one) => one.declaration.id === base.declaration.container);
      const other = holder && this.now.find((one) => one.declaration.id === now.declaration.container);
      if (holder && other && !pairs.has(holder)) pairs.set(holder, { base: holder, now: other });
    }
    const found = [...pairs.values()].filter((one, i, all) => all.findIndex((at) => at.now === one.now) === i);
    this.take(found);
    return found;
  }

  byLikeness(): Pair[] {
    const found = pickAlike(candidatesOf(this.base, this.now), [], []);
    this.take(found);
    return found;
  }

  private take(pairs: readonly Pair[]): void {
    const gone = new Set(pairs.flatMap(({ base, now }) => [base, now]));
    this.base = this.base.filter((one) => !gone.has(one));
    this.now = this.now.filter((one) => !gone.has(one));
  }

  /** Pairs what has an equal key that is the only one on both sides. */
  byKey(keyOf: (declaration: Declaration) => string): Pair[] {
    if (this.base.length === 0 || this.now.length === 0) return [];
    const base = grouped(this.base, keyOf);
    const now = grouped(this.now, keyOf);
    const pairs: Pair[] = [];
    for (const [key, [one, ...more]] of base) {
      const [other, ...others] = now.get(key) ?? [];
      if (one && other && more.length === 0 && others.length === 0) pairs.push({ base: one, now: other });
    }
    this.take(pairs);
    return pairs;
  }
}

interface Candidate extends Pair {
  readonly score: number;
}

/** Pairs the most alike first; takes what it pairs out of both lists. */
function pickAlike(candidates: Candidate[], base: Side[], now: Side[]): Pair[] {
  candidates.sort(
    (a, b) =>
      b.score - a.score ||
      compare(a.base.declaration.id, b.base.declaration.id) ||
      compare(a.now.declaration.id, b.now.declaration.id),
  );
  const taken = new Set<Side>();
  const pairs: Pair[] = [];
  for (const one of candidates) {
    if (taken.has(one.base) || taken.has(one.now)) continue;
    taken.add(one.base).add(one.now);
    pairs.push({ base: one.base, now: one.now });
  }
  remove(base, taken);
  remove(now, taken);
  return pairs;
}

function candidatesOf(base: readonly Side[], now: readonly Side[]): Candidate[] {
  if (now.length === 0) return [];
  const sides = new Map(now.map((one) => [one.declaration, one]));
  const group = formsOf(now);
  return base.flatMap((one) =>
    alikeIn(one.declaration, group).map(({ form, score }) => ({ base: one, now: sides.get(form)!, score })),
  );
}

/** While somebody types in one file, what others lost is compared with that file only. */
const alikeAcross = incrementalJoin(alikeIn);

function candidatesAcross(removed: readonly Side[], matched: readonly MatchedFile[]): Candidate[] {
  const lists = matched.flatMap(({ now }) => (now.length === 0 ? [] : [formsOf(now)]));
  const places = new Map<Declaration, { readonly now: Side; readonly at: number }>();
  for (const { now } of matched) for (const one of now) places.set(one.declaration, { now: one, at: places.size });
  return removed.flatMap((base) =>
    alikeAcross(base.declaration, lists)
      .map(({ form, score }) => ({ base, ...places.get(form)!, score }))
      .sort((a, b) => a.at - b.at),
  );
}

const forms = new WeakMap<readonly Side[], readonly Declaration[]>();

/** The same list for the same sides. */
function formsOf(sides: readonly Side[]): readonly Declaration[] {
  const known = forms.get(sides) ?? sides.map(({ declaration }) => declaration);
  forms.set(sides, known);
  return known;
}

const mayBeAlike = candidatesFrom(alike - forEqualName);

/** Only declarations that have rare token windows in common are compared, or that have one id. */
function alikeIn(base: Declaration, group: readonly Declaration[]): Hit<Declaration>[] {
  if (base.shingles.length === 0) return [];
  const found = mayBeAlike(base.shingles, group);
  return group.flatMap((form) => {
    const score = found.has(form) || form.id === base.id ? scoreOf(base, form) : 0;
    return isAlike(base, form, score) ? [{ form, score }] : [];
  });
}

function isAlike(base: Declaration, now: Declaration, score: number): boolean {
  return score > 0 && score >= (base.id === now.id ? alikeById : alike);
}

function scoreOf(base: Declaration, now: Declaration): number {
  if (base.kind === 'module' || now.kind === 'module' || isCode(base) !== isCode(now)) return 0;
  const isSmall = Math.min(base.shingles.length, now.shingles.length) < fewestShingles;
  if (isSmall && base.name !== now.name && base.normal !== now.normal) return 0;
  return likeness(base, now) + (base.name === now.name ? forEqualName : 0);
}

function isCode(declaration: Declaration): boolean {
  return declaration.kind === 'function' || declaration.kind === 'method' || declaration.calls.length > 0;
}

/** Names at the base with the names that stand for them now, where a declaration was matched under another name. */
function renamesOf(pairs: readonly Pair[]): ReadonlyMap<string, ReadonlySet<string>> {
  const renames = new Map<string, Set<string>>();
  for (const { base, now } of pairs) {
    const [from, to] = [base.declaration.name, now.declaration.name];
    if (from === to) continue;
    const known = renames.get(from) ?? new Set<string>();
    renames.set(from, known.add(to));
  }
  return renames;
}

/** Equal behaviour: the same normal form, where names of renamed declarations may differ. */
function isSame(base: Declaration, now: Declaration, renames: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  if (base.normal === now.normal) return true;
  if (base.shape !== now.shape || base.names.length !== now.names.length) return false;
  return base.names.every((name, i) => {
    const other = now.names[i]!;
    if (name === other) return true;
    const [from, to] = name.startsWith('.') && other.startsWith('.') ? [name.slice(1), other.slice(1)] : [name, other];
    return renames.get(from)?.has(to) ?? false;
  });
}

/** An id without the kinds in it: `Cart > total` for `class Cart > method total`. */
function slotOf(id: string): string {
  return id.replace(/(^|> )(?:function|method|class|variable|property|namespace) /g, '$1');
}

const toldPairs = new WeakMap<Side, { readonly base: Side | undefined; readonly pair: DeclarationPair }>();

/** The same object for the same two sides. */
function toPair({ base, now }: { base: Side | undefined; now: Side | undefined }): DeclarationPair {
  const side = (now ?? base)!;
  const known = toldPairs.get(side);
  if (known && known.base === base) return known.pair;
  const pair = {
    path: side.file.path,
    basePath: (base ?? side).file.basePath,
    base: base?.declaration,
    now: now?.declaration,
  };
  toldPairs.set(side, { base, pair });
  return pair;
}

function grouped(sides: readonly Side[], keyOf: (declaration: Declaration) => string): Map<string, Side[]> {
  const groups = new Map<string, Side[]>();
  for (const side of sides) {
    const key = keyOf(side.declaration);
    const group = groups.get(key);
    if (group) group.push(side);
    else groups.set(key, [side]);
  }
  return groups;
}

function remove(sides: Side[], gone: ReadonlySet<Side>): void {
  sides.splice(0, sides.length, ...sides.filter((one) => !gone.has(one)));
}

function startOf(pair: DeclarationPair): number {
  return (pair.now ?? pair.base!).range.start;
}

function idOf(pair: DeclarationPair): string {
  return (pair.now ?? pair.base!).id;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
