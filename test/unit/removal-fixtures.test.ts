import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { changedText } from '../../server/src/core/source-change.ts';
import type { FlagValue } from '../../server/src/flags/flag.ts';
import { removeFrom } from './removal-reads.ts';

/**
 * Literate before and after: under a `##` heading a block ```` ```ts ```` is a file, and each block ```` ```ts f=true ```` after
 * it is that file with the flag `f` removed at that value (`same` in the info string: nothing changes). Lines
 * `Refused: <part of the reason>` after a block are the refusals that are expected, in order; without one there are none.
 */
const folder = new URL('../fixtures/removal/', import.meta.url);

interface Expectation {
  readonly line: number;
  readonly extension: string;
  readonly values: Record<string, FlagValue>;
  readonly before: string;
  readonly after: string;
  readonly refused: string[];
}

describe('removal fixtures', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.md')))
    describe(file, () => {
      for (const [title, expectations] of parse(readFileSync(new URL(file, folder), 'utf8')))
        for (const expected of expectations)
          it(`${title} (${JSON.stringify(expected.values)}, line ${expected.line})`, () => check(expected));
    });
});

function check({ extension, values, before, after, refused }: Expectation): void {
  const change = removeFrom(`src/a.${extension}`, before, values);
  assert.equal(change.files.length === 0 ? before : changedText(change.files[0]!), after);
  const reasons = change.refused.map((refusal) => refusal.reason);
  assert.equal(reasons.length, refused.length, reasons.join('\n'));
  for (const [index, part] of refused.entries()) assert.ok(reasons[index]!.includes(part), reasons[index]);
}

function parse(markdown: string): Map<string, Expectation[]> {
  const lines = markdown.split('\n');
  const cases = new Map<string, Expectation[]>();
  let title = '';
  let before = '';
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    if (line.startsWith('## ')) {
      title = line.slice(3);
      assert.ok(!cases.has(title), `two cases are called '${title}'`);
      cases.set(title, []);
    } else if (line.startsWith('```')) {
      const end = lines.indexOf('```', i + 1);
      const [extension, ...words] = line.slice(3).split(' ');
      const body = lines
        .slice(i + 1, end)
        .map((one) => `${one}\n`)
        .join('');
      if (words.length === 0) before = body;
      else
        cases.get(title)!.push({
          line: i + 1,
          extension: extension!,
          values: valuesOf(words),
          before,
          after: words.includes('same') ? before : body,
          refused: [],
        });
      i = end;
    } else if (line.startsWith('Refused: ')) cases.get(title)!.at(-1)!.refused.push(line.slice(9));
  }
  return cases;
}

function valuesOf(words: readonly string[]): Record<string, FlagValue> {
  const pairs = words.filter((word) => word.includes('=')).map((word) => word.split('='));
  return Object.fromEntries(pairs.map(([key, value]) => [key, JSON.parse(value!) as FlagValue]));
}
