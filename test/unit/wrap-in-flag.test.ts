import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'jsonc-parser';
import { changedText } from '../../server/src/core/source-change.ts';
import { UserError } from '../../server/src/core/user-error.ts';
import { suggestKey, wrapInFlag } from '../../server/src/wrap/wrap-in-flag.ts';
import { type FixtureCase, parseFixture } from '../harness/fixture.ts';
import { worldOf } from './wrap-world.ts';

/**
 * Literate cases in `test/fixtures/wrap`: the selection runs from the first mark to the last, the first mark's message is
 * the key. A block named `refused` holds words of the sentence that is wanted instead of a result.
 */
const folder = path.join(import.meta.dirname, '../fixtures/wrap');

for (const name of fs.readdirSync(folder).sort()) {
  const fixture = parseFixture(fs.readFileSync(path.join(folder, name), 'utf8'));
  describe(`wrap in flag: ${fixture.title}`, () => {
    for (const one of fixture.cases) it(one.title, () => checkWrap(one));
  });
}

function checkWrap(one: FixtureCase): void {
  const now = new Map(one.now);
  const wanted = now.get('refused')?.trim();
  now.delete('refused');
  const world = worldOf(now, one.base, parse(now.get('switchyard.jsonc') ?? '{}'));
  const first = one.marks[0]!;
  const last = one.marks.at(-1)!;
  const request = { path: first.path, range: { start: first.start, end: last.end! }, key: first.message };
  if (wanted !== undefined) {
    assert.throws(
      () => wrapInFlag(request, world),
      (error) => {
        assert.ok(error instanceof UserError && error.message.includes(wanted), String(error));
        return true;
      },
    );
    return;
  }
  const change = wrapInFlag(request, world);
  const files = new Map(change.files.map((file) => [file.path, changedText(file)]));
  const after = one.after.get('wrap');
  assert.ok(after, 'the case says neither what comes out nor that it is refused');
  assert.deepEqual(Object.fromEntries(files), Object.fromEntries(after));
  const text = files.get(change.cursor!.path)!;
  assert.match(text.slice(0, change.cursor!.offset), /[\w-]$/, 'the cursor stands behind the key');
}

describe('a key for a new flag', () => {
  const at = (text: string, word: string) => ({ start: text.indexOf(word), end: text.indexOf(word) });

  it('is named after the function around', () => {
    const text = 'export function computeTotal() {\n  return [1].map((n) => n + 1);\n}\n';
    assert.equal(suggestKey(worldOf(new Map([['a.ts', text]])), 'a.ts', at(text, 'n + 1')), 'compute-total-change');
  });

  it('is named after the file where there is no function, and numbered when it is taken', () => {
    const text = "import { isEnabled } from 'unleash-client';\nexport const on = isEnabled('my-page-change');\n";
    assert.equal(
      suggestKey(worldOf(new Map([['src/myPage.ts', text]])), 'src/myPage.ts', at(text, 'on')),
      'my-page-change-2',
    );
  });
});
