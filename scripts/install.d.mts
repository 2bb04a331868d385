import type { Host } from './lib/vscode-server.mjs';

export function installBasics(): Promise<void>;
export function installBrowserHost(): Promise<Host>;
