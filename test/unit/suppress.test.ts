import assert from 'node:assert/strict';
import { changedText } from '../../server/src/core/source-change.ts';
import { UserError } from '../../server/src/core/user-error.ts';
import suppress from '../../server/src/fixes/suppress.ts';
import { worldOf } from './wrap-world.ts';

const rule = 'risk/timeout-changed';

/** Writes a suppression for a finding at `«»` and shows the text afterwards with the cursor as `|`. */
function suppressed(marked: string, path = 'src/a.tsx'): string {
  const offset = marked.indexOf('«»');
  const text = marked.replace('«»', '');
  const change = suppress.build({ path, offset, rule }, worldOf(new Map([[path, text]])));
  const after = changedText(change.files[0]!)!;
  const at = change.cursor!.offset;
  return `${after.slice(0, at)}|${after.slice(at)}`;
}

describe('suppress a finding', () => {
  it('writes a comment above the line, in its indentation, with the cursor in the reason', () => {
    assert.equal(
      suppressed('function a() {\n\tcall(«»1);\n}\n'),
      `function a() {\n\t// switchyard-ignore ${rule}: |\n\tcall(1);\n}\n`,
    );
    assert.equal(suppressed('call(«»1);\r\n'), `// switchyard-ignore ${rule}: |\r\ncall(1);\r\n`);
  });

  it('leaves comments that speak to a tool next to their line', () => {
    assert.equal(
      suppressed('// Why.\n// eslint-disable-next-line no-eval\neval(«»x);\n'),
      `// Why.\n// switchyard-ignore ${rule}: |\n// eslint-disable-next-line no-eval\neval(x);\n`,
    );
  });

  it('stands in braces among the children of an element', () => {
    assert.equal(
      suppressed('const a = (\n  <p>\n    {b(«»1)}\n  </p>\n);\n'),
      `const a = (\n  <p>\n    {/* switchyard-ignore ${rule}: | */}\n    {b(1)}\n  </p>\n);\n`,
    );
    assert.equal(
      suppressed('const a = (\n  <p\n    onClick={«»b}\n  />\n);\n'),
      `const a = (\n  <p\n    // switchyard-ignore ${rule}: |\n    onClick={b}\n  />\n);\n`,
    );
  });

  it('uses the comments of other files', () => {
    assert.equal(suppressed('jobs:\n  «»test: 1\n', 'ci.yml'), `jobs:\n  # switchyard-ignore ${rule}: |\n  test: 1\n`);
    assert.equal(suppressed('«»DROP TABLE a;\n', 'a.sql'), `-- switchyard-ignore ${rule}: |\nDROP TABLE a;\n`);
    assert.equal(
      suppressed('<p>\n  «»<b />\n</p>\n', 'a.html'),
      `<p>\n  <!-- switchyard-ignore ${rule}: | -->\n  <b />\n</p>\n`,
    );
    assert.equal(
      suppressed('<template>\n  <b />\n</template>\n<script>\n«»run(1);\n</script>\n', 'a.vue'),
      `<template>\n  <b />\n</template>\n<script>\n// switchyard-ignore ${rule}: |\nrun(1);\n</script>\n`,
    );
  });

  it('refuses where no comment can stand', () => {
    const refused = (marked: string, path?: string) =>
      assert.throws(
        () => suppressed(marked, path),
        (error) => error instanceof UserError,
      );
    refused('{\n  "a": «»1\n}\n', 'package.json');
    refused('const a = `\n  $' + '{«»b}\n`;\n');
    refused('<p\n  «»class="a"></p>\n', 'a.html');
  });
});
