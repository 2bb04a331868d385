/**
 * Inside Switchyard a path is relative to the workspace folder and has forward slashes, on every system.
 * These are the few operations that the engine needs on such paths.
 */

/** The folder of a path, without a trailing slash; `''` for a file at the root. */
export function dirname(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The ending of a file name with its dot (`.ts`), or `''`. */
export function extname(path: string): string {
  const name = basename(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot);
}

/** Joins and normalises; `undefined` where `..` would leave the workspace. */
export function join(folder: string, relative: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (parts.length === 0) return undefined;
      parts.pop();
    } else parts.push(part);
  }
  return parts.join('/');
}

/** The relative module specifier (`./b`, `../c/d`) that leads from a file to another path. */
export function relativeSpecifier(fromFile: string, to: string): string {
  const from = dirname(fromFile) === '' ? [] : dirname(fromFile).split('/');
  const target = to.split('/');
  let same = 0;
  while (same < from.length && same < target.length - 1 && from[same] === target[same]) same++;
  const up = from.length - same;
  return (up === 0 ? './' : '../'.repeat(up)) + target.slice(same).join('/');
}
