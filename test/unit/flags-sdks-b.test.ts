import assert from 'node:assert/strict';
import { programReads } from './flags-program.ts';
import { moreVendors } from './sdk-cases/more-vendors.ts';

describe('flag reads of nine more vendors', () => {
  for (const [group, cases] of Object.entries(moreVendors))
    describe(group, () => {
      for (const { name, text, reads, dynamic = 0 } of cases)
        it(name, () => {
          const found = programReads({ 'src/a.tsx': text });
          assert.deepEqual(found.reads, reads);
          assert.equal(found.dynamic.length, dynamic, JSON.stringify(found.dynamic));
        });
    });
});
