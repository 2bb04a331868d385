import assert from 'node:assert/strict';
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { commandWords } from '../../server/src/cli/format-with.ts';
import { run } from './run.ts';
import { shop } from './shop.ts';
import { removeTempFolders, type TempFolder } from './temp-folder.ts';

/** A formatter of the folder's own packages: it writes a line into each file, and keeps what it was called with. */
const formatter = `#!/usr/bin/env node
const fs = require('node:fs');
const [flag, ...files] = process.argv.slice(2);
fs.writeFileSync('called.json', JSON.stringify({ flag, files }));
if (flag === '--fail') { console.error('a.ts: unexpected token'); process.exit(3); }
for (const file of files) if (file.endsWith('.ts')) fs.appendFileSync(file, '// formatted\\n');
`;

describe('--format-with', function () {
  this.timeout(60_000);
  let folder: TempFolder;
  const odd = 'src/$(touch hacked) `;.ts';

  beforeEach(() => {
    folder = shop();
    const bin = 'node_modules/.bin/tidy';
    folder.write({ [bin]: formatter, [odd]: folder.read('src/pay.ts') });
    chmodSync(join(folder.root, bin), 0o755);
  });
  after(removeTempFolders);

  const remove = (...more: string[]) => run(folder, ['remove', 'new-checkout', '--keep', 'true', ...more]);

  it('gives the changed files to a command, without a shell', async () => {
    const { code, err } = await remove('--write', '--format-with', 'tidy "--two words"');
    assert.equal(code, 0, err);
    assert.match(err, /^Formatted \d files with tidy "--two words"\.$/m);
    const called = JSON.parse(folder.read('called.json')) as { flag: string; files: string[] };
    assert.equal(called.flag, '--two words');
    assert.ok(called.files.includes(odd) && called.files.includes('src/pay.ts'), called.files.join());
    assert.ok(!existsSync(join(folder.root, 'hacked')));
    assert.match(folder.read('src/pay.ts'), /return 'new';.*\/\/ formatted\n$/s);
  });

  it('tells that the command failed, and keeps what was written', async () => {
    const { code, err } = await remove('--write', '--format-with', 'tidy --fail');
    assert.equal(code, 2);
    assert.match(err, /files are written, but tidy --fail failed: exit code 3\na\.ts: unexpected token/);
    assert.ok(!folder.read('src/pay.ts').includes('new-checkout'));
    const missing = await run(folder, [
      'remove',
      'layout',
      '--keep',
      'wide',
      '--write',
      '--format-with',
      'no-such-tool',
    ]);
    assert.equal(missing.code, 2);
    assert.match(missing.err, /there is no program 'no-such-tool'/);
  });

  it('changes nothing where it is used wrongly', async () => {
    for (const [more, sentence] of [
      [['--format-with', 'tidy'], /add --write/],
      [['--write', '--format-with', '  '], /needs a command/],
      [['--write', '--format-with', 'tidy "a'], /a quote does not end/],
    ] as const) {
      const { code, err } = await remove(...more);
      assert.equal(code, 2);
      assert.match(err, sentence);
    }
    assert.ok(folder.read('src/pay.ts').includes('new-checkout'));
  });

  it('reads words as a shell does, and expands nothing', () => {
    assert.deepEqual(commandWords(` npx  prettier --write `), ['npx', 'prettier', '--write']);
    assert.deepEqual(commandWords(`"my tool" --x='a b'"c" ''`), ['my tool', '--x=a bc', '']);
    assert.deepEqual(commandWords('tidy $HOME; `x` && y'), ['tidy', '$HOME;', '`x`', '&&', 'y']);
  });
});
