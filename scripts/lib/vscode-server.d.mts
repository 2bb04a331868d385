/** A VS Code server with its Node, as scripts/install.mjs gives it. */
export interface Host {
  node: string;
  serverMain: string;
  version: string;
  chromium: string;
}

export interface Server {
  port: number;
  exited: Promise<number | null>;
  stop(): Promise<void>;
}

export function makeDataFolder(settings?: Record<string, unknown>): string;
export function startServer(options: {
  host: Host;
  dataFolder: string;
  port?: number;
  env?: Record<string, string>;
  logFile: string;
}): Promise<Server>;
export function workbenchUrl(port: number, folder: string, payload?: [string, string][]): string;
export function remoteUri(port: number, file: string): string;
export function installVsix(host: Host, dataFolder: string, vsix: string): Promise<void>;
