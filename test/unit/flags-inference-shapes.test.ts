import assert from 'node:assert/strict';
import { flagSigns } from '../../server/src/facts/flag-signs.ts';
import { detectShapes } from '../../server/src/flags/inference/detect-shapes.ts';
import { withShapes } from '../../server/src/policy/pin-shapes.ts';
import { parsePolicy } from '../../server/src/policy/policy-file.ts';
import { starterPolicy } from '../../server/src/policy/starter.ts';
import { createSession } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';

const proposals = (texts: Record<string, string>) =>
  detectShapes(
    Object.entries(texts).map(([path, text]) => ({
      path,
      signs: flagSigns(path, text),
      inTest: path.includes('.test.'),
    })),
    () => false,
  );
const entries = (texts: Record<string, string>) => proposals(texts).map((one) => one.entry);

describe('shapes that nobody named', () => {
  const shapes: readonly [string, string, Record<string, unknown>][] = [
    ['calls', `if (isFeatureEnabled('new-cart')) a(); isFeatureEnabled('new-nav');`, { call: 'isFeatureEnabled' }],
    [
      'methods of what speaks of flags',
      `this.featureFlags.isEnabled('a-b'); featureFlags.isEnabled('c-d');`,
      { call: 'featureFlags.isEnabled' },
    ],
    [
      'a key behind another argument',
      `hasFeature(user, 'a-b'); hasFeature(user, 'c-d');`,
      { call: 'hasFeature', key: 1 },
    ],
    ['switches', `if (isSwitchOn('a.b')) x(); isSwitchOn('c.d');`, { call: 'isSwitchOn' }],
    ['records of switches', `const { a, b } = useFeatureSwitches();`, { hook: 'useFeatureSwitches' }],
    [
      'keys in constants of their own',
      `import { FLAG_A, FEATURE_B } from './keys'; useFlag(FLAG_A); useFlag(FEATURE_B);`,
      { call: 'useFlag' },
    ],
    [
      'members that constants name',
      `const A = ({ flags }) => flags[Flags.A] && props.flags[FLAG_B]; function B(props) { const { flags } = props; return flags[Flags.C] ? 1 : 2; }`,
      { property: '*.flags' },
    ],
    [
      'members of a name that constants name',
      `const flags = useAll(); if (flags[Flags.A]) x(); if (!flags[FLAG_B]) y(); f(flags[Flags.C]);`,
      { property: 'flags' },
    ],
    ['records of hooks', `const { newCart } = useFeatures(); const x = useFeatures().newNav;`, { hook: 'useFeatures' }],
    [
      'records of hooks that have a name',
      `function A() { const on = useFeatures(); on.load(); on.isLoading; on.x = 1; return on.newCart && on.newNav; }`,
      { hook: 'useFeatures' },
    ],
    [
      'records in a ref of a hook',
      `const on = useFeatureFlags(); if (on.value.newCart) x(); const nav = useFeatureFlags().value.newNav; f(on.value);`,
      { hook: 'useFeatureFlags', record: 'value' },
    ],
    [
      'members of places',
      `if (config.featureToggles.a) x(); if (settings.featureToggles.b) y();`,
      { property: '*.featureToggles' },
    ],
    [
      'members of switches',
      `if (page.config.switches.a) x(); const on = config.switches.b === true; if (!config.switches.c) x();`,
      { property: 'config.switches' },
    ],
    ['lists', `user.features.includes('a-b'); user.features.includes('c-d');`, { collection: 'user.features' }],
    ['elements', `x = <Feature flag="a-b"><Feature flag="c-d" /></Feature>;`, { component: 'Feature', prop: 'flag' }],
    ['environment variables', `process.env.FEATURE_A; process.env.FEATURE_B;`, { env: 'FEATURE_*' }],
    [
      'variables of a bundler',
      `import.meta.env.VITE_FEATURE_A; import.meta.env.VITE_FEATURE_B;`,
      { env: 'VITE_FEATURE_*' },
    ],
    ['names that a build puts in', `if (__FEATURE_A__) a(); if (__FEATURE_B__) b();`, { define: '__FEATURE_*' }],
    ['decorators', `class A { @FeatureFlag('a-b') x() {} @FeatureFlag('c-d') y() {} }`, { decorator: 'FeatureFlag' }],
  ];
  for (const [name, text, entry] of shapes)
    it(`finds ${name}`, () => {
      assert.deepEqual(entries({ 'a.tsx': text }), [entry]);
      assert.deepEqual(parsePolicy(JSON.stringify({ flags: { reads: [entry] } })).problems, []);
    });

  it('finds a module of functions and a registry, by their names', () => {
    const texts = {
      'src/features.ts': `export const isNewCart = (): boolean => cart; export function isNewNav(): boolean { return nav; }`,
      'src/keys.ts': `export enum FeatureFlag { A = 'a-b', C = 'c-d' }`,
    };
    assert.deepEqual(entries(texts), [
      { file: 'src/keys.ts', format: 'typescript', name: 'FeatureFlag' },
      { module: 'src/features' },
    ]);
  });

  it('is sure of a list only where the keys that are read come from it', () => {
    const names = [...'ABCDEFGHIJKLMNOP'].map((letter) => `NEW_${letter}`);
    const keys = `export enum Features { ${names.map((name) => `${name} = '${name}'`).join(', ')} }`;
    const listOf = (code: string) =>
      proposals({ 'keys.ts': keys, 'a.ts': code }).find((one) => one.setting === 'definitions')!;
    const all = `isFeatureEnabled(Features.NEW_A); isFeatureEnabled(Features.NEW_B); isFeatureEnabled('NEW_C');`;
    assert.equal(listOf(all).likely, true);
    assert.equal(listOf('').likely, false, 'nothing is read');
    const more = listOf(`${all} isFeatureEnabled(FEATURE_OTHER); isFeatureEnabled('elsewhere');`);
    assert.equal(more.likely, false);
    assert.equal(
      more.reason,
      'Features lists 16 names: NEW_A, NEW_B, NEW_C and 13 more; what is read beside them: FEATURE_OTHER, elsewhere.',
    );
  });

  it('is sure of a module that is called after flags and holds nothing else', () => {
    const path = 'src/feature-flags.ts';
    const list = `const beta = () => channel === 'beta'; export function enableA() { return true; } export const enableB = beta;
export const enableC = (user: User) => user.beta;`;
    const [first] = proposals({ [path]: list });
    assert.deepEqual(first!.keys, ['enableA', 'enableB', 'enableC']);
    assert.equal(first!.likely, true);
    const guards = `export const isFlag = (e: Extension): e is Flag => e.type === 'flag'; export const isHook = (e): e is Hook => !!e;`;
    assert.deepEqual(entries({ [path]: guards }), []);
    assert.deepEqual(entries({ [path]: `${list} export const isEnabled = (flag: string) => all.has(flag);` }), []);
  });

  it('proposes nothing where the evidence is thin', () => {
    const silent = {
      'once.ts': `isFeatureEnabled('once');`,
      'a.test.ts': `isFeatureEnabled('a-b'); isFeatureEnabled('c-d');`,
      'commands.ts': `hasFlag('--force'); hasFlag('--all'); createFeature('a-b'); createFeature('c-d');`,
      'lists.ts': `features.map(f); feature.properties.name; const { features, isLoading } = useFeatures(); map.features.length;`,
      'flags.tsx': `getFlagEmoji('US'); getFlagEmoji('DE'); regex.flags.includes(x); <Flag country="DE" />;`,
      'page.ts': `box.classList.toggle('open'); box.classList.toggle('shown'); network.switches.first.port; network.switches.last.port;`,
      'around.tsx': `connectToFlags('a-b')(Page); connectToFlags('c-d')(Other); export default withFeature('e-f')(Page);`,
      'masks.ts': `symbol.flags[SymbolFlags.Optional]; flags[0]; flags[index]; flags[I]; switches[PORT_A]; switches[PORT_B];`,
      'module.ts': `StoreModule.forFeature('cases', r); StoreModule.forFeature('hearings', r);`,
      'dynamic.ts': `isFeatureEnabled(name); isFeatureEnabled(other);`,
    };
    assert.deepEqual(entries(silent), []);
  });

  it('ranks by uses, and says what was seen', () => {
    const [first, second] = proposals({
      'a.ts': `isFeatureEnabled(Flags.A); isFeatureEnabled(Flags.B); process.env.FF_A; process.env.FF_B;`,
      'b.ts': `isFeatureEnabled('c-d'); isFeatureEnabled('c-d');`,
      'keys.ts': `export const Flags = { A: 'a', B: 'b-c' } as const;`,
    });
    assert.equal(first!.title, 'Calls of isFeatureEnabled(key)');
    assert.equal(first!.reason, '4 uses in 2 files, with 3 keys: Flags.A, Flags.B, c-d.');
    assert.deepEqual(
      first!.evidence.map((one) => one.path),
      ['a.ts', 'b.ts', 'a.ts'],
    );
    assert.equal(first!.likely, true);
    assert.equal(second!.likely, false);
  });
});

