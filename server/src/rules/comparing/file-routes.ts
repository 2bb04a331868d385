/** What a file serves by where it lies: `/orders/[id]`. */
export interface FileRoute {
  readonly path: string;
  /** `handlers`: its exports are named after methods (`GET`); `page`: it is shown. */
  readonly kind: 'handlers' | 'page';
}

const ending = String.raw`\.[cm]?[jt]sx?$`;

/**
 * The route of a file in a framework that routes by files: Next.js (`app/`, `pages/`), Remix and React Router (`app/routes/`), SvelteKit
 * and Nuxt. Groups (`(shop)`) and slots are no part of it.
 * @param depends whether the package around the file names a dependency
 */
export function fileRouteOf(path: string, depends: (name: string) => boolean): FileRoute | undefined {
  const next = match(path, new RegExp(`(?:^|/)app/(?:(.*)/)?(route|page)${ending}`));
  if (next && depends('next')) return { path: routeOf(next[1]), kind: next[2] === 'route' ? 'handlers' : 'page' };
  const svelte = match(path, /(?:^|\/)src\/routes\/(?:(.*)\/)?\+(server|page)(?:\.svelte|(?:\.server)?\.[jt]s)$/);
  if (svelte && depends('@sveltejs/kit'))
    return { path: routeOf(svelte[1]), kind: svelte[2] === 'server' ? 'handlers' : 'page' };
  const remix = match(path, new RegExp(`(?:^|/)app/routes/(.*?)(?:/(?:route|index))?${ending}`));
  if (remix && (depends('@remix-run/react') || depends('@react-router/fs-routes')))
    return { path: routeOf(remix[1]!.replace(/\./g, '/')), kind: 'page' };
  const pages = match(path, new RegExp(`(?:^|/)pages/(.*)${ending}`));
  if (!pages || !depends('next') || /(?:^|\/)(?:_.*|404|500)$/.test(pages[1]!)) return undefined;
  return { path: routeOf(pages[1]!.replace(/(?:^|\/)index$/, '')), kind: 'page' };
}

function match(path: string, pattern: RegExp): RegExpExecArray | null {
  return pattern.exec(path);
}

/** Names of parameters do not matter to who calls. */
function routeOf(folders = ''): string {
  const parts = folders
    .split('/')
    .filter((one) => one !== '' && !/^\(.*\)$/.test(one) && !/^[@_]/.test(one))
    .map((one) =>
      one
        .replace(/\[\.\.\..*\]/, '[...]')
        .replace(/\[(?!\.)[^\]]*\]/, '[]')
        .replace(/^\$.*/, '[]'),
    );
  return `/${parts.join('/')}`;
}
