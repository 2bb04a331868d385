import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { makeSample } from '../../../scripts/sample.mjs';
import { type RunningHost, startHost } from '../host/browser.ts';
import { openFile, runCommand } from './workbench.ts';

describe('a flag in the editor', function () {
  this.timeout(120_000);
  let host: RunningHost;
  let page: Page;
  let folder: string;

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'switchyard-symbols-'));
    await makeSample(folder);
    host = await startHost({ folder, extension: 'development', name: 'symbols' });
    page = host.page;
    await page
      .locator('.statusbar-item')
      .getByText(/Switchyard: \d+ open/)
      .waitFor();
  });
  after(async () => {
    await host?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await host.shot(`failed: ${this.currentTest.title}`.replace(/\W+/g, '-'));
  });

  it('explains itself in a hover', async () => {
    await openFile(page, 'src/shipping/quotes.ts', 22);
    await page.keyboard.press('End');
    for (let i = 0; i < 24; i++) await page.keyboard.press('ArrowLeft');
    const card = page.locator('.monaco-hover').getByText('Flag free-shipping-banner').first();
    for (let tries = 0; tries < 10 && !(await card.isVisible()); tries++) {
      await page.keyboard.press('Control+K');
      await page.keyboard.press('Control+I');
      await card.waitFor({ timeout: 3000 }).catch(() => {});
    }
    await card.waitFor();
    await host.shot('flag-hover');
    await page.keyboard.press('Escape');
  });

  it('is completed between the quotes', async () => {
    await openFile(page, 'src/shipping/quotes.ts', 23);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type("features.getBooleanValue('");
    const list = page.locator('.suggest-widget');
    await list.getByText('loyalty-points').first().waitFor();
    await host.shot('flag-completion');
    await page.keyboard.press('Escape');
    await runCommand(page, 'File: Revert File');
  });

  it('shows reads, age and removal over its definition, and peeks at its reads', async () => {
    await openFile(page, 'flags.flagd.json', 17);
    const lens = page.locator('.codelens-decoration');
    await lens.getByText('1 read').first().waitFor();
    await lens.getByText('Remove...').first().waitFor();
    await host.shot('flag-lenses');
    await lens.getByText('1 read').nth(2).click();
    await page.locator('.peekview-widget').getByText('quotes.ts').first().waitFor();
    await host.shot('flag-reads');
  });
});
