import assert from 'node:assert/strict';
import { programReads } from './flags-program.ts';
import type { SdkCase } from './sdk-cases/case.ts';
import { moreVendors } from './sdk-cases/more-vendors.ts';

/** Flags that are declared by name, and calls that yield all flags: reads of which the catalogue's cases hold no snippet. */
const others: Record<string, readonly SdkCase[]> = {
  vercel: [
    {
      name: 'next: the declared name is the flag',
      text: `import { flag } from 'flags/next';
export const newCheckout = flag<boolean>({ key: 'new-checkout', decide: () => false });
export async function Page() { return (await newCheckout()) ? 1 : 2 }`,
      reads: ['new-checkout newCheckout value async'],
    },
    {
      name: 'the old name, a precomputed code, a run of one’s own',
      text: `import { unstable_flag as flag } from '@vercel/flags/next';
const a = flag({ key: 'a', decide: () => true });
const b = flag({ key: 'b', decide: () => true });
export async function Page({ params, req }) { return (await a(params.code, [a])) && (await b(req)) && (await a.run({ identify: {} })) }`,
      reads: ['a a value async', 'b b value async', 'a run value async'],
    },
    {
      name: 'sveltekit',
      text: `import { flag } from 'flags/sveltekit';
export const a = flag({ key: 'a', decide: () => true });
export const load = async () => ({ on: await a() });`,
      reads: ['a a value async'],
    },
    {
      name: 'bulk calls',
      text: `import { evaluate, flag, generatePermutations, precompute } from 'flags/next';
export const a = flag({ key: 'a', decide: () => true });
export const b = flag({ key: 'b', decide: () => true });
export async function f() { const [x, y] = await evaluate([a, b]); await precompute([a]); await generatePermutations([b]) }`,
      reads: ['a evaluate other', 'b evaluate other', 'a precompute other', 'b generatePermutations other'],
    },
  ],
  pairs: [
    {
      name: 'evaluate: a key for the client of Vercel, flags for its functions',
      text: `import { evaluate, flag } from 'flags/next';
import { flagsClient } from '@vercel/flags-core';
const a = flag({ key: 'a', decide: () => true });
export async function f() { await evaluate([a]); return (await flagsClient.evaluate('b', true)).value }`,
      reads: ['a evaluate other', 'b evaluate details:value async default=true'],
    },
  ],
};

describe('flag reads of nine more vendors', () => {
  for (const [group, cases] of [...Object.entries<readonly SdkCase[]>(moreVendors), ...Object.entries(others)])
    describe(group, () => {
      for (const { name, text, reads, dynamic = 0 } of cases)
        it(name, () => {
          const found = programReads({ 'src/a.tsx': text });
          assert.deepEqual(found.reads, reads);
          assert.equal(found.dynamic.length, dynamic, JSON.stringify(found.dynamic));
        });
    });
});
