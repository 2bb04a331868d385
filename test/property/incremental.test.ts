import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Finding } from '../../server/src/core/finding.ts';
import type { Survey } from '../../server/src/session/analysis.ts';
import { createSession, type Session } from '../../server/src/session/session.ts';
import { type MemoryHost, memoryHost } from '../harness/memory-host.ts';

/** Law 6: after any sequence of edits the findings equal those of a fresh start. */
describe('law 6: incremental equals from scratch', () => {
  it('after random edits, saves, renames, branch switches, definition and policy changes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const host = memoryHost(files, files);
        const session = createSession({ host });
        const open = new Map<string, string>();
        let version = 1;
        for (const one of steps) {
          perform(one, host, session, open, version++);
          if (one.glance) await session.survey();
          if (one.look) await session.analyse();
        }
        const survey = await session.survey();
        const grown = await session.analyse();
        assert.deepEqual(flagsOf(survey), flagsOf(grown));
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
        const next = await createSession({ host }).analyse();
        assert.deepEqual(flagsOf(next), flagsOf(scratch));
        assert.deepEqual(next.findings.map(told), scratch.findings.map(told));
      }),
      { numRuns: Number(process.env.SWITCHYARD_RUNS ?? 150) },
    );
  });

  it('and what was surveyed between is judged as if nobody had looked', async () => {
    const typed = ['x', 'xy', 'xyz'].map((word) => `${head}${bodies[3]!.replace('card, {', `card + ${word}, {`)}\n`);
    const type = async (ask: (session: Session) => Promise<unknown>) => {
      const session = createSession({ host: memoryHost(files, files) });
      await session.analyse();
      for (const [version, text] of typed.entries()) {
        session.apply({ kind: 'edited', path: 'src/b.ts', text, version });
        await ask(session);
      }
      return (await session.analyse()).findings.map(told);
    };
    const surveyed = await type((session) => session.survey());
    assert.deepEqual(surveyed, await type((session) => session.analyse()));
    assert.ok(surveyed.some(({ rule }) => rule === 'risk/catch-removed'));
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
  "export const check = (key: string) => OpenFeature.getClient().getBooleanValue('x-' + key, false);",
  'export default (key: string) => OpenFeature.getClient().getBooleanValue(key, false);',
  'export const useFlags = () => ({ check: (key: string) => OpenFeature.getClient().getBooleanValue(key, false) });',
  'class Flags { client = OpenFeature.getClient(); check(key: string) { return this.client.getBooleanValue(key, false); } }\nexport const flags = new Flags();',
  "import { check } from './a';\nexport const probe = async (key: string) => !(await check(key));",
  "import { probe } from './b';\nexport const check = (key: string) => probe(key);",
  "export { check as probe } from './a';\nexport { default as check } from './b';",
  "import { check, flags, useFlags } from './a';\nexport const x = [check('one'), flags.check(KEYS.two), useFlags().check('three')];",
  "import { check, probe } from './b';\nexport const y = [check('one'), probe('four')];",
  "import anything from './a';\nimport * as all from './b';\nexport const z = [anything('two'), all.check('three')];",
  // What rules about the use of a read look at: conditions, constants, sides, what is known already, what is evaluated at load.
  "export const c = () => (OpenFeature.getClient().getBooleanValue('one', false) ? 1 : 2);",
  "const on = await OpenFeature.getClient().getBooleanValue('two', false);\nexport const d = () => (on ? (on ? 1 : 2) : 3);",
  "export async function e() {\n  const v = await OpenFeature.getClient().getStringValue('one', 'a');\n  if (v === 'a') return 1;\n  return v === 'b' ? 2 : 2;\n}",
  '',
];
const files = new Map([
  ['src/keys.ts', "export const KEYS = { two: 'two', three: 'three' } as const;\n"],
  ['src/a.ts', `${head}${bodies[0]}\n`],
  ['src/b.ts', `${head}${bodies[2]}\n`],
  ['src/b.test.ts', "import { pay } from './b';\nit('pays', () => pay('x'));\n"],
  ['flags.json', flags(['one', 'two'])],
]);
/** Another branch: what it has, has not, and has otherwise. */
const branch = new Map([
  ['src/keys.ts', "export const KEYS = { two: 'four', three: 'three' } as const;\n"],
  ['src/a.ts', `${head}${bodies[7]}\n`],
  ['src/c.ts', `${head}${bodies[16]}\n`],
  ['lib/b.ts', `${head}${bodies[2]}\n`],
  ['flags.yaml', yamlFlags(['one', 'three'])],
]);

const kinds = 'edit save close delete rename keys flags yaml policy base switch'.split(' ');
const sources = ['src/a.ts', 'src/b.ts', 'src/c.ts', 'lib/b.ts'];

const step = fc.record({
  kind: fc.constantFrom(...kinds),
  path: fc.constantFrom(...sources),
  to: fc.constantFrom(...sources),
  body: fc.constantFrom(...bodies),
  keys: fc.subarray(['one', 'two', 'three', 'four']),
  /** What is asked after it: a survey, as at a keystroke, an analysis, both or nothing. */
  glance: fc.boolean(),
  look: fc.boolean(),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** One thing that happens to a workspace, and what the session is told of it. */
function perform(one: Step, host: MemoryHost, session: Session, open: Map<string, string>, version: number): void {
  const text = `${head}${one.body}\n`;
  const write = (path: string, content: string) => {
    host.write(path, content);
    session.apply({ kind: 'disk', paths: [path] });
  };
  const close = (path: string) => {
    if (open.delete(path)) session.apply({ kind: 'closed', path });
  };
  const edit = (path: string, content: string) => {
    if (!host.now.has(path)) write(path, '');
    open.set(path, content);
    session.apply({ kind: 'edited', path, text: content, version });
  };
  const happens: Readonly<Record<string, () => void>> = {
    edit: () => edit(one.path, text),
    save: () => write(one.path, open.get(one.path) ?? text),
    close: () => close(one.path),
    delete() {
      close(one.path);
      host.remove(one.path);
      session.apply({ kind: 'disk', paths: [one.path] });
    },
    // An editor renames: the old file goes, the new one comes, an open one stays open under its new name.
    rename() {
      const content = host.now.get(one.path);
      if (content === undefined || one.path === one.to) return;
      const shown = open.get(one.path);
      close(one.path);
      close(one.to);
      host.remove(one.path);
      host.write(one.to, content);
      session.apply({ kind: 'disk', paths: [one.path, one.to] });
      if (shown !== undefined) edit(one.to, shown);
    },
    keys: () =>
      write(
        'src/keys.ts',
        `export const KEYS = { ${one.keys.map((key) => `${key}: '${key}'`).join(', ')} } as const;\n`,
      ),
    flags: () => write('flags.json', flags(one.keys)),
    yaml: () => write('flags.yaml', one.keys.length === 0 ? 'namespace: [broken\n' : yamlFlags(one.keys)),
    policy: () => write('switchyard.jsonc', policies[one.body.length % policies.length]!),
    base() {
      host.base = new Map([...files, [one.path, text]]);
      session.apply({ kind: 'everything' });
    },
    // Many files at once, with another base; open editors keep what they show.
    switch() {
      const target = one.keys.length % 2 === 0 ? files : branch;
      for (const path of [...host.now.keys()]) if (path !== 'switchyard.jsonc' && !open.has(path)) host.remove(path);
      for (const [path, content] of target) host.write(path, content);
      host.base = new Map(one.look ? target : files);
      session.apply({ kind: 'everything' });
    },
  };
  happens[one.kind]!();
}

const policies = [
  '{ broken',
  '{ "rules": { "flags/constant": "off" } }',
  '{ "flags": { "reads": [{ "call": "isOn" }] } }',
  '{ "exclude": ["src/c.ts"], "tests": { "files": ["src/b.ts"] } }',
  '{ "flags": { "definitions": [{ "file": "src/keys.ts", "name": "KEYS" }] } }',
  '{ "flags": { "notReaders": ["check"] } }',
  '{ "flags": { "maxNesting": 1, "lifecycle": { "one": { "expires": "2026-01-01" } } } }',
];

function flags(keys: readonly string[]): string {
  const one = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on' };
  return `${JSON.stringify({ $schema: 'https://flagd.dev/schema/v0/flags.json', flags: Object.fromEntries(keys.map((key) => [key, one])) })}\n`;
}

/** As Flipt writes it. */
function yamlFlags(keys: readonly string[]): string {
  const entries = keys.map(
    (key) => `  - key: ${key}\n    name: ${key}\n    type: BOOLEAN_FLAG_TYPE\n    enabled: true\n`,
  );
  return `version: "1.4"\nnamespace: default\nflags:\n${entries.join('')}`;
}

/** All that is known of flags, in one text. */
function flagsOf({ inventory }: Survey): unknown {
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
