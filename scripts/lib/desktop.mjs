// A VS Code on this machine's desktop, where there is one.
import fs from 'node:fs';
import path from 'node:path';
import { run } from './step.mjs';

/** The command `code` where it starts and a display exists to open it on; else undefined. */
export async function desktopCode(env = process.env) {
  if (!hasDisplay(env)) return undefined;
  const { code, output } = await run('code', ['--version'], { env });
  return code === 0 && /^\d+\.\d+/.test(output) ? 'code' : undefined;
}

export function hasDisplay(env = process.env) {
  return process.platform === 'darwin' || process.platform === 'win32' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** The program behind the command `code` on the PATH, as `@vscode/test-electron` wants it; undefined where it is not found. */
export function electronOfCode(env = process.env) {
  const command = process.platform === 'win32' ? 'code.cmd' : 'code';
  for (const folder of (env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, command);
    if (!fs.existsSync(file)) continue;
    const bin = path.dirname(fs.realpathSync(file));
    const found = ['../code', '../Code.exe', '../../../MacOS/Electron'].map((place) => path.resolve(bin, place));
    return found.find((place) => fs.statSync(place, { throwIfNoEntry: false })?.isFile());
  }
  return undefined;
}
