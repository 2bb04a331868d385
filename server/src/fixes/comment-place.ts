import { ts } from 'ts-morph';
import { parse } from '../facts/parse.ts';
import { lineEnd, lineStart } from '../wrap/style.ts';

/**
 * Comments that speak to a tool about the next line must stay next to it: where something goes that is to stand above a line.
 * @param at the start of the line
 * @param top nothing above it is looked at
 */
export function aboveDirectives(text: string, at: number, top: number): number {
  let line = at;
  while (line > top) {
    const above = lineStart(text, line - (text.startsWith('\r\n', line - 2) ? 2 : 1));
    if (!directive.test(text.slice(above, lineEnd(text, above)))) break;
    line = above;
  }
  return line;
}

const directive =
  /^\s*(\/\/|\/\*)\s*(eslint-|@ts-|prettier-ignore|biome-ignore|oxlint-|(istanbul|c8|v8) ignore|switchyard-ignore|tslint:|deno-lint|@__PURE__)/;

/** Whether two texts of a file differ in nothing but comments and layout. */
export function isSameCode(path: string, before: string, after: string): boolean {
  return tokens(path, before) === tokens(path, after);
}

function tokens(path: string, text: string): string {
  const out: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isToken(node) || ts.isIdentifier(node)) out.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(parse(path, text));
  return out.join('\n');
}