describe('shapes of a folder', () => {
  it('are looked for in components, too', async () => {
    const script = `<script setup>\nconst on = isFeatureEnabled('new-cart');\nisFeatureEnabled('new-nav');\n</script>`;
    const session = createSession({ host: memoryHost(new Map([['a.vue', `<template><p /></template>\n${script}`]])) });
    const { proposals: found } = await session.detectShapes();
    assert.deepEqual(
      found.map((one) => one.entry),
      [{ call: 'isFeatureEnabled' }],
    );
  });
});

describe('what is chosen goes into the policy', () => {
  const policy = `// ours
{
  "flags": {
    "reads": [
      { "call": "isOn" }, // the old way
    ],
  },
}
`;
  it('beside what stands there, comments included, and once only', () => {
    const after = withShapes(policy, {
      reads: [{ call: 'isOn' }, { env: 'FF_*' }],
      definitions: [{ file: 'a.ts', name: 'F' }],
    });
    assert.match(after, /^\/\/ ours\n/);
    assert.match(after, /\/\/ the old way/);
    const read = parsePolicy(after);
    assert.deepEqual(read.problems, []);
    assert.deepEqual(
      read.policy!.flags.reads.map((one) => one.call ?? one.env),
      ['isOn', 'FF_*'],
    );
    assert.equal(read.policy!.flags.definitions.length, 1);
  });

  it('into an empty one, and not into a broken one', () => {
    for (const text of ['', '// nothing yet\n', '{}'])
      assert.equal(
        parsePolicy(withShapes(text, { reads: [{ call: 'isOn' }], definitions: [] })).policy!.flags.reads.length,
        1,
      );
    assert.throws(() => withShapes('{ "flags": ', { reads: [{ call: 'isOn' }], definitions: [] }), /mend it first/);
  });

  it('by the session, which then reads through it', async () => {
    const host = memoryHost(
      new Map([
        [
          'src/a.ts',
          `import { on } from './flags';\nif (isFeatureEnabled('new-cart') || isFeatureEnabled('new-nav')) on('new-search');\n`,
        ],
        [
          'src/flags.ts',
          `import { isEnabled } from 'unleash-client';\nexport const on = (key: string) => isEnabled(key);\n`,
        ],
      ]),
    );
    const session = createSession({ host });
    const { proposals: found, readers } = await session.detectShapes();
    assert.deepEqual(
      found.map((one) => one.id),
      ['call:isFeatureEnabled'],
    );
    assert.deepEqual(
      readers.map(({ entry, uses }) => ({ entry, uses })),
      [{ entry: { call: 'on', from: './src/flags' }, uses: 1 }],
    );
    const change = await session.pinShapes([found[0]!.id, readers[0]!.id]);
    host.files.write(change.files);
    session.apply({ kind: 'everything' });
    const { inventory, findings } = await session.analyse();
    assert.deepEqual([...inventory.flags.keys()], ['new-cart', 'new-nav', 'new-search']);
    assert.equal(inventory.flags.get('new-search')!.reads[0]!.reader, 'policy: on');
    assert.deepEqual(
      findings.filter((one) => one.rule === 'policy/invalid'),
      [],
    );
    const denial = await session.pinShapes([`not:${readers[0]!.id}`]);
    assert.match(denial.files[0]!.edits[0]!.newText, /"notReaders": \[\s+"on"\s+\]/);
    await assert.rejects(session.pinShapes(['call:gone']), /not found any more/);
  });

  it('or into a new one, the likely ones in force', async () => {
    const calls = ['a', 'b', 'c', 'd'].map((key) => `isFeatureEnabled('new-${key}');`).join('\n');
    const session = createSession({
      host: memoryHost(new Map([['a.ts', `${calls} process.env.FF_A; process.env.FF_B;`]])),
    });
    const { inventory } = await session.analyse();
    const text = starterPolicy(inventory, undefined, (await session.detectShapes()).proposals);
    const { policy: read, problems } = parsePolicy(text);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      read!.flags.reads.map((one) => one.call),
      ['isFeatureEnabled'],
    );
    assert.match(text, /\/\/ \{ "env": "FF_\*" \},/);
    assert.deepEqual(parsePolicy(starterPolicy(inventory, 'main')).policy!.flags.reads, []);
  });
});
