/**
 * What VS Code loads in its extension host to run the suite: mocha over the bundled test files. The report is written last,
 * because the host's own exit code is 0 even when the extension host is killed.
 */
import fs from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

export async function run(): Promise<void> {
  const suite = demand('SWITCHYARD_E2E_SUITE');
  const report = demand('SWITCHYARD_E2E_REPORT');
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, grep: process.env.SWITCHYARD_E2E_GREP, reporter: 'min' });
  for (const file of fs.readdirSync(suite).sort())
    if (file.endsWith('.test.cjs')) mocha.addFile(path.join(suite, file));
  const failures: { title: string; error: string }[] = [];
  let passed = 0;
  let pending = 0;
  const failed = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', () => passed++);
    runner.on('pending', () => pending++);
    runner.on('fail', (test, error: Error) =>
      failures.push({ title: test.fullTitle(), error: error.stack ?? String(error) }),
    );
  });
  fs.writeFileSync(report, JSON.stringify({ passed, failed, pending, failures }));
  if (failed) throw new Error(`${failed} failed`);
}

function demand(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the suite with "npm test -- --only e2e"`);
  return value;
}
