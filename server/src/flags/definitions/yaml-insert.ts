import type { Node } from 'jsonc-parser';
import { UserError } from '../../core/user-error.ts';
import { type Insertion, insertInto } from './insert-entry.ts';
import { writtenKey } from './key-text.ts';
import { indentOf, lineBreakOf, lineEndOf, lineStartOf, nextLineOf, startsLine } from './text-lines.ts';
import { flowList, yamlList } from './yaml-entries.ts';
import { yamlParser } from './yaml-parser.ts';

/**
 * Puts values at the end of a YAML map (under a key) or list, in block or flow style as its other entries are, with an empty line
 * between where they have one. Words that other parsers of YAML take for booleans are quoted.
 */
export function insertIntoYaml(
  text: string,
  container: Node,
  key: string | undefined,
  ...values: readonly unknown[]
): Insertion[] {
  if (values.length === 0) return [];
  const list = yamlList(text, container);
  if (list.isFlow) {
    const flow = flowList(text, list);
    return insertInto(text, flow.tokens, container, flow.list, key, values);
  }
  const last = list.entries.at(-1);
  if (!last || !startsLine(text, last.start))
    throw new UserError('The file has no flag beside which a new one could be written: add it by hand.');
  const indent = indentOf(text, last.start);
  const lineBreak = lineBreakOf(text);
  const keyNode = container.type === 'object' ? last.node.children?.[0] : undefined;
  const keyText = key === undefined ? undefined : writtenKey(key, text[keyNode?.offset ?? -1] ?? '', 'yaml');
  const lines = values.flatMap((value) => entryLines(keyText, value));
  const previous = list.entries.at(-2);
  const isSpaced = previous !== undefined && /\n[ \t]*\r?\n/.test(text.slice(previous.end, last.start));
  const block = lines.map((line) => (line === '' ? '' : indent + line)).join(lineBreak);
  return [{ at: endOf(text, last.end, indent), newText: `${lineBreak}${isSpaced ? lineBreak : ''}${block}` }];
}

/** An entry in block style, without indentation: `key:` and its fields, or a dash and them. */
function entryLines(key: string | undefined, value: unknown): string[] {
  const { stringify } = yamlParser();
  const body = stringify(value, { indent: 2, lineWidth: 0, compat: 'yaml-1.1' }).trimEnd().split('\n');
  if (key === undefined) return body.map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`));
  if (typeof value !== 'object') return [`${key}: ${body.join('\n')}`];
  return [`${key}:`, ...body.map((line) => `  ${line}`)];
}

/** The end of the entry's last line, comments inside of it included. */
function endOf(text: string, end: number, indent: string): number {
  let at = lineEndOf(text, end);
  for (let next = nextLineOf(text, at); next > at; next = nextLineOf(text, next)) {
    const comment = /^([ \t]*)#/.exec(text.slice(next, lineEndOf(text, next)));
    if (!comment || comment[1]!.length <= indent.length || lineStartOf(text, next) !== next) break;
    at = lineEndOf(text, next);
  }
  return at;
}
