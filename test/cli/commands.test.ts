import assert from 'node:assert/strict';
import { execFileSync, execSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { changeOutput, checkOutput, flagsOutput } from '../../server/src/cli/json.ts';
import { assertGolden, run, runAll, shellCommand } from './run.ts';
import { shop } from './shop.ts';
import { removeTempFolders, type TempFolder, tempFolder } from './temp-folder.ts';

/** In golden files stands what a person sees; here is what a file cannot tell. */
describe('the command line', function () {
  this.timeout(180_000);
  let folder: TempFolder;
  before(() => {
    folder = shop();
  });
  after(removeTempFolders);

  it('checks a change', async () => {
    await assertGolden('check', folder, ['check', 'check --all', 'check --base HEAD', 'check --format json']);
  });

  it('fits the table of flags to the terminal', async () => {
    for (const columns of [60, 80, 120]) {
      const { out } = await run(folder, ['flags', '--health', 'constant', 'live'], { COLUMNS: String(columns) });
      const widths = out.split('\n').map((line) => line.length);
      assert.ok(Math.max(...widths) <= columns, out);
    }
  });

  it('lists flags', async () => {
    await assertGolden('flags', folder, ['flags', 'flags --format json']);
    await assertGolden('flags-asked', folder, [
      'flags new-checkout',
      'flags new-chekout-x',
      'flags --health constant unused --sort reads',
      'flags --owner nobody',
      'flags --format csv',
      'flags --format markdown --sort key',
    ]);
  });

  it('prints the diff of a removal', async () => {
    await assertGolden('remove', folder, [
      'remove new-checkout --keep true',
      'remove new-checkout --keep false --patch',
      'remove layout --keep wide --format json',
    ]);
  });

  it('prints the diff of a wrap', async () => {
    await assertGolden('wrap', folder, [
      'wrap src/pay.ts:7 --flag careful-pay',
      'wrap src/pay.ts:7-7 --flag careful-pay --format json',
    ]);
  });

  it('says in one sentence what is wrong', async () => {
    await assertGolden('wrong-use', folder, [
      '',
      'chekc',
      'check nowhere',
      'check src/pay.ts',
      'check --base nowhere',
      'check --fail-on sometimes',
      'flags --format yaml',
      'remove --keep true',
      'remove new-checkout',
      'remove nowhere --keep true',
      'remove new-checkout --keep true --write --patch',
      'wrap src/pay.ts --flag x',
      'remove new-checkout --keep False',
      'wrap src/pay.ts:9-7 --flag x',
      'wrap src/pay.ts:0-7 --flag x',
      'wrap src/pay.ts:900 --flag x',
      'wrap src/nowhere.ts:1-2 --flag x',
      'wrap ../elsewhere.ts:1-2 --flag x',
    ]);
  });

  it('explains each command', async () => {
    await assertGolden('help', folder, ['--help', 'check --help', 'flags --help', 'remove --help', 'wrap --help']);
  });

  it('prints the JSON that is published', async () => {
    const kinds = [checkOutput, flagsOutput, changeOutput] as const;
    const commands = ['check --all', 'flags', 'remove new-checkout --keep true'];
    const outcomes = await runAll(
      folder,
      commands.map((command) => [...command.split(' '), '--format', 'json']),
    );
    const [checked, listed, removed] = outcomes.map(({ out }, index) => kinds[index]!.parse(JSON.parse(out)));
    assert.ok(checked && 'findings' in checked && checked.findings.length > 1);
    assert.ok(listed && 'flags' in listed && listed.flags.length > 3);
    assert.ok(removed && 'edits' in removed && removed.complete && removed.edits.length > 1);
  });

  it('ends with 1 from the chosen severity on', async () => {
    const codes = await runAll(
      folder,
      ['never', 'error', 'warning', 'info'].map((severity) => ['check', '--fail-on', severity]),
    );
    assert.deepEqual(
      codes.map((one) => one.code),
      [0, 0, 1, 1],
    );
  });

  it('says the same with and without the facts of the run before', async () => {
    const env = { XDG_CACHE_HOME: tempFolder().root };
    const fresh = await run(folder, ['check', '--all'], env);
    const kept = readdirSync(`${env.XDG_CACHE_HOME}/switchyard`).map((name) => name.replace(/-.*/, ''));
    assert.deepEqual([...new Set(kept)].sort(), ['code', 'compared', 'facts']);
    assert.deepEqual(await run(folder, ['check', '--all'], env), fresh);
    assert.equal(folder.git('status', '--porcelain', '--ignored'), '', 'nothing was written into the repository');
  });

  it('colours for a terminal or on demand only', async () => {
    const isColoured = async (env?: Record<string, string>) =>
      (await run(folder, ['check'], env)).out.includes('\u001b[');
    assert.equal(await isColoured(), false);
    assert.equal(await isColoured({ FORCE_COLOR: '1' }), true);
    assert.equal(await isColoured({ FORCE_COLOR: '1', NO_COLOR: '1' }), false);
  });

  it('does not mind a reader that has seen enough', () => {
    const env = { ...process.env, XDG_CACHE_HOME: tempFolder().root };
    const command = `${shellCommand('flags', '--format', 'json')} 2>errors.txt | head -n 1; cat errors.txt; rm errors.txt`;
    assert.equal(execSync(command, { cwd: folder.root, env, shell: '/bin/sh' }).toString(), '{\n');
  });

  it('works without git, and says so', async () => {
    const plain = tempFolder({
      'src/a.ts':
        "import { init } from 'launchdarkly-node-server-sdk';\nconst c = init('k');\nexport const isX = () => c.variation('x', {}, false);\n",
    });
    const { code, out } = await run(plain, ['check']);
    assert.match(out, /no change to check: this folder is not in a git repository/);
    assert.equal(code, 0);
    assert.match((await run(plain, ['flags'])).out, /^ {2}x /m);
    const asked = await run(plain, ['check', '--base', 'main']);
    assert.deepEqual(
      [asked.code, asked.err],
      [2, "There is nothing to compare with 'main': this folder is not in a git repository.\n"],
    );
  });

  it('stops at a policy that is wrong, at its place', async () => {
    const broken = tempFolder({ 'switchyard.jsonc': '{\n  "rulez": {}, // oops\n}\n', 'a.ts': '' });
    const err = 'switchyard.jsonc:2:3: There is no setting "rulez". Did you mean "rules"?\n';
    for (const outcome of await runAll(broken, [['check'], ['flags'], ['remove', 'x', '--keep', 'true']]))
      assert.deepEqual(outcome, { code: 2, out: '', err });
  });
});

describe('a change on the command line', function () {
  this.timeout(180_000);
  after(removeTempFolders);

  it('is the same written, or printed and applied by git, from the top or from below', async () => {
    for (const below of [false, true]) {
      const [one, two] = [shop(), shop()];
      if (below)
        for (const folder of [one, two]) {
          folder.write({ 'pack age/keep.txt': '' });
          for (const path of ['flags.flagd.json', 'src', 'test']) folder.git('mv', path, 'pack age/');
          folder.commit('moved');
        }
      const within = (folder: TempFolder) => (below ? { ...folder, root: `${folder.root}/pack age` } : folder);
      const args = ['remove', 'new-checkout', '--keep', 'true'];
      const written = await run(within(one), [...args, '--write']);
      assert.equal(written.code, 0, written.err);
      const printed = await run(within(two), [...args, '--patch']);
      assert.equal(printed.err, '');
      execFileSync('git', ['apply', '-'], { cwd: within(two).root, input: printed.out });
      assert.equal(one.git('diff', 'HEAD'), two.git('diff', 'HEAD'));
      assert.match(one.git('diff', '--stat', 'HEAD'), /2 files changed/);
    }
  });

  it('tells what it wrote, and each place that it left', async () => {
    const folder = shop();
    folder.write({
      'src/passed.ts':
        "import { OpenFeature } from '@openfeature/server-sdk';\nconst key = 'new-checkout';\nexport const on = OpenFeature.getClient().getBooleanValue(key, await (async () => true)());\n",
    });
    folder.commit('a read that does something of its own');
    await assertGolden('remove-partial', folder, [
      'remove new-checkout --keep true',
      'remove new-checkout --keep true --format json',
    ]);
    const { code, out, err } = await run(folder, ['remove', 'new-checkout', '--keep', 'true', '--write']);
    assert.equal(code, 3);
    assert.match(out, /written; partial: \d+ places left\n( {2}changed .*\n)+types: .*\n$/);
    assert.match(err, /^src\/passed\.ts:3: /m);
    assert.match(folder.read('src/passed.ts'), /new-checkout/);
    assert.doesNotMatch(folder.read('src/pay.ts'), /new-checkout/);
  });

  it('leaves what would bring a new type error, and says what was compared', async () => {
    const folder = tempFolder({
      'tsconfig.json': '{ "compilerOptions": { "strict": true, "types": [], "module": "esnext" }, "include": ["src"] }',
      'src/sdk.d.ts':
        "declare module '@openfeature/web-sdk' {\n  export const OpenFeature: { getClient(): { getBooleanValue(key: string, otherwise: boolean): boolean } };\n}\n",
      'src/steps.ts':
        "import { OpenFeature } from '@openfeature/web-sdk';\n\nconst client = OpenFeature.getClient();\n\nexport const kind = client.getBooleanValue('new-steps', false) ? ('new' as const) : ('old' as const);\n\nexport const count: number = client.getBooleanValue('new-steps', false) ? 1 : 2;\n",
      'src/use.ts': "import { count, kind } from './steps';\n\nexport const isOld = kind === 'old' || count === 2;\n",
      'src/broken.ts': "import { kind } from './steps';\n\nexport const wrong: number = kind;\n",
    });
    // The error of broken.ts is told in other words afterwards; that of use.ts is new.
    await assertGolden('remove-types', folder, [
      'remove new-steps --keep true',
      'remove new-steps --keep true --no-typecheck',
    ]);
  });
});
