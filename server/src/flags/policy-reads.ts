import { join } from '../core/paths.ts';
import type { ReadSite, Recipe } from '../facts/file-facts.ts';
import { type ReadShape, type ShapeHead, shapeHeads } from '../policy/read-shape.ts';
import type { Policy } from '../policy/schema.ts';
import type { Resolver } from './resolve.ts';
import type { PropertyShape, Shape } from './sdks/sdk.ts';

/** A site that an entry of the policy names. */
export interface PolicyMatch {
  readonly shape: Shape;
  /** For a person: `policy: isFeatureEnabled`. */
  readonly reader: string;
  /** Index in `flags.reads`. */
  readonly entry: number;
}

/** What facts are taken for because of the policy. */
export function policyRecipe({ flags }: Policy): Omit<Recipe, 'id' | 'registries'> {
  const { reads } = flags;
  const of = (...heads: ShapeHead[]): string[] => reads.flatMap((shape) => heads.flatMap((head) => shape[head] ?? []));
  const makers = reads.filter((shape) => shape.selector !== undefined && shape.key !== undefined);
  const named = reads.filter((shape) => shape.selector !== undefined && shape.key === undefined);
  const records = reads.flatMap((shape) => (shape.hook === undefined ? [] : (shape.record ?? [])));
  const isModule = (name: string): boolean => !name.startsWith('.');
  return {
    names: new Set(
      [...of('call', 'hook', 'component', 'decorator'), ...makers.map(({ selector }) => selector!)].map(last),
    ),
    properties: new Set([
      ...[...of('property', 'collection', 'equality'), ...records].map(last),
      ...(of('env').length > 0 ? ['env'] : []),
    ]),
    defines: of('define'),
    selectors: new Set(makers.map(({ selector }) => last(selector!))),
    functions: named.map(({ selector }) => last(selector!)),
    modules: of('module').map(lastPart),
    packages: new Set(
      reads.flatMap(({ from, module }) => [from, module].filter((one) => one !== undefined)).filter(isModule),
    ),
  };
}

/**
 * The entries of the policy that a site follows. `flags.isEnabled` means any receiver that ends so (`this.flags.isEnabled`,
 * `ctx.flags.isEnabled`); a bare name means a bare call whose name is no parameter. With `from`, what is called or its
 * receiver must derive from that module. More than one only for places, whose members may follow different entries.
 */
export function policyMatches(site: ReadSite, path: string, resolver: Resolver, policy: Policy): PolicyMatch[] {
  const found: PolicyMatch[] = [];
  for (const [entry, shape] of policy.flags.reads.entries()) {
    const head = headOf(shape);
    const matched = matchers[head]({ site, path, shape, written: shape[head]!, resolver });
    for (const one of matched) found.push({ shape: one, reader: `policy: ${shape[head]}`, entry });
    if (found.length > 0 && site.form !== 'property') break;
  }
  return found;
}

/** What an entry of the policy is told by. */
export function headOf(shape: ReadShape): ShapeHead {
  return shapeHeads.find((head) => shape[head] !== undefined)!;
}

interface Candidate {
  readonly site: ReadSite;
  readonly path: string;
  readonly shape: ReadShape;
  /** What stands at its head. */
  readonly written: string;
  readonly resolver: Resolver;
}

type Matcher = (candidate: Candidate) => readonly Shape[];

