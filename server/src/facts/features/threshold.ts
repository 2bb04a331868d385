import { ts } from 'ts-morph';
import { numberOf } from '../literal.ts';
import type { Extractor } from './extractor.ts';

/** Shares of code that tests have to reach, or of mutants that they have to find, in configuration that is code. */
export const thresholdExtractor: Extractor = {
  nodes: [ts.SyntaxKind.PropertyAssignment],
  mentions: /thresholds?|check-?coverage/i,
  take(node, { file }) {
    if (!ts.isPropertyAssignment(node)) return [];
    const name = plain(node.name.getText(file));
    const value = measures.test(name) ? numberOf(node.initializer) : undefined;
    if (value === undefined) return [];
    const names = [name];
    for (let at: ts.Node = node.parent; at; at = at.parent)
      if (ts.isPropertyAssignment(at)) names.unshift(plain(at.name.getText(file)));
    if (!names.some((one) => /thresholds?$|check-?coverage/i.test(one))) return [];
    const range = { start: node.getStart(file), end: node.end };
    return [{ kind: 'threshold', key: names.join('.'), range, text: node.getText(file), value: String(value) }];
  },
};

const measures = /^(?:lines|branches|functions|statements|high|low|break)$/;

function plain(name: string): string {
  return name.replace(/^['"`]|['"`]$/g, '');
}
