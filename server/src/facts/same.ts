import type { Later } from '../core/later.ts';
import type { ChangeFacts, Declaration, FeatureKind } from './change-facts.ts';
import type { Told, Unit } from './told.ts';

/** What a file says outside of the bodies of its functions: all that one declaration of it may see of the others. */
export interface Context {
  readonly items: readonly ContextItem[];
  /** What a parser skips stands between statements: `c}onst A = 4` is another text than `const A = 4`. */
  readonly skipped: string;
}

export interface ContextItem {
  readonly kind: 'import' | 'signature' | 'value' | 'statement' | 'directive';
  readonly text: string;
  /** What may mean something else where the item is another one: what it declares, or all words of a statement that declares nothing. */
  readonly names: readonly string[];
}

/** What is asked of a file's facts without telling its declarations. */
export interface Sketch {
  readonly context: Later<Context>;
  readonly exports: Later<ChangeFacts['exports']>;
  readonly mutedChecks: Later<ChangeFacts['mutedChecks']>;
  /** By id. */
  readonly told: ReadonlyMap<string, Told>;
  /** Whether a text may hold a feature of a kind. */
  readonly mayHold: (text: string, kind: FeatureKind) => boolean;
}

const sketches = new WeakMap<ChangeFacts, Sketch>();

export function keepSketch(facts: ChangeFacts, sketch: Sketch): void {
  sketches.set(facts, sketch);
}

export function sketchOf(facts: ChangeFacts): Sketch | undefined {
  return sketches.get(facts);
}

/** Declarations that may hold features of a kind, as their texts tell: the others need not be looked through. */
export function mayHold(facts: ChangeFacts, kind: FeatureKind): readonly Declaration[] {
  return thoseOf(facts, (text, sketch) => sketch.mayHold(text, kind));
}

/** Declarations whose text holds a word; some that do not, too. */
export function naming(facts: ChangeFacts, word: string): readonly Declaration[] {
  return thoseOf(facts, (text) => text.includes(word));
}

function thoseOf(facts: ChangeFacts, holds: (text: string, sketch: Sketch) => boolean): readonly Declaration[] {
  const sketch = sketches.get(facts);
  if (!sketch) return facts.declarations;
  return facts.declarations.filter(({ id }) => {
    const unit = sketch.told.get(id)?.unit;
    return !unit || holds(unit.text, sketch);
  });
}

/**
 * Which declarations of two texts of a file behave alike because nothing that they depend on differs; of the others nothing is said.
 * A declaration depends on its own text, and on what the file says outside of bodies of the names in it: neither has to be looked
 * through where both are equal.
 */
export function sameIn(before: ChangeFacts, after: ChangeFacts): (a: Declaration, b: Declaration) => boolean {
  const [a, b] = [sketches.get(before), sketches.get(after)];
  if (!a || !b) return () => false;
  const same = sameBy(a.context, b.context);
  return (one, other) => same(a.told.get(one.id)?.unit, b.told.get(other.id)?.unit);
}

/** The same for units; undefined is like nothing. */
export function sameBy(
  before: () => Context,
  after: () => Context,
): (a: Unit | undefined, b: Unit | undefined) => boolean {
  let differing: { readonly names: ReadonlySet<string> | undefined } | undefined;
  const told = new Map<string, boolean>();
  return (a, b) => {
    if (!a || !b || a.text !== b.text) return false;
    const known = told.get(a.text);
    if (known !== undefined) return known;
    differing ??= { names: namesThatDiffer(before(), after()) };
    const { names } = differing;
    const same = names !== undefined && !mentions(a.text, names);
    told.set(a.text, same);
    return same;
  };
}

/** Names of a file that may mean something else in another text of it; undefined where everything may. */
function namesThatDiffer(before: Context, after: Context): ReadonlySet<string> | undefined {
  if (before.skipped !== after.skipped) return undefined;
  const differing = [
    ...lacking(before.items, after.items),
    ...lacking(after.items, before.items),
    ...inOtherOrder(statementsOf(before), statementsOf(after)),
  ];
  if (differing.some(({ kind }) => kind === 'directive')) return undefined;
  const names = new Set(differing.flatMap((one) => one.names));
  // A constant that is made of another one is another one, too.
  for (let known = -1; known < names.size; ) {
    known = names.size;
    for (const one of after.items)
      if (one.kind === 'value' && mentions(one.text, names)) for (const name of one.names) names.add(name);
  }
  return names;
}

/** Some of the names stand in the text, as words. */
function mentions(text: string, names: ReadonlySet<string>): boolean {
  for (const name of names) {
    // It is still to be typed: `import  from 'x'`.
    if (name === '') continue;
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
      if (!isWordAt(text, at - 1) && !isWordAt(text, at + name.length)) return true;
  }
  return false;
}

function isWordAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  // Letters, digits, _ and $; what is not ASCII may be a letter.
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36 ||
    code > 127
  );
}

function lacking(items: readonly ContextItem[], others: readonly ContextItem[]): ContextItem[] {
  const known = new Set(others.map((one) => one.text));
  return items.filter((one) => !known.has(one.text));
}

/** `app.use(auth)` says something of all that stands after it. */
function inOtherOrder(before: readonly ContextItem[], after: readonly ContextItem[]): ContextItem[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start]!.text === after[start]!.text) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end)!.text === after.at(-1 - end)!.text) end++;
  return [...before.slice(start, before.length - end), ...after.slice(start, after.length - end)];
}

function statementsOf({ items }: Context): ContextItem[] {
  return items.filter((one) => one.kind === 'statement' || one.kind === 'directive');
}
