import assert from 'node:assert/strict';
import type { FileChange } from '../../server/src/core/source-change.ts';
import { withoutBroken } from '../../server/src/removal/parsed-results.ts';

describe('the results of a removal', () => {
  it('are withheld where they would not parse', () => {
    const files = [
      cut('good.ts', 'const a = [1, 2];', ', 2'),
      cut('bad.ts', 'const a = [1, 2];', '];'),
      cut('good.json', '{ "a": 1, "b": 2 }', ', "b": 2'),
      cut('bad.json', '{ "a": 1, "b": 2 }', '"b": 2 }'),
      cut('was-bad.ts', 'const a = [1, 2; let', ', 2'),
      cut('words.md', '[a](', '('),
    ];
    assert.deepEqual([...withoutBroken(files, undefined)!.files.keys()], ['bad.ts', 'bad.json']);
    assert.equal(withoutBroken([files[0]!], undefined), undefined);
  });
});

function cut(path: string, before: string, out: string): FileChange {
  const start = before.indexOf(out);
  const range = { start, end: start + out.length };
  return { path, before, edits: [{ range, newText: '', kind: 'definition', reason: 'goes' }] };
}
