import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { makeSample } from '../../../scripts/sample.mjs';
import { type RunningHost, startHost } from '../host/browser.ts';
import { eventually, openFile, runCommand } from './workbench.ts';

/** A read that cannot be folded: another call would be lost with it. */
const audited = `import { features } from './flags.ts';

let asked = 0;

/** Whether the banner shows, and how often somebody asked. */
export async function banner(): Promise<boolean> {
  return await features.getBooleanValue('free-shipping-banner', asked++ > 3);
}
`;

describe('the removal of a flag', function () {
  this.timeout(120_000);
  let host: RunningHost;
  let page: Page;
  let folder: string;
  const files = ['flags.flagd.json', 'src/shipping/quotes.ts', 'src/banner.ts'];
  const read = () => files.map((file) => fs.readFileSync(path.join(folder, file), 'utf8'));

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'switchyard-removal-'));
    await makeSample(folder);
    fs.writeFileSync(path.join(folder, 'src/banner.ts'), audited);
    host = await startHost({ folder, extension: 'development', name: 'removal' });
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

  it('is offered at a read without a finding, for each side', async () => {
    await openFile(page, 'src/checkout/loyalty.ts', 6);
    const menu = await quickFixes();
    await menu.getByText(/^Remove flag .*, keep on$/).waitFor();
    await menu.getByText(/^Remove flag .*, keep off$/).waitFor();
    await host.shot('removal-quick-fix');
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
  });

  it('is previewed in groups, with what needs a look unticked', async () => {
    const before = read();
    await openFile(page, 'src/shipping/quotes.ts', 22);
    await (await quickFixes()).getByText(/^Remove dead toggle/).click();
    for (const group of ['Needs your look', 'Needs your look (2)', 'Clean up'])
      await preview().getByText(group, { exact: true }).first().waitFor();
    // Two places, each with its file.
    await preview().locator('[role=checkbox][aria-checked=false]').nth(3).waitFor();
    await host.shot('removal-preview');
    await page.getByRole('button', { name: 'Discard' }).click();
    await preview().waitFor({ state: 'hidden' });
    assert.deepEqual(read(), before);
  });

  it('says what it left, and leads to each place', async () => {
    await openFile(page, 'src/shipping/quotes.ts', 22);
    await (await quickFixes()).getByText(/^Remove dead toggle/).click();
    await page.getByRole('button', { name: 'Apply' }).click();
    await preview().waitFor({ state: 'hidden' });
    await eventually('the read is gone from the disk', () => !/free-shipping-banner/.test(read()[1]!));
    await runCommand(page, 'Notifications: Show Notifications');
    const told = page.locator('.notifications-center');
    await told.getByText(/in part: 2 places need your look/).waitFor();
    await host.shot('removal-told');
    await told.getByText('Show 2 Places').click();
    await page.locator('.tabs-container').getByText('Removal Summary.md').waitFor();
    const open = page.locator('.codelens-decoration').getByText('Open this place');
    await open.last().waitFor();
    await host.shot('removal-summary');
    await open.last().click();
    await page.locator('.tabs-container').getByText('banner.ts').waitFor();
    await page
      .locator('.statusbar-item')
      .getByText(/^Ln 7, Col/)
      .waitFor();
  });

  it('is undone as one step', async () => {
    await page.locator('.tabs-container').getByText('quotes.ts').click();
    await page.locator('.tab.active').getByText('quotes.ts').waitFor();
    await page.locator('.editor-instance .monaco-editor.focused').waitFor();
    await page.keyboard.press('Control+Z');
    await eventually('the read is back', () => /free-shipping-banner/.test(read()[1]!));
  });

  const preview = () => page.locator('.bulk-edit-panel');

  async function quickFixes() {
    const menu = page.locator('.action-widget').first();
    for (let tries = 0; tries < 10 && !(await menu.isVisible()); tries++) {
      await page.keyboard.press('Control+.');
      await menu.waitFor({ timeout: 3000 }).catch(() => {});
    }
    return menu;
  }
});
