// Runs mocha on TypeScript test files in a Node of its own.
import fs from 'node:fs';
import path from 'node:path';
import { artifacts, root } from './paths.mjs';
import { run } from './step.mjs';

/**
 * Runs the test files that a glob matches, for at most `limit` ms, and gives `{ passed, failed, output, note }`. No test at all, a pending one, or an end
 * without a report counts as one failure: silence proves nothing.
 */
export async function runMocha(name, glob, { grep, limit = 600_000 } = {}) {
  const report = path.join(artifacts, 'reports', `${name}.json`);
  fs.rmSync(report, { force: true });
  const args = ['--import=tsx', path.join(root, 'node_modules/mocha/bin/mocha.js'), glob];
  args.push('--reporter', path.join(root, 'scripts/lib/mocha-reporter.cjs'), '--reporter-option', `output=${report}`);
  if (process.env.CI) args.push('--forbid-only');
  if (grep) args.push('--grep', grep);
  const { code, output } = await run(process.execPath, args, { cwd: root, limit });
  return { ...counts(report, code, grep !== undefined), output };
}

/** What a report says, made strict. `mayBeEmpty` for runs that were narrowed by hand. */
export function counts(report, code, mayBeEmpty = false) {
  if (!fs.existsSync(report)) return { passed: 0, failed: 1, note: `no report was written (exit code ${code})` };
  const { passed, failed, pending } = JSON.parse(fs.readFileSync(report, 'utf8'));
  const note = [];
  if (pending) note.push(`${pending} pending: delete them or let them run`);
  if (passed + failed + pending === 0 && !mayBeEmpty) note.push('no test ran');
  if (code !== 0 && failed === 0) note.push(`ended with exit code ${code}`);
  return { passed, failed: failed + note.length, note: note.join('; ') };
}
