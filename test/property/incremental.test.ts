import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Finding } from '../../server/src/core/finding.ts';
import type { Analysis } from '../../server/src/session/analysis.ts';
import { createSession, type Session } from '../../server/src/session/session.ts';
import { type MemoryHost, memoryHost } from '../harness/memory-host.ts';

/** Law 6: after any sequence of edits the findings equal those of a fresh start. */
describe('law 6: incremental equals from scratch', () => {
  it('after random edits, saves, closes, deletions, definition and policy changes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const host = memoryHost(files, files);
        const session = createSession({ host });
        const open = new Map<string, string>();
        let version = 1;
        for (const one of steps) {
          perform(one, host, session, open, version++);
          if (one.look) await session.analyse();
        }
        const grown = await session.analyse();
        const fresh = createSession({ host });
        for (const [path, text] of open) fresh.apply({ kind: 'edited', path, text, version: 1 });
        // The last good policy is a memory of the past by design: it is compared only while the policy is good.
        if (host.now.get('switchyard.jsonc')?.includes('broken')) return;
        const scratch = await fresh.analyse();
        assert.deepEqual(grown.findings.map(told), scratch.findings.map(told));
        assert.deepEqual(flagsOf(grown), flagsOf(scratch));
        if (open.size > 0) return;
        // The next start, from what this one kept.
        await session.save();
        assert.deepEqual(flagsOf(await createSession({ host }).analyse()), flagsOf(scratch));
      }),
      { numRuns: Number(process.env.SWITCHYARD_RUNS ?? 150) },
    );
  });

  it('and a cancelled analysis loses nothing', async () => {
    const session = createSession({ host: memoryHost(files, files) });
    await assert.rejects(session.analyse({ isCancellationRequested: true }), { name: 'Cancelled' });
    const fresh = await createSession({ host: memoryHost(files, files) }).analyse();
    assert.deepEqual((await session.analyse()).findings.map(told), fresh.findings.map(told));
    assert.ok(fresh.findings.length > 0);
  });
});

const head = "import { OpenFeature } from '@openfeature/server-sdk';\nimport { KEYS } from './keys';\n";
const bodies = [
  "export const a = () => OpenFeature.getClient().getBooleanValue('one', false);",
  'export const a = () => OpenFeature.getClient().getBooleanValue(KEYS.two, false);',
  'export async function pay(card: string, limit = 3) {\n  try {\n    return await charge(card, { timeout: 1000 });\n  } catch (error) {\n    return undefined;\n  }\n}\ndeclare function charge(card: string, options: object): Promise<string>;',
  'export async function pay(card: string, limit = 4) {\n  if (card === "") return;\n  return charge(card, { timeout: 9000 });\n}\ndeclare function charge(card: string, options: object): Promise<string>;',
  'export const broken = (',
  "export const a = () => isOn('three') || isOn(KEYS.two);",
  "export const label = 'four or three';",
  // Readers: made, renamed, by default, as methods, of hooks, broken, through one another, passed on by other names.
  'export const check = (key: string) => OpenFeature.getClient().getBooleanValue(key, false);',
  'export const probe = (key: string) => OpenFeature.getClient().getBooleanValue(key, false);',
  'export const check = (key: string) => OpenFeature.getClient().getBooleanValue(`x-${key}`, false);',
  'export default (key: string) => OpenFeature.getClient().getBooleanValue(key, false);',
  'export const useFlags = () => ({ check: (key: string) => OpenFeature.getClient().getBooleanValue(key, false) });',
  'class Flags { client = OpenFeature.getClient(); check(key: string) { return this.client.getBooleanValue(key, false); } }\nexport const flags = new Flags();',
  "import { check } from './a';\nexport const probe = async (key: string) => !(await check(key));",
  "import { probe } from './b';\nexport const check = (key: string) => probe(key);",
  "export { check as probe } from './a';\nexport { default as check } from './b';",
  "import { check, flags, useFlags } from './a';\nexport const x = [check('one'), flags.check(KEYS.two), useFlags().check('three')];",
  "import { check, probe } from './b';\nexport const y = [check('one'), probe('four')];",
  "import anything from './a';\nimport * as all from './b';\nexport const z = [anything('two'), all.check('three')];",
  '',
];
const files = new Map([
  ['src/keys.ts', "export const KEYS = { two: 'two', three: 'three' } as const;\n"],
  ['src/a.ts', `${head}${bodies[0]}\n`],
  ['src/b.ts', `${head}${bodies[2]}\n`],
  ['src/b.test.ts', "import { pay } from './b';\nit('pays', () => pay('x'));\n"],
  ['flags.json', flags(['one', 'two'])],
]);

const step = fc.record({
  kind: fc.constantFrom('edit', 'save', 'close', 'delete', 'keys', 'flags', 'policy', 'base'),
  path: fc.constantFrom('src/a.ts', 'src/b.ts', 'src/c.ts'),
  body: fc.constantFrom(...bodies),
  keys: fc.subarray(['one', 'two', 'three', 'four']),
  look: fc.boolean(),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function perform(one: Step, host: MemoryHost, session: Session, open: Map<string, string>, version: number): void {
  const text = `${head}${one.body}\n`;
  const write = (path: string, content: string) => {
    host.write(path, content);
    session.apply({ kind: 'disk', paths: [path] });
  };
  if (one.kind === 'edit') {
    if (!host.now.has(one.path)) write(one.path, '');
    open.set(one.path, text);
    session.apply({ kind: 'edited', path: one.path, text, version });
  } else if (one.kind === 'save') write(one.path, open.get(one.path) ?? text);
  else if (one.kind === 'close') {
    if (open.delete(one.path)) session.apply({ kind: 'closed', path: one.path });
  } else if (one.kind === 'delete') {
    open.delete(one.path);
    session.apply({ kind: 'closed', path: one.path });
    host.remove(one.path);
    session.apply({ kind: 'disk', paths: [one.path] });
  } else if (one.kind === 'keys')
    write('src/keys.ts', `export const KEYS = { ${one.keys.map((key) => `${key}: '${key}'`).join(', ')} } as const;\n`);
  else if (one.kind === 'flags') write('flags.json', flags(one.keys));
  else if (one.kind === 'policy') write('switchyard.jsonc', policies[one.body.length % policies.length]!);
  else {
    host.base = new Map([...files, [one.path, text]]);
    session.apply({ kind: 'everything' });
  }
}

const policies = [
  '{ broken',
  '{ "rules": { "flags/constant": "off" } }',
  '{ "flags": { "reads": [{ "call": "isOn" }] } }',
  '{ "exclude": ["src/c.ts"], "tests": { "files": ["src/b.ts"] } }',
  '{ "flags": { "definitions": [{ "file": "src/keys.ts", "name": "KEYS" }] } }',
  '{ "flags": { "notReaders": ["check"] } }',
];

function flags(keys: readonly string[]): string {
  const one = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on' };
  return `${JSON.stringify({ $schema: 'https://flagd.dev/schema/v0/flags.json', flags: Object.fromEntries(keys.map((key) => [key, one])) })}\n`;
}

/** All that is known of flags, in one text. */
function flagsOf({ inventory }: Analysis): unknown {
  const { flags, readers, dynamicReads } = inventory;
  return {
    flags: [...flags.values()].map(({ key, health, value, reads, definitions }) => ({
      key,
      health,
      value,
      reads,
      definitions: definitions.map(({ path, keyRange }) => ({ path, keyRange })),
    })),
    readers,
    dynamicReads,
  };
}

function told({ rule, path, range, message, verdict, fingerprint, severity }: Finding) {
  return { rule, path, range, message, verdict, fingerprint, severity };
}
