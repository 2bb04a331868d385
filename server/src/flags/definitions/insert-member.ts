import { UserError } from '../../core/user-error.ts';
import type { FlagDefinition } from '../flag.ts';
import { listAround, tokensOf } from './entry-list.ts';
import { appendTo, type Insertion } from './insert-entry.ts';
import { memberName } from './member-name.ts';
import { unionMembersOf } from './remove-members.ts';
import { indentOf, lineBreakOf, startsLine } from './text-lines.ts';

/** Puts a member at the end of an enum or constant object: named, quoted and laid out as the last one is. */
export function insertMember(text: string, siblings: readonly FlagDefinition[], key: string): Insertion[] {
  const last = siblings.at(-1)!;
  const registry = last.registry!;
  const tokens = tokensOf(text, registry.range);
  const first = tokens.find((token) => token.start >= last.range.start && token.kind !== 'comment');
  const sample = text.slice(first?.start ?? last.range.start, last.range.end);
  const shape = /^(['"`]?)[\p{L}\p{N}_$.-]+\1(\s*[:=]\s*)(['"`])[^'"`]*\3$/u.exec(sample);
  const list = first && listAround(text, tokens, first.start);
  if (!shape || !list || registry.records) {
    throw new UserError(
      `The last entry of '${registry.name}' is not a plain name with a string, so a new one cannot follow its style.`,
    );
  }
  const [, nameQuote, separator, quote] = shape;
  const path = registry.member.split('.');
  const parent = path.slice(0, -1);
  const names = siblings
    .filter((one) => one.registry!.member.split('.').slice(0, -1).join('.') === parent.join('.'))
    .map((one) => ({ name: one.registry!.member.split('.').at(-1)!, key: one.key }));
  const name = nameQuote && names.every((one) => one.name === one.key) ? key : memberName(key, names);
  if (names.some((one) => one.name === name))
    throw new UserError(`'${registry.name}' already has a member '${name}': name the new one by hand.`);
  const written = nameQuote || !isIdentifier(name) ? quoted(name, nameQuote || quote!) : name;
  const ownLine = startsLine(text, first.start);
  const before = ownLine ? lineBreakOf(text) + indentOf(text, first.start) : ' ';
  return appendTo(text, tokens, list, [written + separator! + quoted(key, quote!)], before);
}

/** Puts a literal at the end of a union, quoted and laid out as the last one is. */
export function insertUnionMember(text: string, sibling: FlagDefinition, key: string): Insertion[] {
  const { range, name } = sibling.registry!;
  const last = unionMembersOf(text, tokensOf(text, range), range).at(-1);
  const quote = text[sibling.keyRange.start]!;
  if (!last || !/['"`]/.test(quote)) throw new UserError(`'${name}' is not a union of strings that can be added to.`);
  const literal = quoted(key, quote);
  const indent = lineBreakOf(text) + indentOf(text, last.start);
  if (last.barBefore && startsLine(text, last.barBefore.start))
    return [{ at: last.end, newText: `${lineBreakOf(text)}${indentOf(text, last.barBefore.start)}| ${literal}` }];
  if (last.barBefore && startsLine(text, last.start)) return [{ at: last.end, newText: ` |${indent}${literal}` }];
  return [{ at: last.end, newText: ` | ${literal}` }];
}

function quoted(text: string, quote: string): string {
  return (
    quote +
    text.replace(/[\\\n\r]/g, (char) => JSON.stringify(char).slice(1, -1)).replaceAll(quote, `\\${quote}`) +
    quote
  );
}

function isIdentifier(name: string): boolean {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name);
}
