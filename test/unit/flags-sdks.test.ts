import assert from 'node:assert/strict';
import type { FlagRead } from '../../server/src/flags/flag.ts';
import { analyse } from './flags-program.ts';
import type { SdkCase } from './sdk-cases/case.ts';
import { configCat } from './sdk-cases/configcat.ts';
import { growthBook } from './sdk-cases/growthbook.ts';
import { harness } from './sdk-cases/harness.ts';
import { launchDarkly } from './sdk-cases/launchdarkly.ts';
import { openFeature } from './sdk-cases/openfeature.ts';
import { postHog } from './sdk-cases/posthog.ts';
import { split } from './sdk-cases/split.ts';
import { statsig } from './sdk-cases/statsig.ts';
import { unleash } from './sdk-cases/unleash.ts';

const vendors: Readonly<Record<string, readonly SdkCase[]>> = {
  launchDarkly,
  openFeature,
  unleash,
  growthBook,
  configCat,
  split,
  harness,
  statsig,
  postHog,
};

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
