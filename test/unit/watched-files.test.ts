import assert from 'node:assert/strict';
import picomatch from 'picomatch';
import { isScriptHost, isSourcePath, isTemplatePath } from '../../server/src/core/snapshot.ts';
import { isDefinitionCandidate } from '../../server/src/flags/definitions/detect.ts';
import { watchedFiles } from '../../server/src/lsp/watched-files.ts';

describe('files that the editor watches', () => {
  const isWatched = picomatch(
    watchedFiles.map(({ globPattern }) => globPattern),
    { dot: true },
  );
  const endings = 'ts tsx mts cts js jsx mjs cjs vue svelte astro html json jsonc json5 flagd yaml yml split'.split(
    ' ',
  );

  it('are all that may be read', () => {
    const mayBeRead = (path: string) =>
      [isSourcePath, isScriptHost, isTemplatePath, (one: string) => isDefinitionCandidate(one)].some((is) => is(path));
    for (const ending of endings) {
      assert.ok(mayBeRead(`src/flags.${ending}`), `${ending} is read`);
      assert.ok(isWatched(`src/flags.${ending}`), `${ending} is watched`);
    }
    assert.ok(!isWatched('README.md'));
  });
});
