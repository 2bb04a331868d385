// Which VS Code the suite runs in. There is always one, and the reason for the choice is printed.
import fs from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { electronOfCode, hasDisplay } from '../../../scripts/lib/desktop.mjs';
import { cacheFolder } from '../../../scripts/lib/paths.mjs';
import { Problem } from '../../../scripts/lib/step.mjs';

/** `{ executable, reason }`: a desktop VS Code's program, or undefined for the workbench in the browser. */
export async function chooseHost(env = process.env) {
  const named = env.SWITCHYARD_VSCODE;
  if (named) {
    if (!fs.existsSync(named))
      throw new Problem(`SWITCHYARD_VSCODE names ${named}, which does not exist: name VS Code's program, or unset it.`);
    return { executable: path.resolve(named), reason: 'named in SWITCHYARD_VSCODE' };
  }
  if (!hasDisplay(env)) return { reason: 'there is no display' };
  const onPath = electronOfCode(env);
  if (onPath) return { executable: onPath, reason: '`code` is on the PATH' };
  try {
    const quiet = { report() {}, error() {} };
    const executable = await downloadAndUnzipVSCode({ cachePath: path.join(cacheFolder(), 'vscode'), reporter: quiet });
    return { executable, reason: 'downloaded' };
  } catch (error) {
    return { reason: `there is a display, but VS Code cannot be downloaded (${error.message})` };
  }
}