const matchers: Readonly<Record<ShapeHead, Matcher>> = {
  call: (candidate) => (isCalled(candidate, 'call') ? [callShape(candidate.shape, candidate.written)] : []),
  decorator: (candidate) =>
    candidate.site.decorator && isCalled(candidate, 'call')
      ? [{ ...callShape(candidate.shape, candidate.written), effect: 'guard' }]
      : [],
  hook: (candidate) => {
    const { shape, written } = candidate;
    const { record, result } = shape;
    const spelling = shape.spelling === 'camelCase' ? 'lodash-camelCase' : 'as-is';
    const field = result === undefined ? {} : { field: result };
    if (record !== undefined)
      return isPlace({ ...candidate, written: `${written}().${record}` }, 'property')
        ? [{ form: 'property', path: `${written}().${record}`, spelling, ...field }]
        : [];
    if (!isCalled(candidate, 'call')) return [];
    return [{ form: 'record', names: [last(written)], spelling, ...field, ...holder(shape) }];
  },
  component: (candidate) => {
    const { shape, written } = candidate;
    if (!isCalled(candidate, 'jsx')) return [];
    return [
      {
        form: 'component',
        names: [last(written)],
        key: shape.prop ?? 'name',
        ...(shape.keys === 'array' ? { keys: 'array' as const } : {}),
        ...(shape.on === undefined ? {} : { on: shape.on }),
        ...(shape.off === undefined ? {} : { off: shape.off }),
        ...(shape.defaultProp === undefined ? {} : { default: shape.defaultProp }),
        type: 'any',
      },
    ];
  },
  property: (candidate) => (isPlace(candidate, 'property') ? [propertyShape(candidate.shape, candidate.written)] : []),
  collection: (candidate) => (isPlace(candidate, 'property') ? [{ form: 'collection', path: candidate.written }] : []),
  equality: (candidate) => (isPlace(candidate, 'equality') ? [{ form: 'equality', path: candidate.written }] : []),
  env: ({ site, shape, written }) => {
    const place = ['process.env', 'import.meta.env', 'Deno.env', 'Bun.env'].find((one) => isAt(site, one));
    if (site.form !== 'property' || place === undefined) return [];
    return [{ form: 'property', path: place, spelling: 'as-is', members: written, text: { parsers: shape.parsers } }];
  },
  define: ({ site, written }) =>
    site.form === 'define' && covers(written, site.name) ? [{ form: 'define', pattern: written }] : [],
  selector: (candidate) => {
    const { site, shape, written } = candidate;
    if (shape.key !== undefined) return isCalled(candidate, 'call') ? [{ form: 'selector', key: shape.key }] : [];
    const isFunction = site.form === 'reference' || site.form === 'call';
    return isFunction && covers(last(written), site.name) && isFrom(candidate) ? [{ form: 'selector' }] : [];
  },
  module: (candidate) => {
    const { site, shape, written } = candidate;
    if (site.form !== 'reference' && site.form !== 'call') return [];
    const name = exportedName(candidate);
    if (name === undefined || (shape.members !== undefined && !covers(shape.members, name))) return [];
    const members = shape.members === undefined ? {} : { members: shape.members };
    return [{ form: 'module', from: written, name, ...members, ...holder(shape) }];
  },
};

function holder({ async }: ReadShape) {
  return async ? { holder: 'promise' as const } : {};
}

function callShape(shape: ReadShape, written: string): Extract<Shape, { form: 'call' }> {
  return {
    form: 'call',
    names: [last(written)],
    key: shape.key ?? 0,
    type: 'any',
    ...(shape.keyField === undefined ? {} : { keyField: shape.keyField }),
    ...(shape.keys === undefined ? {} : { keys: shape.keys, record: '' }),
    ...(shape.default === undefined ? {} : { default: shape.default }),
    ...(shape.result === undefined ? {} : { field: shape.result }),
    ...(shape.inverted ? { inverted: true as const } : {}),
    ...holder(shape),
  };
}

function propertyShape(shape: ReadShape, path: string): PropertyShape {
  return {
    form: 'property',
    path,
    spelling: shape.spelling === 'camelCase' ? 'lodash-camelCase' : 'as-is',
    ...(shape.members === undefined ? {} : { members: shape.members }),
    ...(shape.result === undefined ? {} : { field: shape.result }),
  };
}

/** A call or element whose callee is what the entry names. */
function isCalled(candidate: Candidate, form: 'call' | 'jsx'): boolean {
  const { site, written, shape } = candidate;
  if (site.form !== form || site.name !== last(written)) return false;
  const receiver = written.slice(0, Math.max(0, written.lastIndexOf('.')));
  if (shape.from !== undefined) return isFrom(candidate) && (receiver === '' || endsWith(site.receiver, receiver));
  if (receiver === '') return site.receiver === '' && site.parameter !== true;
  return endsWith(site.receiver, receiver);
}

