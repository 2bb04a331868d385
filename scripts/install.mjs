// Installs what is missing: packages, and with --browser Chromium and VS Code for the browser. Checks, never assumes.
import { fileURLToPath } from 'node:url';
import { installChromium } from './install/chromium.mjs';
import { installModules } from './install/modules.mjs';
import { installVsCodeHost } from './install/vscode-host.mjs';
import { main, Problem, run } from './lib/step.mjs';

/** Node, git and the packages that everything here needs. */
export async function installBasics() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new Problem(`Switchyard needs Node 20.19 or later, and this is ${process.version}: install a later Node.`);
  if ((await run('git', ['--version'])).code !== 0)
    throw new Problem('git was not found: install it and run this again.');
  await installModules();
}

/** VS Code in the browser: `{ node, serverMain, version, chromium }`. */
export async function installBrowserHost() {
  const chromium = await installChromium();
  return { ...(await installVsCodeHost()), chromium };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await main(async () => {
    await installBasics();
    if (!process.argv.includes('--browser')) return;
    const host = await installBrowserHost();
    process.stdout.write(`VS Code ${host.version} and ${host.chromium} are in place.\n`);
  });
