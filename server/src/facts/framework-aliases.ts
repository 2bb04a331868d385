import { dirname } from '../core/paths.ts';

/**
 * Where the aliases of frameworks lead whose configuration is generated, or written in code: paths without ending, likeliest first.
 * SvelteKit's `$lib` (`src/lib`); `@/` and `~/` of Vue and Nuxt projects (`src`, `app`, or the folder of the package itself). No
 * package can be called so.
 * @param folder of the importing file
 * @param isPackage whether a folder holds a `package.json`
 */
export function aliasTargets(folder: string, specifier: string, isPackage: (folder: string) => boolean): string[] {
  const lib = /^\$lib(?:\/(.*))?$/.exec(specifier);
  const home = /^(?:@|~|@@|~~)\/(.+)$/.exec(specifier)?.[1];
  if (lib === null && home === undefined) return [];
  let root = folder;
  while (root !== '' && !isPackage(root)) root = dirname(root);
  const under = (path: string) => (root === '' ? path : `${root}/${path}`);
  if (lib !== null) return [under(lib[1] === undefined ? 'src/lib' : `src/lib/${lib[1]}`)];
  return [under(`src/${home}`), under(`app/${home}`), under(home!)];
}
