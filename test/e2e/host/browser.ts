import fs from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { installBrowserHost } from '../../../scripts/install.mjs';
import { artifacts, root } from '../../../scripts/lib/paths.mjs';
import {
  installVsix as install,
  makeDataFolder,
  remoteUri,
  startServer,
  workbenchUrl,
} from '../../../scripts/lib/vscode-server.mjs';
import { makeVsix } from '../../../scripts/package.mjs';

export interface HostOptions {
  /** The folder, or the `.code-workspace` file, to open. */
  folder: string;
  /** `development`: this repository as it is built; `vsix`: packed and installed as a user would. */
  extension: 'development' | 'vsix';
  /** User settings on top of the quiet ones. */
  settings?: Record<string, unknown>;
  /** Environment of the server, and with it of the extension host and the language server. */
  env?: Record<string, string>;
  /** Names the logs of this run in .artifacts/. */
  name?: string;
  /** What the workbench takes as its environment, for example `extensionTestsPath`. */
  payload?: (port: number) => [string, string][];
  /** Called by the workbench when a test run in the extension host ends. */
  onExit?: (code: number) => void;
}

export interface RunningHost {
  page: Page;
  port: number;
  dataDir: string;
  stop(): Promise<void>;
  /** Keeps a picture of the workbench as .artifacts/screens/NAME.png. */
  shot(name: string): Promise<void>;
}

const testSettings = {
  'security.workspace.trust.enabled': false,
  'window.commandCenter': false,
  'git.enabled': false,
};

/** Starts VS Code's server and opens its workbench in a headless Chromium. `stop` ends both. */
export async function startHost(options: HostOptions): Promise<RunningHost> {
  const name = options.name ?? path.basename(options.folder);
  const host = await installBrowserHost();
  const dataDir = makeDataFolder({ ...testSettings, ...options.settings });
  if (options.extension === 'vsix') await installVsix(dataDir);
  const logFile = path.join(artifacts, 'logs', `${name}-server.log`);
  const server = await startServer({ host, dataFolder: dataDir, env: options.env, logFile });
  const page = await openPage(name);
  // The workbench looks this name up on `window`, as VS Code's own integration tests do.
  if (options.onExit) await page.exposeFunction('codeAutomationExit', options.onExit);
  const payload: [string, string][] = options.payload?.(server.port) ?? [];
  if (options.extension === 'development') payload.push(['extensionDevelopmentPath', remoteUri(server.port, root)]);
  await page.goto(workbenchUrl(server.port, options.folder, payload), { waitUntil: 'domcontentloaded' });
  return {
    page,
    port: server.port,
    dataDir,
    async stop() {
      await page.context().browser()?.close();
      await server.stop();
    },
    async shot(picture) {
      await page.screenshot({ path: path.join(artifacts, 'screens', `${picture}.png`) });
    },
  };
}

/** Packs this repository's extension and installs it into a data folder. */
export async function installVsix(dataDir: string): Promise<void> {
  const { vsix } = await makeVsix();
  await install(await installBrowserHost(), dataDir, vsix);
}

/** An empty page of a headless Chromium of its own; what it logs goes to .artifacts/logs/. */
export async function openPage(name: string): Promise<Page> {
  const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const browser = await chromium.launch({
    executablePath: (await installBrowserHost()).chromium,
    headless: true,
    // Containers run as root and have a small /dev/shm.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-quic', ...quiet],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
  page.setDefaultTimeout(30_000);
  keepConsole(page, path.join(artifacts, 'logs', `${name}-browser.log`));
  return page;
}

function keepConsole(page: Page, file: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const log = fs.createWriteStream(file);
  page.on('console', (message) => log.write(`[${message.type()}] ${message.text()}\n`));
  page.on('pageerror', (error) => log.write(`[error] ${error}\n`));
  page.on('requestfailed', (request) => log.write(`[request] ${request.url()} ${request.failure()?.errorText}\n`));
}
