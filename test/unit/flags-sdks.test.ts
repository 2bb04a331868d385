import assert from 'node:assert/strict';
import type { FlagRead } from '../../server/src/flags/flag.ts';
import { analyse } from './flags-program.ts';
import { vendors } from './sdk-cases/vendors.ts';

for (const [vendor, cases] of Object.entries(vendors))
  describe(`reads: SDK of ${vendor}`, () => {
    for (const { name, text, reads, dynamic = 0 } of cases)
      it(name, () => {
        const { inventory } = analyse({ 'src/a.tsx': text });
        const found = [...inventory.flags.values()].flatMap((flag) => flag.reads);
        found.sort((a, b) => a.range.start - b.range.start || a.keyRange.start - b.keyRange.start);
        assert.deepEqual(
          found.map((read) => line(read, text)),
          reads,
        );
        assert.equal(inventory.dynamicReads.length, dynamic, JSON.stringify(inventory.dynamicReads));
      });
  });

function line(read: FlagRead, text: string): string {
  const { result, type, inverted } = read;
  const field = 'field' in result && result.field !== undefined ? `:${result.field}` : '';
  const async = 'async' in result && result.async ? ' async' : '';
  const written = read.default && text.slice(read.default.range.start, read.default.range.end).replaceAll("'", '"');
  return [
    read.key,
    read.reader.slice(read.reader.indexOf(' ') + 1),
    `${result.kind}${field}${async}`,
    ...(type === undefined ? [] : [type]),
    ...(inverted ? ['off'] : []),
    ...(written === undefined ? [] : [`default=${written}`]),
  ].join(' ');
}
