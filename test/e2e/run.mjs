// End to end in a real VS Code: the suite inside the extension host, and the workbench driven from outside.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { counts, runMocha } from '../../scripts/lib/mocha.mjs';
import { artifacts, root } from '../../scripts/lib/paths.mjs';
import { run } from '../../scripts/lib/step.mjs';
import { makeSample } from '../../scripts/sample.mjs';
import { bundleSuite } from './host/bundle.mjs';
import { chooseHost } from './host/choice.mjs';

/** Runs test/e2e/*.test.ts inside the extension host, on the sample: `{ passed, failed, output, note }`. */
export async function runExtensionHost({ grep } = {}) {
  const suite = await bundleSuite();
  const report = path.join(artifacts, 'reports/e2e.json');
  fs.rmSync(report, { force: true });
  fs.mkdirSync(path.dirname(report), { recursive: true });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'switchyard-e2e-'));
  try {
    await makeSample(folder);
    const { executable, reason } = await chooseHost();
    process.stdout.write(` in ${executable ?? 'VS Code in the browser'} (${reason}) ...`);
    const env = { ...process.env, SWITCHYARD_E2E_SUITE: suite, SWITCHYARD_E2E_REPORT: report };
    if (grep) env.SWITCHYARD_E2E_GREP = grep;
    const script = executable ? 'desktop.ts' : 'extension-host.ts';
    const args = ['--import=tsx', path.join(root, 'test/e2e/host', script), folder, suite];
    const { code, output } = await run(process.execPath, executable ? [...args, executable] : args, {
      cwd: root,
      env,
      limit: 600_000,
    });
    return { ...counts(report, code, grep !== undefined), output: `${failures(report)}${tail(output)}` };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs test/e2e/ui/*.ui.ts, which open the workbench in a headless Chromium themselves. */
export function runWorkbench({ grep } = {}) {
  return runMocha('ui', 'test/e2e/ui/**/*.ui.ts', { grep });
}

function failures(report) {
  if (!fs.existsSync(report)) return '';
  const { failures } = JSON.parse(fs.readFileSync(report, 'utf8'));
  return failures.map(({ title, error }) => `${title}\n${error}\n\n`).join('');
}

/** The end of what the host said, for a run that did not get as far as a report. */
function tail(output) {
  return output.trim().split('\n').slice(-30).join('\n');
}
