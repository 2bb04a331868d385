import assert from 'node:assert/strict';
import { moduleResolution } from '../../server/src/facts/module-resolution.ts';

function resolver(
  paths: readonly string[],
  packages: readonly string[],
  tsconfigs: Readonly<Record<string, string>> = {},
) {
  const configs = new Map([...packages.map((path): [string, string] => [path, '{}']), ...Object.entries(tsconfigs)]);
  const all = new Set(paths);
  return moduleResolution((path) => all.has(path), configs);
}

describe('aliases of frameworks', () => {
  it('lead from the nearest package: $lib of SvelteKit', () => {
    const { resolve } = resolver(
      ['apps/web/src/lib/flags.ts', 'apps/web/src/lib/index.ts', 'src/lib/flags.ts'],
      ['package.json', 'apps/web/package.json'],
    );
    assert.equal(resolve('apps/web/src/routes/+page.svelte', '$lib/flags'), 'apps/web/src/lib/flags.ts');
    assert.equal(resolve('apps/web/src/routes/+page.svelte', '$lib/flags.js'), 'apps/web/src/lib/flags.ts');
    assert.equal(resolve('apps/web/src/routes/+page.svelte', '$lib'), 'apps/web/src/lib/index.ts');
    assert.equal(resolve('src/a.ts', '$lib/flags'), 'src/lib/flags.ts');
    assert.equal(resolve('src/a.ts', '$libs/flags'), undefined);
  });

  it('lead from the nearest package: @/ and ~/ of Vue and Nuxt', () => {
    const { resolve } = resolver(
      ['src/flags.ts', 'src/views/flags.ts', 'nuxt/app/composables/flags.ts', 'nuxt/server/a.ts', 'src/A.vue'],
      ['package.json', 'nuxt/package.json'],
    );
    assert.equal(resolve('src/views/B.vue', '@/flags'), 'src/flags.ts');
    assert.equal(resolve('src/views/B.vue', '@/A.vue'), 'src/A.vue');
    assert.equal(resolve('nuxt/app/pages/index.vue', '~/composables/flags'), 'nuxt/app/composables/flags.ts');
    assert.equal(resolve('nuxt/app/pages/index.vue', '~~/server/a'), 'nuxt/server/a.ts');
    assert.equal(resolve('src/views/B.vue', '@scope/flags'), undefined);
  });

  it('leave it to a tsconfig that says otherwise', () => {
    const { resolve } = resolver(['src/flags.ts', 'lib/flags.ts'], ['package.json'], {
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./lib/*"] } } }',
    });
    assert.equal(resolve('src/a.ts', '@/flags'), 'lib/flags.ts');
  });
});
