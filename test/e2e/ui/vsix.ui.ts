import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeSample } from '../../../scripts/sample.mjs';
import { type RunningHost, startHost } from '../host/browser.ts';

describe('the VSIX, installed', function () {
  this.timeout(120_000);
  let host: RunningHost;
  let folder: string;

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'switchyard-vsix-'));
    await makeSample(folder);
    host = await startHost({ folder, extension: 'vsix', name: 'vsix' });
  });
  after(async () => {
    await host?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await host.shot('failed-vsix');
  });

  it('activates on a folder, and its server finds what is wrong', async () => {
    const { page } = host;
    await page
      .locator('.statusbar-item')
      .getByText(/Switchyard: \d+ open/)
      .waitFor();
    await page.keyboard.press('Control+Shift+M');
    await page
      .locator('.markers-panel')
      .getByText(/new-chekout/)
      .first()
      .waitFor();
    await host.shot('vsix');
  });
});
