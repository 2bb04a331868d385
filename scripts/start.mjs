// `npm start`: installs what is missing, builds, and opens VS Code with the extension on a folder.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { installVsCodeHost } from './install/vscode-host.mjs';
import { installBasics } from './install.mjs';
import { desktopCode } from './lib/desktop.mjs';
import { artifacts, cacheFolder, root } from './lib/paths.mjs';
import { main, Problem, step } from './lib/step.mjs';
import { makeDataFolder, remoteUri, startServer, workbenchUrl } from './lib/vscode-server.mjs';
import { makeSample } from './sample.mjs';

const help = `npm start [-- FOLDER] [--port N]   open VS Code with Switchyard on FOLDER, or on a bundled sample
npm start -- --check FOLDER        print the findings instead, as \`switchyard check FOLDER\` does

The desktop's VS Code is used where \`code\` is on the PATH and a display exists; elsewhere the same VS Code is served to the
browser: the address is printed, and it stays up until Ctrl+C.
  --port N   the port to serve on (default: a free one)
  --help     this text
`;

async function start() {
  const { values, folder } = readArguments();
  if (values.help) return void process.stdout.write(help);
  if (values.port !== undefined) await demandFreePort(Number(values.port));
  await installBasics();
  await build();
  if (values.check) return check(folder ?? (await sample()));
  const code = await desktopCode();
  if (code) return openDesktop(code, folder ?? (await sample()));
  return serve(folder, Number(values.port ?? 0));
}

function readArguments() {
  const options = { help: { type: 'boolean' }, check: { type: 'boolean' }, port: { type: 'string' } };
  let parsed;
  try {
    parsed = parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new Problem(`${error.message}\n\n${help}`);
  }
  const { values, positionals } = parsed;
  if (positionals.length > 1)
    throw new Problem(`One folder at a time, not ${positionals.length}: ${positionals.join(', ')}`);
  if (values.port !== undefined && !(/^\d+$/.test(values.port) && Number(values.port) < 65_536))
    throw new Problem(`--port wants a number from 0 to 65535, not ${values.port}.`);
  // npm runs scripts in the repository; a relative folder is meant from where the person stands.
  const folder = positionals[0] && path.resolve(process.env.INIT_CWD ?? process.cwd(), positionals[0]);
  if (folder && !fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Problem(`The folder ${folder} does not exist: name a folder that does, or none for the sample.`);
  return { values, folder };
}

function demandFreePort(port) {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', (error) =>
      reject(new Problem(`Port ${port} cannot be used (${error.code}): name another with --port, or leave it out.`)),
    );
    probe.listen(port, '127.0.0.1', () => probe.close(resolve));
  });
}

async function sample() {
  const folder = path.join(cacheFolder(), 'sample/shop');
  await step('making the sample', () => makeSample(folder));
  return folder;
}

function check(folder) {
  return passThrough(process.execPath, [path.join(root, 'dist/switchyard.cjs'), 'check', folder]);
}

function openDesktop(code, folder) {
  process.stdout.write(`opening ${folder} in ${code}\n`);
  return passThrough(code, [`--extensionDevelopmentPath=${root}`, folder]);
}

function passThrough(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: 'inherit',
      shell: process.platform === 'win32' && command !== process.execPath,
    });
    child.on('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(1);
    });
    child.on('close', (status) => resolve(status ?? 1));
  });
}

async function serve(named, wantedPort) {
  const host = await installVsCodeHost();
  const folder = named ?? (await sample());
  const dataFolder = makeDataFolder({ 'security.workspace.trust.startupPrompt': 'never', ...(named ? {} : trusting) });
  const logFile = path.join(artifacts, 'start.log');
  const server = await step(`starting VS Code ${host.version}`, () =>
    startServer({ host, dataFolder, port: wantedPort, logFile }),
  );
  const payload = [['extensionDevelopmentPath', remoteUri(server.port, root)]];
  process.stdout.write(
    `\n${folder} is open in VS Code at\n\n  ${workbenchUrl(server.port, folder, payload)}\n\nCtrl+C ends it.\n`,
  );
  const code = await server.exited;
  throw new Problem(`VS Code's server ended by itself (code ${code}): see ${logFile}.`);
}

/** The sample is ours: there is nothing to ask. */
const trusting = { 'security.workspace.trust.enabled': false };

await main(start);
