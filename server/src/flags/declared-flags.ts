import type { FileFacts, ModuleSymbol, ReadSite, ValueExpr } from '../facts/file-facts.ts';
import type { ModuleGraph } from '../facts/graph.ts';
import type { Policy } from '../policy/schema.ts';
import { declaringNames, matchReadSite } from './catalogue.ts';
import { lastName } from './inference/reader.ts';
import type { Place, ResolvedKey, Resolver } from './resolve.ts';
import type { SymbolShape } from './sdks/sdk.ts';

/** A name that was declared to be a flag: `newCheckout` of `const newCheckout = flag({ key: 'new-checkout' })`. */
export interface DeclaredFlag {
  readonly key: ResolvedKey;
  readonly shape: SymbolShape;
  /** For a person: `Vercel Flags`. */
  readonly sdk: string;
}

/** The flags that code declares by name, as calls look for them. */
export interface DeclaredFlags {
  /** Names by which they are called where nobody renames them. */
  readonly names: ReadonlySet<string>;
  has(place: Place): boolean;
  /** The flag that a call of its name, or of a method of it, reads. */
  called(site: ReadSite, path: string, resolver: Resolver): DeclaredFlag | undefined;
  /** The flag that a value names: `evaluate([newCheckout])`. */
  named(value: ValueExpr, path: string, resolver: Resolver): DeclaredFlag | undefined;
  /** Equal texts mean equal declared flags. */
  readonly signature: string;
}

interface Sources {
  readonly files: Pick<ReadonlyMap<string, FileFacts>, 'get'>;
  readonly graph: ModuleGraph;
  readonly policy: Policy;
}

/** @param paths files that may read a flag */
export function declaredFlags(paths: readonly string[], sources: Sources, resolver: Resolver): DeclaredFlags {
  const flags = new Map<string, DeclaredFlag>();
  const names = new Set<string>(declaredMethods);
  for (const path of paths)
    for (const site of sources.files.get(path)?.reads ?? []) {
      if (site.holds === undefined || !declaringNames.has(site.name)) continue;
      const flag = declaredBy(site, path, resolver, sources.policy);
      if (flag === undefined) continue;
      flags.set(placeId({ path, name: site.holds }), flag);
      const name = lastName({ path, name: site.holds });
      if (name !== undefined && name !== 'default' && name !== 'export=') names.add(name);
    }
  if (flags.size === 0) return noDeclaredFlags;
  const at = (path: string, symbols: readonly ModuleSymbol[], resolver: Resolver): DeclaredFlag | undefined => {
    for (const symbol of symbols)
      for (const place of resolver.follow(path, symbol).inside) {
        const flag = flags.get(placeId(place));
        if (flag !== undefined) return flag;
      }
    return undefined;
  };
  return {
    names,
    has: (place) => flags.has(placeId(place)),
    called: (site, path, resolver) => flags.get(ownPlace(site, path)) ?? at(path, symbolsOf(site), resolver),
    named(value, path, resolver) {
      if (value.kind !== 'name') return undefined;
      const [first = '', ...members] = value.path;
      const { from } = value;
      if (from === undefined) return at(path, [{ specifier: '', imported: first, path: members }], resolver);
      return at(path, [{ ...from, path: [...(from.path ?? []), ...members] }], resolver);
    },
    signature: JSON.stringify([...flags]),
  };
}

export const noDeclaredFlags: DeclaredFlags = {
  names: new Set(),
  called: () => undefined,
  named: () => undefined,
  has: () => false,
  signature: '',
};

/** Methods of a declared flag that read it: `newCheckout.run({ identify })`. */
export const declaredMethods: ReadonlySet<string> = new Set(['run']);

function declaredBy(site: ReadSite, path: string, resolver: Resolver, policy: Policy): DeclaredFlag | undefined {
  const match = matchReadSite(site, path, resolver, policy);
  if (match?.shape.form !== 'symbol') return undefined;
  const { shape, reader } = match;
  const argument = site.args[shape.key];
  const { keyField } = shape;
  const place =
    keyField === undefined || argument?.value.kind !== 'fields' ? argument : argument.value.fields[keyField];
  const key = place && resolver.key(path, place.value);
  // Where the declared name is called, the key is a name for what stands here.
  return (
    key && {
      key: { written: { path, range: place.range }, ...key },
      shape,
      sdk: reader.slice(0, reader.lastIndexOf(' ')),
    }
  );
}

/** What is called, as symbols that lead to a declared name: its receiver where a method of the flag is called. */
function symbolsOf({ receiver, name, origins, callee = [], form }: ReadSite): readonly ModuleSymbol[] {
  if (form !== 'call') return [];
  if (receiver === '' || declaredMethods.has(name)) return [...callee, ...origins];
  return [...callee, ...origins.map((origin) => ({ ...origin, path: [...(origin.path ?? []), name] }))];
}

/** The place of a name of the same file: what is called there came of a call. */
function ownPlace({ receiver, name, origins, form }: ReadSite, path: string): string {
  const isHeld = form === 'call' && origins.some((origin) => origin.path?.at(-1) === '()');
  return isHeld ? placeId({ path, name: receiver === '' ? name : declaredMethods.has(name) ? receiver : '' }) : '';
}

function placeId({ path, name }: Place): string {
  return `${path}\n${name}`;
}
