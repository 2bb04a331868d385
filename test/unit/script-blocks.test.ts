import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changedText } from '../../server/src/core/source-change.ts';
import { scriptTextOf } from '../../server/src/facts/script-blocks.ts';
import { createSession } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';

/** The scripts of a text without what stands for the rest, each block as one string. */
function scripts(path: string, text: string): string[] {
  const { text: script } = scriptTextOf(path, text);
  assert.equal(script.length, text.length);
  assert.equal(script.replace(/[^\n]/g, ''), text.replace(/[^\n]/g, ''));
  return script
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

describe('scripts of Vue, Svelte and Astro files', () => {
  it('are found behind templates, whatever stands in them', () => {
    const text = `<template>
  <Textarea /><Title/><iframe />
  <p v-if="a < b" title="<script>">{{ a <b }} don't <!-- <script>no()</script> --></p>
</template>
<script lang="ts">
one()
</script>
<style>a > b {}</style>
<script setup lang='ts' generic="T extends 'x>y'">
two()
</script>`;
    assert.deepEqual(scripts('A.vue', text), ['one()', ';', 'two()', ';']);
    assert.equal(scriptTextOf('A.vue', text).language, 'ts');
  });

  it('end at the first closing tag, as in HTML', () => {
    assert.deepEqual(scripts('A.svelte', "<script>\nlet a = '</script>';</script>"), ["let a = ';"]);
  });

  it('are no data, no documentation, no empty elements', () => {
    const text = `<docs>
<script>no()</script>
</docs>
<script type="application/json">{}</script><script src="./x.js" />
<script type="module">yes()</script>
<script>open(`;
    assert.deepEqual(scripts('A.vue', text), ['yes();', 'open(']);
  });

  it('are the front matter and the scripts of an Astro file', () => {
    const text = "---\nimport a from 'a';\n--- <p>---</p>\n{a}\n<script>\nb()</script>\n";
    assert.deepEqual(scripts('a.astro', text), ["import a from 'a';", ';', 'b();']);
    assert.deepEqual(scripts('b.astro', '<p>---</p><script>b()</script>'), ['b();']);
  });

  it('keep their offsets in any text', () => {
    const piece = fc.constantFrom(
      ...[
        '<script>',
        '<script setup lang="ts">',
        '</script>',
        '<template>',
        '</template>',
        '---',
        '\n',
        '\r\n',
        '"',
        "'",
        '<!--',
        '-->',
      ],
      ...['const a = 1;', '<p a="', '<', '>', '{{', '}}', ' ', 'é', '😀', '<Title>', '/>', '<docs>', '</docs>'],
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }),
        fc.constantFrom('a.vue', 'a.svelte', 'a.astro'),
        (pieces, path) => {
          const text = pieces.join('');
          const script = scriptTextOf(path, text).text;
          assert.equal(script.length, text.length);
          for (let i = 0; i < text.length; i++)
            assert.ok(
              script[i] === text[i] || script[i] === ';' || (script[i] === ' ' && !/[\r\n]/.test(text[i]!)),
              `at ${i}`,
            );
        },
      ),
      { numRuns: 500 },
    );
  });
});

const files = {
  'src/A.vue': `<template>
  <p v-if="on">😀 {{ a < b }}</p>
</template>

<script lang="ts">
import client from 'flagsmith';
export const KEY = 'from-vue';
const loaded = client.hasFeature('at-load');
</script>
<script setup lang="ts">
import { FLAGS } from './flags';
const on: boolean = client.hasFeature(FLAGS.cart);
const of = <T,>(x: T) => client.hasFeature('each-instance');
const each = client.hasFeature('each-instance');
</script>
`,
  'src/B.svelte': `<script context="module">
  import client from 'flagsmith';
  const loaded = client.hasFeature('at-load');
</script>
<script>
  export let a;
  $: on = client.hasFeature('each-instance');
</script>
{#if client.hasFeature('in-markup')}<p/>{/if}
`,
  'src/c.astro': `---
import client from 'flagsmith';
import { KEY } from './A.vue';
if (client.hasFeature('each-request')) return Astro.redirect('/');
---
<p>{client.hasFeature('in-markup')}</p>
`,
  'src/flags.ts': `export const FLAGS = { cart: 'new-cart' } as const;
`,
  'src/d.ts': `import client from 'flagsmith';
import A, { KEY } from './A.vue';
export const on = () => client.hasFeature(KEY);
`,
};

function sessionOf(texts: Readonly<Record<string, string>>, base?: Readonly<Record<string, string>>) {
  const host = memoryHost(new Map(Object.entries(texts)), base && new Map(Object.entries(base)));
  return { host, session: createSession({ host }) };
}

