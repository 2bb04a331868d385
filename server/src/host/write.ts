import { lstatSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { changedText, type FileChange } from '../core/source-change.ts';
import { UserError } from '../core/user-error.ts';

/**
 * Carries out a source change on disk. Everything is checked first: files that the change found must still say what it found, files
 * that it creates must not exist. Then new texts are written beside their targets, and only when all are there they are moved over
 * them.
 * @throws UserError before anything is changed; a failure of the disk on the way is told with the files that were written.
 */
export function writeChanges(root: string, changes: readonly FileChange[]): void {
  for (const change of changes) checkUntouched(root, change);
  const staged: { path: string; temporary: string; target: string }[] = [];
  try {
    for (const change of changes) {
      const text = changedText(change);
      if (text !== undefined) staged.push({ path: change.path, ...stage(root, change.path, text) });
    }
  } catch (error) {
    for (const { temporary } of staged) rmSync(temporary, { force: true });
    throw new UserError(`nothing was written: ${(error as Error).message}`);
  }
  const done: string[] = [];
  try {
    for (const { path, temporary, target } of staged) {
      renameSync(temporary, target);
      done.push(path);
    }
    for (const { path, deleted } of changes) if (deleted) rmSync(join(root, path));
  } catch (error) {
    for (const { temporary } of staged) rmSync(temporary, { force: true });
    const written = done.length === 0 ? 'nothing was written' : `only these were written: ${done.join(', ')}`;
    throw new UserError(`${(error as Error).message}; ${written}`);
  }
}

function checkUntouched(root: string, change: FileChange): void {
  const now = readIfThere(join(root, change.path));
  if (now === change.before) return;
  const what = change.before === undefined ? 'exists already' : now === undefined ? 'is gone' : 'has changed meanwhile';
  throw new UserError(`${change.path} ${what}; nothing was written. Run the command again.`);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new UserError(`${message}; nothing was written.`);
  }
}

/** Writes a text beside its target, with the target's mode. A link is followed: its target changes, the link stays. */
function stage(root: string, path: string, text: string): { temporary: string; target: string } {
  const link = join(root, path);
  const there = lstatSync(link, { throwIfNoEntry: false });
  if (there === undefined) mkdirSync(dirname(link), { recursive: true });
  const target = there?.isSymbolicLink() ? realpathSync(link) : link;
  const temporary = `${target}.${process.pid}.tmp`;
  writeFileSync(temporary, text, { flag: 'wx', mode: there?.isFile() ? there.mode & 0o777 : 0o666 });
  return { temporary, target };
}
