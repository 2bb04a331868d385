import assert from 'node:assert/strict';
import type { Finding } from '../../server/src/core/finding.ts';
import { createSession } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';

const base = `export async function load(url: string) {
  return fetch(url, { timeout: 2000 });
}
`;

interface Case {
  /** What stands above the changed line. */
  readonly tag?: string;
  readonly required?: Record<string, string[]>;
  readonly trailers?: { kind: string; reason: string }[];
  readonly test?: boolean;
  readonly day?: string;
}

const testBefore = "import { load } from './client';\nit('loads', () => load('a'));\n";

/** The finding about a timeout that changed. */
async function risk({ tag, required = {}, trailers = [], test = false, day = '2026-01-15' }: Case): Promise<Finding> {
  const now = base
    .replace('2000', '4000')
    .replace('  return', tag === undefined ? '  return' : `  // ${tag}\n  return`);
  const host = memoryHost(
    new Map([
      ['src/client.ts', now],
      ['src/client.test.ts', test ? testBefore.replace("'a'", "'b'") : testBefore],
      ['switchyard.jsonc', JSON.stringify({ risk: { required } })],
    ]),
    new Map([
      ['src/client.ts', base],
      ['src/client.test.ts', testBefore],
    ]),
  );
  host.trailers = trailers;
  host.day = day;
  const { findings } = await createSession({ host }).analyse();
  const found = findings.filter((one) => one.rule === 'risk/timeout-changed');
  assert.equal(found.length, 1);
  return found[0]!;
}

async function state(one: Case): Promise<string> {
  const { verdict } = await risk(one);
  return verdict?.by === undefined ? verdict!.state : `${verdict.state} (${verdict.by})`;
}

describe('whether a risk is under control', () => {
  it('is told by a tag of the rule or of its group, up to the last day of it', async () => {
    assert.equal(await state({}), 'open');
    assert.equal(await state({ tag: '@risk(time): measured' }), 'tagged (measured)');
    assert.equal(await state({ tag: '@risk(timeout-changed): measured; owner=web' }), 'tagged (measured)');
    assert.equal(await state({ tag: '@risk(auth): measured' }), 'open');
    assert.equal(await state({ tag: '@risk(time):' }), 'open');
    assert.equal(await state({ tag: '@risk(time): measured; until=2026-01-15' }), 'tagged (measured)');
    assert.equal(await state({ tag: '@risk(time): measured; until=2026-01-14' }), 'open');
    assert.equal(await state({ tag: '@risk(time): measured; until=2026-02-01', day: '2026-02-02' }), 'open');
  });

  it('is told by a trailer with a reason', async () => {
    const trailer = (kind: string, reason: string) => ({ trailers: [{ kind, reason }] });
    assert.equal(await state(trailer('time', 'slower region')), 'tagged (slower region (commit message))');
    assert.equal(await state(trailer('timeout-changed', 'slower')), 'tagged (slower (commit message))');
    assert.equal(await state(trailer('time', '')), 'open');
    assert.equal(await state(trailer('auth', 'slower')), 'open');
  });

  it('is told by a test that changed with it', async () => {
    assert.equal(await state({ test: true }), 'tested (src/client.test.ts)');
    assert.equal(await state({ test: true, tag: '@risk(time): ok' }), 'tagged (ok; tested by src/client.test.ts)');
  });

  it('takes all that the policy requires of it, and says what is missing', async () => {
    const required = { time: ['tag', 'test'] };
    const tag = '@risk(time): measured';
    const open = await risk({ required });
    assert.deepEqual(open.verdict, { state: 'open', missing: ['tag', 'test'] });
    assert.match(open.message, / The policy requires a tag and a test for it\.$/);
    const half = await risk({ required, tag });
    assert.equal(half.verdict?.state, 'open');
    assert.deepEqual(half.verdict?.missing, ['test']);
    assert.match(half.message, / It is tagged: measured; the policy requires a test as well\.$/);
    const trailers = [{ kind: 'time', reason: 'measured' }];
    assert.equal((await risk({ required, trailers, test: true })).verdict?.state, 'tagged');
    assert.match(
      (await risk({ required, test: true })).message,
      / It is tested: src\/client\.test\.ts; .* a tag as well\.$/,
    );
    assert.doesNotMatch((await risk({ required, tag, test: true })).message, /policy/);
  });

  it('takes what the policy says of the rule before what it says of its group', async () => {
    const required = { time: ['flag'], 'timeout-changed': ['tag'] };
    assert.equal(await state({ required, tag: '@risk(time): measured' }), 'tagged (measured)');
    assert.equal(await state({ required: { auth: ['flag'] }, test: true }), 'tested (src/client.test.ts)');
  });
});
