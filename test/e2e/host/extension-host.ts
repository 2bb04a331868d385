/**
 * Runs the bundled suite in the extension host of the workbench in the browser; started by run.mjs with the folder to open.
 * It ends with the host's exit code, and with 124 when the suite does not end.
 */
import path from 'node:path';
import { remoteUri } from '../../../scripts/lib/vscode-server.mjs';
import { startHost } from './browser.ts';

const limit = 300_000;

const [folder, suite] = process.argv.slice(2);
if (!folder || !suite) throw new Error('usage: extension-host.ts FOLDER SUITE');

let ended = (_code: number) => {};
const exit = new Promise<number>((resolve) => {
  ended = resolve;
});
const host = await startHost({
  folder,
  extension: 'development',
  name: 'e2e',
  payload: (port) => [['extensionTestsPath', remoteUri(port, path.join(suite, 'index.cjs'))]],
  onExit: (code) => ended(code),
});
const timer = setTimeout(() => ended(124), limit);
const code = await exit;
clearTimeout(timer);
if (code === 124) {
  await host.shot('e2e-timeout');
  console.error(`the suite did not end within ${limit / 1000} s`);
}
await host.stop();
process.exit(code);
