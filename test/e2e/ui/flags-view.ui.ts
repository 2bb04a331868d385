import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { makeSample } from '../../../scripts/sample.mjs';
import { type RunningHost, startHost } from '../host/browser.ts';
import { openViews, pane, runCommand, widenSideBar } from './workbench.ts';

const homeMade = ['menu', 'search', 'basket', 'profile']
  .map((name) => `export const ${name} = () => isFeatureEnabled('new-${name}');\n`)
  .join('');

describe('the flags of a folder', function () {
  this.timeout(120_000);
  let host: RunningHost;
  let page: Page;
  let folder: string;

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'switchyard-flags-'));
    await makeSample(folder);
    fs.writeFileSync(path.join(folder, 'src/home-made.ts'), `import { isFeatureEnabled } from './own';\n${homeMade}`);
    host = await startHost({ folder, extension: 'development', name: 'flags' });
    page = host.page;
    await openViews(page);
    await widenSideBar(page, 620);
    await row(/^free-shipping-banner/).waitFor();
  });
  after(async () => {
    await host?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await host.shot(`failed: ${this.currentTest.title}`.replace(/\W+/g, '-'));
  });

  const row = (name: RegExp) => pane(page, 'Flags').getByRole('treeitem', { name }).first();
  const list = () => page.locator('.quick-input-list');

  it('are counted at the icon: those that should go', async () => {
    await page
      .locator('.activitybar')
      .getByRole('tab', { name: /^Switchyard.* - \d+ flags? /i })
      .waitFor();
  });

  it('are filtered by words, and come back', async () => {
    await runCommand(page, 'Switchyard: Filter Flags...');
    await page.locator('.quick-input-widget input[type=text]').fill('SHIPPING');
    await page.keyboard.press('Enter');
    await row(/^legacy-invoices/).waitFor({ state: 'hidden' });
    await row(/^free-shipping-banner/).waitFor();
    await host.shot('flags-filtered');
    await runCommand(page, 'Switchyard: Clear Filter');
    await row(/^legacy-invoices/).waitFor();
  });

  it('are grouped by file and sorted by reads', async () => {
    await runCommand(page, 'Switchyard: Group Flags By...');
    await list().getByText('File', { exact: true }).click();
    await row(/^flags\.flagd\.json/).waitFor();
    await runCommand(page, 'Switchyard: Sort Flags By...');
    await list()
      .getByText(/^Reads/)
      .first()
      .click();
    await pane(page, 'Flags').getByText('by file · most read first').waitFor();
    await host.shot('flags-grouped');
    await runCommand(page, 'Switchyard: Group Flags By...');
    await list()
      .getByText(/^Health/)
      .first()
      .click();
    await row(/^Live/).waitFor();
  });

  it('are found by name, and opened where they are defined', async () => {
    await runCommand(page, 'Switchyard: Find Flag...');
    await page.locator('.quick-input-widget input[type=text]').fill('gift');
    await list().getByText('gift-cards').first().waitFor();
    await host.shot('find-flag');
    await page.keyboard.press('Enter');
    await page.locator('.tabs-container').getByText('features.json').waitFor();
  });

  it('are looked for in ways that nobody named, and read through those that were chosen', async () => {
    await runCommand(page, 'Switchyard: Detect Flag Shapes...');
    await list().getByText('isFeatureEnabled').first().waitFor();
    await host.shot('detect-shapes');
    await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await page.locator('.tabs-container').getByText('switchyard.jsonc').waitFor();
    await runCommand(page, 'File: Save All Files');
    await row(/^new-basket/).waitFor();
    assert.match(fs.readFileSync(path.join(folder, 'switchyard.jsonc'), 'utf8'), /"call": "isFeatureEnabled"/);
    await host.shot('shapes-detected');
  });
});
