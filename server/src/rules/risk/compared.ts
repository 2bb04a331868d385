import type { DeclarationPair } from '../../change/change.ts';
import { type FlagGuard, flagGuards } from '../../change/guards.ts';
import { verdictOf } from '../../change/verdict.ts';
import type { Verdict } from '../../core/finding.ts';
import { basename, dirname, extname } from '../../core/paths.ts';
import type { TextRange } from '../../core/text.ts';
import type { Declaration } from '../../facts/change-facts.ts';
import type { Inventory } from '../../flags/flag.ts';
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

function textNow(input: RuleInput, path: string): string | undefined {
  return input.change?.files.find((one) => one.path === path)?.now;
}

/**
 * Whether a risk at a place of a declaration is under control.
 * @param kinds the words of a delivery tag that account for it
 */
export function verdictAt(
  input: RuleInput,
  path: string,
  declaration: Declaration,
  place: TextRange,
  kinds: readonly string[],
): Verdict {
  const facts = input.changeFacts(path) ?? { declarations: [], conditions: [] };
  return verdictOf({
    place,
    declaration,
    kinds,
    text: textNow(input, path) ?? '',
    facts,
    tags: input.facts(path)?.tags ?? [],
    guards: guardsOf(input, path),
    tests: input.reach.changedTestsNaming(path, symbolOf(declaration, path)),
  });
}

/** Guards of flags that vary: a side that everybody gets guards nothing. */
function guardsOf(input: RuleInput, path: string): FlagGuard[] {
  const facts = input.changeFacts(path);
  const reads = readsByPath(input.inventory).get(path);
  if (!facts || !reads) return [];
  return flagGuards(facts, reads).filter(({ key, side }) => {
    const value = input.inventory.flags.get(key)?.value;
    return typeof value !== 'boolean' || value !== (side === 'on');
  });
}

const grouped = new WeakMap<Inventory, Map<string, import('../../flags/flag.ts').FlagRead[]>>();

function readsByPath(inventory: Inventory): Map<string, import('../../flags/flag.ts').FlagRead[]> {
  const known = grouped.get(inventory);
  if (known) return known;
  const reads = new Map<string, import('../../flags/flag.ts').FlagRead[]>();
  for (const flag of inventory.flags.values())
    for (const read of flag.reads) reads.set(read.path, [...(reads.get(read.path) ?? []), read]);
  grouped.set(inventory, reads);
  return reads;
}

/** The word by which a test would name a declaration. */
function symbolOf(declaration: Declaration, path: string): string {
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
