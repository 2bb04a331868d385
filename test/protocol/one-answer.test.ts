import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeSample } from '../../scripts/sample.mjs';
import { nodeHost } from '../../server/src/host/node-host.ts';
import { connect } from '../harness/connect.ts';

/** Law 7: editor and command line give the same findings for the same state. */
describe('law 7: one answer', () => {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'switchyard-answer-'));
  const folder = path.join(work, 'shop');
  after(() => fs.rmSync(work, { recursive: true, force: true }));

  it('in the editor and on the command line', async () => {
    await makeSample(folder);
    const uri = pathToFileURL(folder).href;
    const editor = await connect(new Map([[uri, nodeHost(folder, path.join(work, 'cache'))]]), {
      settings: { problems: 'all' },
    });
    const told = check(folder, path.join(work, 'cli-cache'));
    assert.ok(told.length >= 8, `only ${told.length} findings`);
    await editor.diagnostics(told[0]!.split(':')[0]!, (list) => list.length > 0);
    // What is dead weight outside the change shows in open files only: open them all.
    for (const file of new Set(told.map((one) => one.split(':')[0]!)))
      editor.open(file, fs.readFileSync(path.join(folder, file), 'utf8'));
    for (const file of new Set(told.map((one) => one.split(':')[0]!)))
      await editor.diagnostics(file, (list) => list.length === told.filter((one) => one.startsWith(`${file}:`)).length);
    const shown = [...editor.published].flatMap(([file, list]) =>
      list.map(
        ({ range: { start, end }, code, message }) =>
          `${file.slice(uri.length + 1)}:${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1} ${code} ${message}`,
      ),
    );
    await editor.stop();
    assert.deepEqual(shown.sort(), told);
  });
});

/** The findings of `switchyard check --all --format json`, each as one line, sorted. */
function check(folder: string, cache: string): string[] {
  const main = path.resolve('server/src/cli/main.ts');
  const out = execFileSync(
    process.execPath,
    ['--import=tsx', main, 'check', folder, '--all', '--fail-on', 'never', '--format', 'json'],
    { encoding: 'utf8', env: { ...process.env, XDG_CACHE_HOME: cache } },
  );
  const { findings } = JSON.parse(out) as { findings: Record<string, unknown>[] };
  return findings
    .map((one) => `${one.file}:${one.line}:${one.column}-${one.endLine}:${one.endColumn} ${one.rule} ${one.message}`)
    .sort();
}
