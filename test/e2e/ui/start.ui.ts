import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { artifacts, root } from '../../../scripts/lib/paths.mjs';
import { openPage } from '../host/browser.ts';

describe('npm start', function () {
  this.timeout(120_000);
  let start: ChildProcess;
  let page: Page;
  let folder: string;

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'switchyard-start-'));
    fs.writeFileSync(path.join(folder, 'a.ts'), 'export const a = 1;\n');
    page = await openPage('start');
  });
  after(async () => {
    start?.kill('SIGINT');
    await page?.context().browser()?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('prints an address that opens a folder with the extension at work', async () => {
    // Without a display there is no desktop VS Code to open.
    const env = { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' };
    start = spawn(process.execPath, ['scripts/start.mjs', folder], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await page.goto(await printedAddress(start));
    await page.getByRole('treeitem', { name: 'a.ts' }).waitFor();
    await page.locator('.statusbar-item').getByText('Switchyard: ready').waitFor();
    await page.screenshot({ path: path.join(artifacts, 'screens/start.png') });
  });

  it('ends with Ctrl+C, and its server with it', async () => {
    const address = page.url();
    start.kill('SIGINT');
    const [code] = await once(start, 'exit');
    assert.equal(code, 130);
    await assert.rejects(fetch(address), /fetch failed/);
  });
});

async function printedAddress({ stdout }: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of stdout!) {
    text += chunk;
    const address = /^\s*(http:\S+)$/m.exec(text)?.[1];
    if (address && text.includes('Ctrl+C')) return address;
  }
  throw new Error(`npm start ended without an address:\n${text}`);
}
