import type { Change, ChangedFile, DeclarationPair } from '../../change/change.ts';
import { basename, dirname, extname } from '../../core/paths.ts';
import type { Declaration } from '../../facts/change-facts.ts';
import type { RuleInput } from '../rule.ts';
import { isSetApart } from './set-apart.ts';

/** A declaration that stood at the base and still stands, changed, with the texts of its file. */
export interface Compared {
  readonly pair: DeclarationPair;
  readonly path: string;
  readonly base: Declaration;
  readonly now: Declaration;
  readonly baseText: string;
  readonly nowText: string;
}

const kept = new WeakMap<RuleInput['pairs'], readonly Compared[]>();

/** What the risk rules compare: tests, fixtures, generated code and the like are set apart. Told once for all rules. */
export function comparedDeclarations(input: RuleInput): readonly Compared[] {
  const known = kept.get(input.pairs) ?? tellCompared(input);
  kept.set(input.pairs, known);
  return known;
}

/** The same object for the same pair, so that what a rule told of it can be kept with it. */
const told = new WeakMap<DeclarationPair, Compared>();

function tellCompared({ pairs, change }: RuleInput): Compared[] {
  const texts = new Map(change?.files.flatMap(({ path, now }) => (now === undefined ? [] : [[path, now] as const])));
  const bases = new Map(
    change?.files.flatMap(({ basePath, base }) => (base === undefined ? [] : [[basePath, base] as const])),
  );
  return pairs.flatMap((pair) => {
    const { path, basePath, base, now } = pair;
    const [baseText, nowText] = [bases.get(basePath), texts.get(path)];
    if (!base || !now || baseText === undefined || nowText === undefined || isSetApart(path)) return [];
    const known = told.get(pair);
    if (known?.baseText === baseText && known.nowText === nowText) return [known];
    const one = { pair, path, base, now, baseText, nowText };
    told.set(pair, one);
    return [one];
  });
}

const filesByPath = new WeakMap<Change, ReadonlyMap<string, ChangedFile>>();

export function textNow({ change }: RuleInput, path: string): string | undefined {
  if (!change) return undefined;
  const known = filesByPath.get(change) ?? new Map([...change.others, ...change.files].map((one) => [one.path, one]));
  filesByPath.set(change, known);
  return known.get(path)?.now;
}

/** The word by which a test would name a declaration. */
export function symbolOf(declaration: Declaration, path: string): string {
  const { name, container } = declaration;
  if (name === 'constructor') return container.replace(/^.*class /, '');
  if (name === 'default' || name === 'module') {
    const file = basename(path).slice(0, -extname(path).length);
    return file === 'index' ? basename(dirname(path)) : file;
  }
  const route = /^\w+ (\/.*)$/.exec(name)?.[1];
  return route ?? name;
}

/** The declaration for a person: `'checkout'`, `'Cart.total'`, `this module`. */
export function shownName(declaration: Pick<Declaration, 'kind' | 'name' | 'container'>): string {
  if (declaration.kind === 'module') return 'this module';
  const owner = /class ([\w$]+)$/.exec(declaration.container)?.[1];
  if (declaration.name === 'default') return 'the default export';
  return owner ? `'${owner}.${declaration.name}'` : `'${declaration.name}'`;
}
