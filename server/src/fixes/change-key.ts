import camelCase from 'lodash.camelcase';
import type { FileChange } from '../core/source-change.ts';
import type { TextRange } from '../core/text.ts';
import { UserError } from '../core/user-error.ts';
import type { NameFact } from '../facts/file-facts.ts';
import type { FlagRead } from '../flags/flag.ts';
import type { Fix, World } from './fix.ts';

/** A read, by its file, key and the offset of the key as written, and the key that it should have. */
interface KeyChange {
  readonly path: string;
  readonly at: number;
  readonly key: string;
  readonly to: string;
}

export default {
  id: 'change-key',
  build({ path, at, key, to }, world) {
    const read = world.inventory.flags.get(key)?.reads.find((one) => one.path === path && one.keyRange.start === at);
    const text = world.text(path);
    if (!read || text === undefined) throw new UserError(`The read of '${key}' is no longer at this place in ${path}.`);
    return { title: `Change '${key}' to '${to}'`, files: [changeAt(read, text, to, world)], refused: [] };
  },
} satisfies Fix<KeyChange>;

function changeAt(read: FlagRead, text: string, to: string, world: World): FileChange {
  const written = text.slice(read.keyRange.start, read.keyRange.end);
  const reason = `no definition knows '${read.key}'`;
  const replace = (path: string, before: string, range: TextRange, newText: string): FileChange => ({
    path,
    before,
    edits: [{ range, newText, kind: 'definition', reason }],
  });
  const literal = literalWith(written, to);
  if (literal !== undefined) return replace(read.path, text, read.keyRange, literal);
  const isMember = read.result.kind === 'binding' || text.slice(0, read.keyRange.start).trimEnd().endsWith('.');
  const constant = isMember && !written.includes('.') ? undefined : constantOf(read, written, world);
  if (constant) {
    const range = literalRange(constant.text, constant.fact.range, read.key);
    if (range) {
      const old = constant.text.slice(range.start, range.end);
      return replace(constant.path, constant.text, range, literalWith(old, to)!);
    }
  }
  if (isMember && /^[\p{L}\p{N}_$]+$/u.test(written)) {
    const name = spelledAs(to);
    const shorthand = read.result.kind === 'binding' && !/^\s*:/.test(text.slice(read.keyRange.end));
    return replace(read.path, text, read.keyRange, shorthand ? `${name}: ${written}` : name);
  }
  throw new UserError(
    `The key '${read.key}' is not written at this read, and the constant that holds it was not found: change it where it is written.`,
  );
}

/** A string literal with another text in the same quotes; undefined for what is no string literal. */
function literalWith(written: string, to: string): string | undefined {
  const quote = /^(['"`])[\s\S]*\1$/.exec(written)?.[1];
  if (quote === undefined) return undefined;
  return quote + to.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote;
}

/** A member of a record of flags, as hooks spell it: as it is where that is a name, else in camelCase. */
function spelledAs(key: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? key : camelCase(key);
}

/** The string constant behind a name at a read: of the same file, or imported from a file of the workspace. */
function constantOf(
  read: FlagRead,
  written: string,
  world: World,
): { path: string; text: string; fact: NameFact } | undefined {
  const facts = world.facts(read.path);
  const isIt = (name: string) => (one: NameFact) => one.kind === 'const' && one.name === name && one.value === read.key;
  const own = facts?.names.find(isIt(written));
  const text = world.text(read.path);
  if (own && text !== undefined) return { path: read.path, text, fact: own };
  for (const one of facts?.imports ?? []) {
    const binding = one.bindings.find(({ local }) => local === written);
    const path = binding && world.graph.resolve(read.path, one.specifier);
    if (path === undefined) continue;
    const exported = world.facts(path)?.exports.find((each) => each.exported === binding!.imported);
    const fact = world.facts(path)?.names.find(isIt(exported?.local ?? binding!.imported));
    const other = world.text(path);
    if (fact && other !== undefined) return { path, text: other, fact };
  }
  return undefined;
}

/** The one string literal of a declaration that holds the key. */
function literalRange(text: string, declaration: TextRange, key: string): TextRange | undefined {
  const found = [...text.slice(declaration.start, declaration.end).matchAll(/(['"`])((?:\\.|(?!\1)[^\\])*)\1/g)].filter(
    (match) => match[2] === key,
  );
  if (found.length !== 1) return undefined;
  const start = declaration.start + found[0]!.index;
  return { start, end: start + found[0]![0].length };
}
