/** Runs the bundled suite in a desktop VS Code; started by run.mjs with the folder to open and VS Code's program. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { root } from '../../../scripts/lib/paths.mjs';

const [folder, suite, executable] = process.argv.slice(2);
if (!folder || !suite || !executable) throw new Error('usage: desktop.ts FOLDER SUITE EXECUTABLE');

const userData = fs.mkdtempSync(path.join(os.tmpdir(), 'switchyard-desktop-'));
process.on('exit', () => fs.rmSync(userData, { recursive: true, force: true }));

process.exitCode = await runTests({
  vscodeExecutablePath: executable,
  extensionDevelopmentPath: root,
  extensionTestsPath: path.join(suite, 'index.cjs'),
  launchArgs: [
    folder,
    '--disable-workspace-trust',
    `--user-data-dir=${userData}`,
    `--extensions-dir=${userData}/extensions`,
  ],
});