describe('flags in the scripts of Vue, Svelte and Astro files', () => {
  it('are read at their places in the file, keys of other files included', async () => {
    const { inventory } = await sessionOf(files).session.analyse();
    const found = [...inventory.flags.values()].flatMap(({ key, reads }) =>
      reads.map(({ path, range, keyRange }) => {
        const text = files[path as keyof typeof files];
        return `${path} ${key}: ${text.slice(range.start, range.end)} ${text.slice(keyRange.start, keyRange.end)}`;
      }),
    );
    assert.deepEqual(found.sort(), [
      "src/A.vue at-load: client.hasFeature('at-load') 'at-load'",
      "src/A.vue each-instance: client.hasFeature('each-instance') 'each-instance'",
      "src/A.vue each-instance: client.hasFeature('each-instance') 'each-instance'",
      'src/A.vue new-cart: client.hasFeature(FLAGS.cart) FLAGS.cart',
      "src/B.svelte at-load: client.hasFeature('at-load') 'at-load'",
      "src/B.svelte each-instance: client.hasFeature('each-instance') 'each-instance'",
      "src/c.astro each-request: client.hasFeature('each-request') 'each-request'",
      'src/d.ts from-vue: client.hasFeature(KEY) KEY',
    ]);
  });

  it('are read at load only where the module is what runs', async () => {
    const { inventory } = await sessionOf(files).session.analyse();
    const atLoad = [...inventory.flags.values()].flatMap(({ key, reads }) =>
      reads.filter((read) => read.use?.atLoad).map((read) => `${read.path} ${key}`),
    );
    assert.deepEqual(atLoad.sort(), ['src/A.vue at-load', 'src/B.svelte at-load']);
  });

  it('are read in time behind a long template', async () => {
    const template = `<template>\n${`${' '.repeat(200)}<p class="a">.</p>\n`.repeat(5000)}</template>\n`;
    const script = "<script>import c from 'flagsmith'; export const on = () => c.hasFeature('late')</script>";
    const start = performance.now();
    const { inventory } = await sessionOf({ 'A.vue': template.slice(0, 1_000_000) + script }).session.analyse();
    assert.equal(inventory.flags.get('late')?.reads.length, 1);
    // A search that is quadratic in blanks takes minutes.
    assert.ok(performance.now() - start < 5000);
  }).timeout(20_000);

  it('are not removed, and say so', async () => {
    const { session } = sessionOf(files);
    const { files: changed, refused } = await session.removeFlags([{ key: 'new-cart', keep: true }]);
    assert.deepEqual(changed, []);
    assert.match(refused[0]!.reason, /in a Vue file, whose markup may use it too; fold it by hand/);
    const more = await session.removeFlags([{ key: 'at-load', keep: false }]);
    assert.deepEqual(
      more.refused?.map(({ path, reason }) => `${path} ${/in an? (\w+) file/.exec(reason)?.[1]}`),
      ['src/A.vue Vue', 'src/B.svelte Svelte'],
    );
  });

  it('keep a constant that only markup names', async () => {
    const texts = {
      'src/A.vue':
        "<template><p>{{ FLAGS.a }}</p></template>\n<script>\nexport const FLAGS = { a: 'k', b: 'x' };\n</script>\n",
      'src/b.ts': `import client from 'flagsmith';
import { FLAGS } from './A.vue';
export const f = () => (client.hasFeature(FLAGS.a) ? 1 : 2);
export const g = () => client.hasFeature(FLAGS.b);
`,
    };
    const { files: changed, refused } = await sessionOf(texts).session.removeFlags([{ key: 'k', keep: true }]);
    assert.deepEqual(
      changed.map(({ path }) => path),
      ['src/b.ts'],
    );
    assert.match(refused[0]!.reason, /The definition of 'k' stays, because src\/A\.vue:1 still names it/);
  });

  it('are renamed with the others', async () => {
    const { change } = await sessionOf(files).session.renameKey('at-load', 'at-start');
    for (const file of change.files)
      assert.equal(changedText(file), files[file.path as keyof typeof files].replaceAll('at-load', 'at-start'));
    assert.deepEqual(
      change.files.map(({ path }) => path),
      ['src/A.vue', 'src/B.svelte'],
    );
  });

  it('are no part of the comparison with the base', async () => {
    const base = {
      ...files,
      'src/A.vue': files['src/A.vue'].replace("'at-load'", "'other'"),
      'src/new.vue': '<script>',
    };
    const analysis = await sessionOf(files, base).session.analyse();
    assert.deepEqual(analysis.change?.files, []);
    assert.ok(analysis.touched.has('src/A.vue'));
    assert.deepEqual(analysis.failures, []);
  });

  it('are the same after edits as from scratch', async () => {
    const { host, session } = sessionOf(files);
    await session.analyse();
    const texts: Record<string, string> = { ...files };
    const edits: [string, (text: string) => string][] = [
      ['src/A.vue', (text) => text.replace('<script setup', '<docs').replace("'from-vue'", "'renamed'")],
      ['src/B.svelte', (text) => text.replace('</script>', '</scrip>')],
      ['src/A.vue', (text) => text.replace('<docs', '<script setup')],
      ['src/c.astro', (text) => `${text}<script>import x from 'flagsmith'; x.hasFeature('late')</script>`],
      ['src/B.svelte', (text) => text.replace('</scrip>', '</script>')],
    ];
    let version = 1;
    for (const [path, edit] of edits) {
      texts[path] = edit(texts[path]!);
      if (version % 2 === 0) {
        host.write(path, texts[path]!);
        session.apply({ kind: 'disk', paths: [path] });
      } else session.apply({ kind: 'edited', path, text: texts[path]!, version });
      version++;
      const now = await session.analyse();
      const fresh = await sessionOf(texts).session.analyse();
      assert.deepEqual(now.inventory, fresh.inventory);
      assert.deepEqual(now.findings, fresh.findings);
    }
  });
});
