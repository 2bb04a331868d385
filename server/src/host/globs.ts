import picomatch from 'picomatch';

/**
 * One test for the globs of the policy. A glob names files, or a folder with all that is below; without a slash it matches at
 * any depth, as in `.gitignore`. A glob with a leading `!` takes files out again. Names with a leading dot are matched.
 */
export function compileGlobs(globs: readonly string[]): (path: string) => boolean {
  const within = compile(globs.filter((glob) => !glob.startsWith('!')));
  const without = compile(globs.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1)));
  return (path) => within(path) && !without(path);
}

function compile(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs.flatMap(expand);
  return patterns.length === 0 ? () => false : picomatch(patterns, { dot: true });
}

function expand(glob: string): string[] {
  const bare = glob.replace(/^\.?\/+/, '').replace(/\/+$/, '');
  if (bare === '') return [];
  const anchored = bare.includes('/') || /^\.?\//.test(glob);
  const pattern = anchored ? bare : `**/${bare}`;
  return [pattern, `${pattern}/**`];
}
