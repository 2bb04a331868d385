import assert from 'node:assert/strict';
import { UserError } from '../../server/src/core/user-error.ts';
import { flagReport, flagTable } from '../../server/src/session/flag-report.ts';
import { ageWords, flagNamed, flagRows, rowOf } from '../../server/src/session/flag-rows.ts';
import { createSession } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';

const flags = {
  old: {
    state: 'ENABLED',
    variants: { on: true, off: false },
    defaultVariant: 'on',
    metadata: { owner: 'Pay', created: '2024-01-15' },
  },
  young: {
    state: 'ENABLED',
    variants: { on: true, off: false },
    defaultVariant: 'on',
    targeting: { if: [1] },
    metadata: { owner: 'cart', created: '2026-01-05' },
  },
  'odd|one': { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on', targeting: { if: [1] } },
};
const read = (key: string) => `await client.getBooleanValue('${key}', false);`;
const client = `import { OpenFeature } from '@openfeature/server-sdk';\nconst client = OpenFeature.getClient();\n`;

async function analysis() {
  const files = new Map([
    ['flags.flagd.json', JSON.stringify({ $schema: 'https://flagd.dev/schema/v0/flags.json', flags }, null, 2)],
    ['src/a.ts', `${client}export async function a() {\n  ${read('young')}\n  ${read('old')}\n  ${read('young')}\n}\n`],
    ['src/a.test.ts', `${client}export async function a() {\n  ${read('odd|one')}\n}\n`],
  ]);
  return createSession({ host: memoryHost(files) }).analyse();
}

describe('the list of flags', () => {
  const keys = (rows: ReturnType<typeof flagRows>) => rows.map((row) => row.flag.key);

  it('is sorted as asked, and by health otherwise', async () => {
    const all = await analysis();
    assert.deepEqual(keys(flagRows(all)), ['old', 'odd|one', 'young']);
    assert.deepEqual(keys(flagRows(all, { sort: 'key' })), ['odd|one', 'old', 'young']);
    assert.deepEqual(keys(flagRows(all, { sort: 'reads' })), ['young', 'old', 'odd|one']);
    assert.deepEqual(keys(flagRows(all, { sort: 'owner' })), ['old', 'young', 'odd|one']);
    assert.deepEqual(keys(flagRows(all, { sort: 'age' })), ['old', 'young', 'odd|one']);
    assert.deepEqual(keys(flagRows(all, { sort: 'age', mentions: new Map([['odd|one', '2020-02-02']]) })), [
      'odd|one',
      'old',
      'young',
    ]);
  });

  it('holds what was asked for', async () => {
    const all = await analysis();
    assert.deepEqual(keys(flagRows(all, { health: ['constant'] })), ['old']);
    assert.deepEqual(keys(flagRows(all, { owner: 'pay' })), ['old']);
    assert.deepEqual(keys(flagRows(all, { owner: 'none' })), ['odd|one']);
  });

  it('tells the age and who says so, and sets reads of tests apart', async () => {
    const { inventory } = await analysis();
    const row = rowOf(flagNamed(inventory, 'old'), '2026-01-15');
    assert.deepEqual(row.age, { since: '2024-01-15', days: 731, from: 'flags.flagd.json' });
    assert.equal(ageWords(row.age.days), '2 years');
    const odd = rowOf(flagNamed(inventory, 'odd|one'), '2026-01-15', '2026-01-12');
    assert.deepEqual([odd.age, odd.reads, odd.testReads], [{ since: '2026-01-12', days: 3, from: 'git' }, 0, 1]);
    assert.deepEqual(odd.files, ['flags.flagd.json', 'src/a.test.ts']);
    assert.throws(
      () => flagNamed(inventory, 'yuong'),
      (error) => error instanceof UserError && error.message.includes("Did you mean 'young'?"),
    );
  });

  it('is a Markdown page whose tables hold whatever a key holds', async () => {
    const all = await analysis();
    const page = flagReport('my_shop', flagRows(all));
    assert.match(page, /^# Feature flags of my\\_shop\n\n3 flags: 1 one value for everybody, 2 live\.\n/);
    assert.match(page, /\| `odd\\\|one` \| Its value varies, 1 read\. \|/);
    assert.match(page, /\| `flags\.flagd\.json`, `src\/a\.test\.ts` \|/);
    const cells = (line: string) => line.split(/(?<!\\)\|/).length;
    for (const line of flagTable(flagRows(all)).trim().split('\n')) assert.equal(cells(line), 9, line);
  });
});
