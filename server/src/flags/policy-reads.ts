import { join } from '../core/paths.ts';
import type { ReadSite } from '../facts/file-facts.ts';
import type { ReadShape } from '../policy/schema.ts';
import type { Resolver } from './resolve.ts';

/**
 * Whether a call is what a home-made shape of the policy names. `flags.isEnabled` means any receiver that ends so
 * (`this.flags.isEnabled`, `ctx.flags.isEnabled`); a bare name means a bare call whose name is no parameter. With `from`,
 * the callee or its receiver must derive from that module, whatever its name.
 */
export function followsPolicy(site: ReadSite, path: string, shape: ReadShape, resolver: Resolver): boolean {
  if (site.form !== 'call') return false;
  const written = shape.call ?? shape.hook ?? '';
  const receiver = written.slice(0, Math.max(0, written.lastIndexOf('.')));
  if (shape.from !== undefined)
    return comesFrom(site, path, shape.from, resolver) && (receiver === '' || endsWith(site, receiver));
  if (receiver === '') return site.receiver === '' && site.parameter !== true;
  return endsWith(site, receiver);
}

function endsWith(site: ReadSite, receiver: string): boolean {
  return site.receiver === receiver || site.receiver.endsWith(`.${receiver}`);
}

/** A module of the policy is a package, or a file counted from the workspace folder, with or without `./`, its ending or `/index`. */
function comesFrom(site: ReadSite, path: string, from: string, resolver: Resolver): boolean {
  const file = join('', from);
  for (const origin of site.origins) {
    const { inside, specifiers } = resolver.follow(path, origin);
    if (specifiers.has(from)) return true;
    if (file !== undefined && inside.some((place) => isFile(place.path, file))) return true;
  }
  return false;
}

function isFile(path: string, named: string): boolean {
  if (path === named) return true;
  const stem = path.replace(/\.d\.[mc]?ts$|\.[mc]?[jt]sx?$/, '');
  const namedStem = named.replace(/\.[mc]?[jt]sx?$/, '');
  return stem === namedStem || stem === `${namedStem}/index` || (namedStem === '' && stem === 'index');
}
