import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { guards } from '../fuzz/guards.ts';

/** The guards that `npm run fuzz -- --mutate` skips are found by their text, which has to go on standing there. */
describe('guards of the removal', () => {
  for (const { keeps, file, from, to } of guards)
    it(`stand where they are looked for: ${keeps}`, () => {
      const text = readFileSync(new URL(`../../server/src/removal/${file}`, import.meta.url), 'utf8');
      assert.equal(text.split(from).length, 2, `${file}: ${from}`);
      assert.notEqual(from, to);
    });
});
