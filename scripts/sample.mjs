// The bundled sample: a small shop in a git repository of its own, on a branch with committed and uncommitted changes.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from './lib/paths.mjs';
import { Problem, run } from './lib/step.mjs';

const source = path.join(root, 'test/sample');

/**
 * Makes the sample anew in a folder, which is emptied first. `main` has the base; `checkout-rework` is checked out, with one
 * commit (`branch/`) and changes that are not committed (`edits/`). Equal on every run, down to the commit ids.
 */
export async function makeSample(folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.cpSync(path.join(source, 'base'), folder, { recursive: true });
  await git(folder, 'init', '--quiet', '--initial-branch=main');
  await commit(folder, 'Sell things', '2026-02-02T09:00:00Z');
  await git(folder, 'switch', '--quiet', '--create', 'checkout-rework');
  fs.cpSync(path.join(source, 'branch'), folder, { recursive: true });
  await commit(folder, 'Rework the checkout', '2026-02-03T09:00:00Z');
  fs.cpSync(path.join(source, 'edits'), folder, { recursive: true });
}

async function commit(folder, subject, date) {
  const dates = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  await git(folder, 'add', '--all');
  await git(folder, dates, 'commit', '--quiet', '--no-verify', '--no-gpg-sign', '--message', subject);
}

/** Runs git without the user's configuration, so that no hook, template or signing key takes part. */
async function git(cwd, ...args) {
  const extra = typeof args[0] === 'object' ? args.shift() : {};
  const env = { ...process.env, ...identity, ...extra, GIT_CONFIG_GLOBAL: os.devNull, GIT_CONFIG_NOSYSTEM: '1' };
  for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE']) delete env[name];
  const { code, output } = await run('git', args, { cwd, env });
  if (code !== 0) throw new Problem(`git ${args[0]} failed in ${cwd} while making the sample:\n${output.trim()}`);
}

const identity = {
  GIT_AUTHOR_NAME: 'Shop',
  GIT_AUTHOR_EMAIL: 'shop@shop.example',
  GIT_COMMITTER_NAME: 'Shop',
  GIT_COMMITTER_EMAIL: 'shop@shop.example',
};
