import { basename, dirname, join } from '../../core/paths.ts';
import { applyEdits, type TextEdit } from '../../core/source-change.ts';
import type { RemovalInput } from '../remove-flags.ts';
import { isGlobbed } from '../sweeping/orphaned-modules.ts';

/**
 * Style sheets, pictures that are text, and data that only deleted or changed files brought in, and that nothing names any more: they
 * go, and so does what only they brought in.
 */
export function orphanedAssets(
  input: RemovalInput,
  deleted: ReadonlySet<string>,
  edits: ReadonlyMap<string, readonly TextEdit[]>,
): Set<string> {
  const gone = new Set<string>();
  const all = [...new Set([...input.paths, ...(input.beside ?? [])])];
  const known = new Set(all);
  const after = (path: string): string | undefined => {
    if (deleted.has(path) || gone.has(path)) return undefined;
    const text = input.text(path);
    return text === undefined ? undefined : applyEdits(text, edits.get(path) ?? []);
  };
  const changed = [...deleted, ...[...edits].filter(([, list]) => list.length > 0).map(([path]) => path)];
  for (const path of changed)
    for (const asset of assetsOf(path, input.text(path) ?? '', known)) {
      if (gone.has(asset) || deleted.has(asset) || input.facts(asset) || isConfiguration(asset, input)) continue;
      if (all.some((one) => one !== asset && names(one, after(one), asset))) continue;
      gone.add(asset);
      changed.push(asset);
      if (known.has(`${asset}.d.ts`)) gone.add(`${asset}.d.ts`);
    }
  return gone;
}

const endings = /\.(?:css|scss|sass|less|styl|pcss|svg|json|graphql|gql)$/;

/** What a text names by a path from where it stands. */
function assetsOf(path: string, text: string, known: ReadonlySet<string>): string[] {
  const strings = text.matchAll(/['"(]((?:\.{1,2}\/)[^'"()\s?#]+)/g);
  return [...strings].flatMap(([, written]) => {
    const asset = join(dirname(path), written!);
    return asset !== undefined && known.has(asset) && endings.test(asset) ? [asset] : [];
  });
}

/** Definitions of flags, configurations, and what is served as it is. */
function isConfiguration(path: string, { inventory }: RemovalInput): boolean {
  if (/(?:^|\/)(?:public|static|\.[\w-]+)\//.test(path)) return true;
  if (/(?:^|\/)(?:package|tsconfig[\w.-]*|jsconfig|[\w.-]*config|\.[\w.-]+)\.json$/.test(path)) return true;
  return [...inventory.flags.values()].some(({ definitions }) => definitions.some((one) => one.path === path));
}

/** Whether a text names a file: by its path from there, by another path that ends alike, or by a bundler's glob. */
function names(path: string, text: string | undefined, asset: string): boolean {
  if (text === undefined) return false;
  if (isGlobbed(asset, path, text)) return true;
  const stem = basename(asset).replace(/^_|\.\w+$/g, '');
  if (!text.includes(stem)) return false;
  const escaped = stem.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const written = text.matchAll(
    new RegExp(`[^\\s'"\`()=,;]*(?<![\\w-])_?${escaped}(?:\\.\\w+)?(?=['"\`)\\s?#&>]|$)`, 'gm'),
  );
  const isStyle = /\.(?:css|scss|sass|less|styl|pcss)$/.test(path);
  return [...written].some(([one]) => {
    const hasEnding = one.endsWith(basename(asset));
    // Style sheets leave out endings; elsewhere a word alone is no path.
    if (!hasEnding && !(isStyle && endings.test(asset))) return false;
    const target = join(dirname(path), one);
    if (/^\.{1,2}\//.test(one) && hasEnding) return target === asset;
    if (target === asset) return true;
    const rest = one.replace(/^(?:\.{1,2}\/)+|^[@~]?[\w-]*\//, '').replace(/^_?/, '');
    return hasEnding ? asset.endsWith(`/${rest}`) || asset === rest : true;
  });
}
