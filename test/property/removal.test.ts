import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { fuzz } from '../fuzz/fuzz.ts';

/**
 * Laws 1, 3 and 4 of the design on generated code; `npm run fuzz` draws more of it (docs/proof.md). A failure prints its seed, and
 * `SWITCHYARD_SEED` runs it again. What diverged once is kept as a fixture in test/fixtures/removal.
 */
const counts = { programs: 2000, components: 200, workspaces: 100 };
const given = process.env.SWITCHYARD_SEED;
// The same code every time: a failure here is a change of ours. Other code is what the fuzz draws.
const seed = given === undefined ? 4711 : Number(given);

describe('removal keeps behaviour', function () {
  this.timeout(600_000);

  it(`does what the code does with the flags fixed (seed ${seed}, ${Object.values(counts).join(', ')} cases)`, async () => {
    const reports = await fuzz({ counts, seed, workers: Math.min(4, availableParallelism()), enough: 3 });
    for (const [family, { found, same, changed, void: lost }] of reports) {
      const told = found.map(
        ({ seed: at, how, before, after }) => `seed ${at}: ${how}\n${before}\n--- after\n${after}`,
      );
      assert.equal(found.length, 0, `${family}\n${told.join('\n\n')}`);
      // A generator of code that does not run, or has no flags, would prove nothing.
      assert.ok(lost <= same / 50, `${family}: ${lost} of ${same} were not judged`);
      assert.ok(changed > same / 2, `${family}: only ${changed} of ${same} were changed`);
    }
    assert.deepEqual([...reports.keys()].sort(), Object.keys(counts).sort());
  });
});