/** A place that is what the entry names, as written or followed back through constants of its file. */
function isPlace(candidate: Candidate, form: 'property' | 'equality'): boolean {
  const { site, written, shape } = candidate;
  if (site.form !== form || site.name !== last(written)) return false;
  if (shape.from === undefined) return isAt(site, written);
  if (!isFrom(candidate)) return false;
  const exported = written.replace(/^\*\./, '');
  return (
    isAt(site, written) ||
    site.name === exported ||
    site.origins.some((origin) => endsWith(dotted(origin.imported, origin.path), exported))
  );
}

function isAt(site: ReadSite, written: string): boolean {
  if (!written.includes('.')) return site.receiver === '' && site.name === written && site.parameter !== true;
  if (written.startsWith('*.')) {
    const inner = written.slice(2);
    return pathsOf(site).some((path) => path.endsWith(`.${inner}`));
  }
  return pathsOf(site).some((path) => endsWith(path, written));
}

/** The path of a place as written, and followed back through constants. */
function pathsOf({ receiver, derived, name }: ReadSite): string[] {
  return [receiver, ...(derived === undefined ? [] : [derived])].map((one) => (one === '' ? name : `${one}.${name}`));
}

/** `Config.features` for what is imported as `Config` and has `features` taken; without `default` and `*`. */
function dotted(imported: string, path: readonly string[] = []): string {
  const names = imported === 'default' || imported === '*' ? path : [imported, ...path];
  return names.join('.').replaceAll('.()', '()');
}

function endsWith(path: string, end: string): boolean {
  return path === end || path.endsWith(`.${end}`);
}

/** Whether something derives from the module that the entry names; true where it names none. */
function isFrom({ site, path, shape, resolver }: Candidate): boolean {
  const { from } = shape;
  if (from === undefined) return true;
  const file = join('', from);
  for (const one of site.origins) {
    // Of a module as a whole (`import * as flags`) the member counts.
    const isWhole = one.imported === '*' && (one.path?.length ?? 0) === 0;
    const { inside, specifiers } = resolver.follow(path, isWhole ? { ...one, imported: site.name } : one);
    if (specifiers.has(from)) return true;
    if (file !== undefined && inside.some((place) => isFile(place.path, file))) return true;
  }
  return false;
}

/** The name under which the module of the entry exports what a site uses. */
function exportedName({ site, path, written, resolver }: Candidate): string | undefined {
  const file = join('', written);
  for (const origin of site.origins) {
    if (origin.path?.includes('()') || resolver.carries?.(path, origin.specifier, written) === false) continue;
    const { inside, outside } = resolver.follow(path, origin);
    const places = inside.filter((one) => file !== undefined && isFile(one.path, file));
    const name = places.at(-1)?.name ?? outside.find((one) => one.specifier === written)?.imported;
    if (name !== undefined && name !== '*' && !name.includes('.')) return name === 'default' ? site.name : name;
  }
  return undefined;
}

/** A module of the policy is a package, or a file counted from the workspace folder, with or without `./`, its ending or `/index`. */
export function isFile(path: string, named: string): boolean {
  if (path === named) return true;
  const stem = path.replace(/\.d\.[mc]?ts$|\.[mc]?[jt]sx?$/, '');
  const namedStem = named.replace(/\.[mc]?[jt]sx?$/, '');
  return stem === namedStem || stem === `${namedStem}/index` || (namedStem === '' && stem === 'index');
}

/** Whether a name is what a glob names; `*` stands for any part. */
export function covers(glob: string, name: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  if (rest.length === 0) return glob === name;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const [index, part] of rest.entries()) {
    if (index === rest.length - 1) return name.length - part.length >= at && name.endsWith(part);
    const next = name.indexOf(part, at);
    if (next < 0) return false;
    at = next + part.length;
  }
  return true;
}

/** `isEnabled` for `this.flags.isEnabled`, `features` for `useApp().features`. */
function last(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).replace(/\(\)$/, '');
}

/** `features` for `src/features/index.ts`. */
function lastPart(module: string): string {
  const plain = module.replace(/\.[mc]?[jt]sx?$/, '').replace(/\/index$/, '');
  return plain.startsWith('@') ? plain : plain.slice(plain.lastIndexOf('/') + 1);
}
