import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { makeSample } from '../../../scripts/sample.mjs';
import { type RunningHost, startHost } from '../host/browser.ts';
import { eventually, pickFromList, runCommand } from './workbench.ts';

describe('one branch and one commit for each flag', function () {
  this.timeout(120_000);
  let host: RunningHost;
  let page: Page;
  let folder: string;
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'switchyard-branches-'));
    await makeSample(folder);
    git('config', 'user.name', 'Shop');
    git('config', 'user.email', 'shop@shop.example');
    host = await startHost({
      folder,
      extension: 'development',
      name: 'branches',
      settings: { 'git.enabled': true, 'files.autoSave': 'off' },
    });
    page = host.page;
    await page
      .locator('.statusbar-item')
      .getByText(/Switchyard: \d+ open/)
      .waitFor();
    await page
      .locator('.statusbar-item')
      .getByText(/checkout-rework/)
      .waitFor();
  });
  after(async () => {
    await host?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await host.shot(`failed: ${this.currentTest.title}`.replace(/\W+/g, '-'));
  });

  it('needs a clean working tree, and says so', async () => {
    const before = git('status', '--porcelain');
    await cleanUp('free-shipping-banner');
    await told(/has changes that are not committed/);
    await host.shot('branches-refused');
    assert.equal(git('branch', '--list', 'remove-flag/*'), '');
    assert.equal(git('status', '--porcelain'), before);
  });

  it('removes each flag on top of the one before', async () => {
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Everything');
    await cleanUp('free-shipping-banner', 'legacy-invoices');
    await told(/Removed 2 flags, each committed on a branch of its own/);
    assert.equal(git('branch', '--show-current'), 'remove-flag/legacy-invoices');
    assert.deepEqual(git('log', '--format=%s', '-3').split('\n'), [
      "Remove flag 'legacy-invoices', keep off",
      "Remove flag 'free-shipping-banner', keep on",
      'Everything',
    ]);
    assert.equal(git('rev-parse', 'HEAD~1'), git('rev-parse', 'remove-flag/free-shipping-banner'));
    assert.equal(git('status', '--porcelain'), '', 'both changes are committed, nothing else is left');
    assert.ok(!/free-shipping-banner|legacy-invoices/.test(git('show', 'HEAD:flags.flagd.json')));
    await page.locator('.notifications-center').getByText('Show Summary').click();
    await page.locator('.view-lines').getByText('remove-flag/legacy-invoices').first().waitFor();
    await host.shot('branches-summary');
  });

  it('keeps the change where a commit fails, and says where it is', async () => {
    const hook = path.join(folder, '.git/hooks/pre-commit');
    fs.mkdirSync(path.dirname(hook), { recursive: true });
    fs.writeFileSync(hook, '#!/bin/sh\necho "the hook says no" >&2\nexit 1\n', { mode: 0o755 });
    const head = git('rev-parse', 'HEAD');
    await cleanUp('holiday-theme');
    await told(/on the branch remove-flag\/holiday-theme, and is not committed. the hook says no/);
    await host.shot('branches-failed');
    assert.equal(git('rev-parse', 'HEAD'), head);
    assert.equal(git('branch', '--show-current'), 'remove-flag/holiday-theme');
    assert.match(git('status', '--porcelain'), /^M\s+flags\.flagd\.json$/);
    await eventually('the definition is gone', () => {
      return !fs.readFileSync(path.join(folder, 'flags.flagd.json'), 'utf8').includes('holiday-theme');
    });
  });

  async function cleanUp(...keys: string[]): Promise<void> {
    await runCommand(page, 'Notifications: Clear All Notifications');
    await runCommand(page, 'Switchyard: Clean Up Flags...');
    await pickFromList(page, ...keys);
    await pickFromList(page, 'One branch and one commit for each flag');
  }

  async function told(sentence: RegExp): Promise<void> {
    const center = page.locator('.notifications-center').getByText(sentence);
    for (let tries = 0; tries < 15 && !(await center.isVisible()); tries++) {
      await runCommand(page, 'Notifications: Show Notifications');
      await center.waitFor({ timeout: 1500 }).catch(() => {});
    }
    await center.waitFor();
  }
});
