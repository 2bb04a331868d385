// VS Code's own server with the web workbench: data folder, start, extensions, and the address to open.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Problem, run } from './step.mjs';

/** What keeps VS Code quiet: no telemetry, no updates, no welcome, no chat. */
const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
};

/** A fresh data folder (settings, extensions, logs), removed when this process ends. */
export function makeDataFolder(settings = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'switchyard-vscode-'));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'data/User/settings.json');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
  return folder;
}

/**
 * Starts the server on 127.0.0.1 and gives `{ port, exited, stop }` when it listens. It leads a process group, so that
 * extension hosts and language servers end with it, however this process ends.
 */
export async function startServer({ host, dataFolder, port = 0, env = {}, logFile }) {
  fs.mkdirSync(path.dirname(logFile), { recursive: true });
  const log = fs.createWriteStream(logFile);
  const args = [
    '--host',
    '127.0.0.1',
    '--port',
    `${port}`,
    '--without-connection-token',
    '--accept-server-license-terms',
  ];
  args.push('--telemetry-level', 'off', '--server-data-dir', dataFolder);
  // Without it a built workbench ignores extensionDevelopmentPath and extensionTestsPath in its address, without a word.
  args.push('--enable-smoke-test-driver');
  const child = spawn(host.node, [host.serverMain, ...args], {
    env: cleanEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
    } catch {
      // The group is gone already.
    }
  };
  process.on('exit', () => signal('SIGKILL'));
  for (const [name, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }))
    process.once(name, () => process.exit(code));
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  const exited = new Promise((resolve) => child.once('exit', resolve));
  return {
    port: await listening(child, exited, logFile),
    exited,
    async stop() {
      signal('SIGTERM');
      await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 5_000).unref())]);
      signal('SIGKILL');
    },
  };
}

/** The address that opens a folder in the workbench; `payload` are pairs that the workbench takes as its environment. */
export function workbenchUrl(port, folder, payload = []) {
  const url = new URL(`http://127.0.0.1:${port}/`);
  url.searchParams.set('folder', folder);
  if (payload.length) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** A path of the server's machine, as the workbench names it. */
export function remoteUri(port, file) {
  return `vscode-remote://127.0.0.1:${port}${encodeURI(path.resolve(file))}`;
}

/** Installs a VSIX into a data folder. @throws Problem with VS Code's words when it does not take it. */
export async function installVsix(host, dataFolder, vsix) {
  const args = [host.serverMain, '--server-data-dir', dataFolder, '--install-extension', path.resolve(vsix), '--force'];
  const { code, output } = await run(host.node, args, { env: cleanEnvironment({}) });
  if (code !== 0 || !/successfully installed/.test(output))
    throw new Problem(`VS Code does not install ${vsix}:\n${output.trim()}`);
}

/** The environment without what a surrounding VS Code would tell this one. */
function cleanEnvironment(extra) {
  const env = { ...process.env, ...extra };
  for (const name of Object.keys(env)) if (/^(VSCODE|ELECTRON)_/.test(name)) delete env[name];
  return env;
}

function listening(child, exited, logFile) {
  return new Promise((resolve, reject) => {
    const fail = (what) => reject(new Problem(`VS Code's server ${what}: see ${logFile}.`));
    const timer = setTimeout(() => fail('did not start within 60 s'), 60_000);
    exited.then((code) => fail(`ended at its start (code ${code})`));
    let text = '';
    child.stdout.on('data', (data) => {
      text += data;
      const port = /Extension host agent listening on (\d+)/.exec(text)?.[1];
      if (port === undefined || !text.includes('Extension host agent started')) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
  });
}
