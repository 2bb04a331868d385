import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';

/** How much of a command's output is kept for its failure, in characters. */
const kept = 2000;

/**
 * Runs a program in a folder, without a shell, and waits for its end. Programs of the folder's own packages (`node_modules/.bin`,
 * upwards) are found first. Returns why it failed, with the end of what it said; undefined when it ended with 0.
 */
export function runCommand(root: string, [program, ...args]: readonly string[]): string | undefined {
  const path = [...binFolders(root), process.env.PATH].join(delimiter);
  const result = spawnSync(program!, args, { cwd: root, env: { ...process.env, PATH: path }, encoding: 'utf8' });
  if (result.error) {
    const { code } = result.error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? `there is no program '${program}'` : result.error.message;
  }
  if (result.status === 0) return undefined;
  const how = result.status === null ? `it was ended by ${result.signal}` : `exit code ${result.status}`;
  const said = `${result.stdout}${result.stderr}`.trim().slice(-kept);
  return said === '' ? how : `${how}\n${said}`;
}

function binFolders(root: string): string[] {
  const folders: string[] = [];
  for (let folder = root; ; folder = dirname(folder)) {
    folders.push(join(folder, 'node_modules', '.bin'));
    if (dirname(folder) === folder) return folders;
  }
}
