import type { ChangedFile, DeclarationPair } from '../../change/change.ts';
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

/** What the risk rules compare: tests, fixtures, generated code and the like are set apart. */
export function* comparedDeclarations(input: RuleInput): Iterable<Compared> {
  for (const pair of input.pairs) {
    const { path, basePath, base, now } = pair;
    if (!base || !now || isSetApart(path)) continue;
    const nowText = textNow(input, path);
    const baseText = input.change?.files.find((one) => one.basePath === basePath && one.base !== undefined)?.base;
    if (nowText !== undefined && baseText !== undefined) yield { pair, path, base, now, baseText, nowText };
  }
}

export function textNow(input: RuleInput, path: string): string | undefined {
  const isIt = (one: ChangedFile) => one.path === path;
  return (input.change?.files.find(isIt) ?? input.change?.others.find(isIt))?.now;
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
export function shownName(declaration: Declaration): string {
  if (declaration.kind === 'module') return 'this module';
  const owner = /class ([\w$]+)$/.exec(declaration.container)?.[1];
  if (declaration.name === 'default') return 'the default export';
  return owner ? `'${owner}.${declaration.name}'` : `'${declaration.name}'`;
}
