import assert from 'node:assert/strict';
import fc from 'fast-check';
import { overlap, overlapFrom } from '../../server/src/change/likeness.ts';

const windows = fc.uniqueArray(fc.integer({ min: -20, max: 20 }), { maxLength: 30 });

/** As it is defined. */
function defined(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const common = a.filter((one) => b.includes(one)).length;
  return common / new Set([...a, ...b]).size;
}

describe('likeness', () => {
  it('is what two sets have in common over all that they have', () => {
    fc.assert(fc.property(windows, windows, (a, b) => assert.equal(overlap(a, b), defined(a, b))));
  });

  it('is told from a least one on, and from no other', () => {
    const least = fc.constantFrom(0, 0.25, 0.4, 0.5, 0.6, 2 / 3, 0.75, 0.85, 1);
    fc.assert(
      fc.property(windows, windows, least, (a, b, least) => {
        const all = defined(a, b);
        assert.equal(overlapFrom(least, a, b), all >= least ? all : 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('is whole for sets that hold the same', () => {
    fc.assert(
      fc.property(
        windows.filter((one) => one.length > 0),
        (a) => assert.equal(overlapFrom(0.85, a, a.toReversed()), 1),
      ),
    );
  });
});
