import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changedText } from '../../server/src/core/source-change.ts';
import { launchDarklyCamelCase } from '../../server/src/flags/camel-case.ts';
import type { Inventory } from '../../server/src/flags/flag.ts';
import { createSession } from '../../server/src/session/session.ts';
import { seed } from '../harness/fixed-seed.ts';
import { memoryHost } from '../harness/memory-host.ts';

/**
 * Renaming a key and back gives the text that was, and nothing about the flag but its key changes on the way. `SWITCHYARD_RUNS`
 * sets how many workspaces, and `SWITCHYARD_SEED` which.
 */
const numRuns = Number(process.env.SWITCHYARD_RUNS ?? 100);

type Files = ReadonlyMap<string, string>;

describe('a renamed key', function () {
  this.timeout(60_000 + numRuns * 200);

  it(`has the same reads and definitions, and goes back (seed ${seed}, ${numRuns} workspaces)`, async () => {
    let edits = 0;
    await fc.assert(
      fc.asyncProperty(workspaces, fc.nat(), async ({ keys, files, free }, pick) => {
        const key = keys[pick % keys.length]!;
        const before = await inventoryOf(files);
        const there = await rename(files, key, free);
        edits += [...there].filter(([path, text]) => files.get(path) !== text).length;
        const after = await inventoryOf(there);
        assert.equal(after.flags.has(key), false, `${key} is left`);
        for (const one of keys)
          assert.deepEqual(picture(after, one === key ? free : one), picture(before, one), `the picture of ${one}`);
        assert.deepEqual(await rename(there, free, key), files);
      }),
      { numRuns, seed, endOnFailure: false },
    );
    assert.ok(edits > numRuns / 2, `only ${edits} files were edited`);
  });
});

async function rename(files: Files, from: string, to: string): Promise<Files> {
  const { change } = await createSession({ host: memoryHost(files) }).renameKey(from, to);
  assert.deepEqual(change.refused, []);
  const after = new Map(files);
  for (const file of change.files) after.set(file.path, changedText(file)!);
  return after;
}

async function inventoryOf(files: Files): Promise<Inventory> {
  return (await createSession({ host: memoryHost(files) }).analyse()).inventory;
}

/** All that is known of a flag, but for its key and offsets. */
function picture({ flags }: Inventory, key: string): unknown {
  const flag = flags.get(key);
  return {
    reads: flag?.reads.map(({ path, reader, result, inTest, type }) => ({ path, reader, result, inTest, type })),
    definitions: flag?.definitions.map(({ path, source, type, state }) => ({ path, source, type, state })),
    // A key that holds another one mentions it by its text, until it is renamed: then nobody reads that one for certain.
    health: flag?.reads.length === 0 && flag.health === 'unknown' ? 'unused' : flag?.health,
    value: flag?.value,
  };
}

const word = fc.constantFrom('new', 'fast', 'checkout', 'search', 'v2', 'beta', 'A', 'shop');
const key = fc
  .tuple(fc.array(word, { minLength: 2, maxLength: 4 }), fc.constantFrom('-', '.', '_'))
  .map(([words, joint]) => words.join(joint))
  // `a-b-b` is spelled `aBB`, of which nobody can tell whether it is a spelling: such reads are not settled at all.
  .filter((text) => launchDarklyCamelCase(launchDarklyCamelCase(text)) === launchDarklyCamelCase(text));

/** Reads and definitions of a key, each in a file of its own kind. */
const node = "import { init } from '@launchdarkly/node-server-sdk';\nconst client = init('sdk');\n";
const react = "import { useFlags } from 'launchdarkly-react-client-sdk';\n";
const quoted = (text: string, quote: string) => quote + text + quote;

type Piece = (key: string, i: number) => readonly [path: string, line: string];

const pieces: readonly Piece[] = [
  ...["'", '"', '`'].map(
    (quote): Piece =>
      (key, i) => ['src/plain.ts', `export const p${i} = () => client.variation(${quoted(key, quote)}, {}, false);`],
  ),
  (key, i) => ['src/plain.test.ts', `it('${i}', () => client.boolVariation('${key}', {}, false));`],
  (key, i) => [
    'src/plain.ts',
    `const K${i} = '${key}'; export const k${i} = () => client.variation(K${i}, {}, false);`,
  ],
  (key, i) => [
    'src/plain.ts',
    `export const f${i} = () => { const key = '${key}' as const; return client.variation(key, {}, 1); };`,
  ],
  (key, i) => [
    'src/plain.ts',
    `enum E${i} { Member = "${key}" } export const e${i} = () => client.variation(E${i}.Member, {}, 0);`,
  ],
  (key, i) => [
    'src/plain.ts',
    `const O${i} = { a: { b: '${key}' } } as const; export const o${i} = () => client.variation(O${i}.a.b, {}, 0);`,
  ],
  (key, i) => ['src/Page.tsx', `export const h${i} = () => useFlags().${launchDarklyCamelCase(key)};`],
  (key, i) => ['src/Page.tsx', `export const s${i} = () => { const { ${launchDarklyCamelCase(key)} } = useFlags(); };`],
  (key, i) => [
    'src/Page.tsx',
    `export const l${i} = () => { const { ${launchDarklyCamelCase(key)}: on${i} = true } = useFlags(); return on${i}; };`,
  ],
  (key, i) => ['src/Page.tsx', `export const b${i} = () => useFlags()?.['${launchDarklyCamelCase(key)}'];`],
];

const heads: Readonly<Record<string, string>> = {
  'src/plain.ts': node,
  'src/plain.test.ts': node,
  'src/Page.tsx': react,
};

const workspaces = fc
  .uniqueArray(key, { minLength: 2, maxLength: 5, selector: (one) => launchDarklyCamelCase(one).toLowerCase() })
  .chain(([free, ...keys]) =>
    fc
      .array(fc.tuple(fc.nat(keys.length - 1), fc.nat(pieces.length - 1)), { minLength: 1, maxLength: 14 })
      .map((uses) => ({ free: free!, keys, files: filesOf(keys, uses) })),
  );

function filesOf(keys: readonly string[], uses: readonly (readonly [key: number, piece: number])[]): Files {
  const files = new Map<string, string>();
  uses.forEach(([index, piece], i) => {
    const [path, line] = pieces[piece]!(keys[index]!, i);
    files.set(path, `${files.get(path) ?? heads[path]}${line}\n`);
  });
  const flags = keys.map((one, i) => [
    one,
    { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: i % 2 ? 'on' : 'off' },
  ]);
  const flagd = { $schema: 'https://flagd.dev/schema/v0/flags.json', flags: Object.fromEntries(flags) };
  files.set('flags.flagd.json', `${JSON.stringify(flagd, null, 2)}\n`);
  const features = keys.filter((_, i) => i % 2 === 0).map((name) => ({ name, type: 'release', project: 'default' }));
  files.set('unleash.json', `${JSON.stringify({ features, featureStrategies: [], featureEnvironments: [] })}\n`);
  return files;
}
