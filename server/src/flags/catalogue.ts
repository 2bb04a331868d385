import { hashText } from '../core/hash.ts';
import type { ArgFact, ReadSite, Recipe } from '../facts/file-facts.ts';
import type { Policy } from '../policy/schema.ts';
import { policyMatches, policyRecipe } from './policy-reads.ts';
import type { Resolver } from './resolve.ts';
import { amplitude } from './sdks/amplitude.ts';
import { azure } from './sdks/azure.ts';
import { configCat } from './sdks/configcat.ts';
import { devCycle } from './sdks/devcycle.ts';
import { eppo } from './sdks/eppo.ts';
import { firebase } from './sdks/firebase.ts';
import { flagsmith } from './sdks/flagsmith.ts';
import { flipt } from './sdks/flipt.ts';
import { growthBook } from './sdks/growthbook.ts';
import { harness } from './sdks/harness.ts';
import { launchDarkly } from './sdks/launchdarkly.ts';
import { openFeature } from './sdks/openfeature.ts';
import { optimizely } from './sdks/optimizely.ts';
import { postHog } from './sdks/posthog.ts';
import type { PropShape, Sdk, Shape } from './sdks/sdk.ts';
import { split } from './sdks/split.ts';
import { statsig } from './sdks/statsig.ts';
import { unleash } from './sdks/unleash.ts';
import { vercel } from './sdks/vercel.ts';

/** All vendors that are known without a policy. */
export const sdks: readonly Sdk[] = [
  launchDarkly,
  openFeature,
  unleash,
  growthBook,
  configCat,
  split,
  harness,
  statsig,
  postHog,
  flagsmith,
  devCycle,
  flipt,
  optimizely,
  eppo,
  vercel,
  azure,
  firebase,
  amplitude,
];

/** Goes up whenever facts are taken differently: facts on disk that were taken by another version are not used. */
const extractionVersion = 16;

/** The shape of a read, and who reads, for a person. */
export interface ReadMatch {
  readonly shape: Shape;
  readonly reader: string;
  /** Index of the policy's entry in `flags.reads`, where one told it. */
  readonly entry?: number;
}

interface Entry {
  readonly sdk: Sdk;
  readonly packages: ReadonlySet<string>;
  readonly shape: Shape;
  readonly onRequest: string | undefined;
}

/** Shapes by the last name of what is called, and all packages. */
const entries = new Map<string, Entry[]>();
const packages = new Set<string>();
for (const sdk of sdks)
  for (const family of sdk.families) {
    const own = new Set(family.packages);
    for (const name of family.packages) packages.add(name);
    for (const shape of family.shapes)
      for (const name of 'names' in shape ? shape.names : []) {
        const entry: Entry = { sdk, packages: own, shape, onRequest: family.onRequest };
        const list = entries.get(name);
        if (list === undefined) entries.set(name, [entry]);
        else list.push(entry);
      }
  }

interface PropEntry extends PropShape {
  readonly sdk: Sdk;
  readonly packages: ReadonlySet<string>;
}

/** Props of wrapped components, by their names. */
const props = new Map<string, PropEntry[]>();
for (const sdk of sdks)
  for (const { packages: names, props: own = [] } of sdk.families)
    for (const shape of own) {
      const entry: PropEntry = { ...shape, sdk, packages: new Set(names) };
      props.set(shape.prop, [...(props.get(shape.prop) ?? []), entry]);
    }
const givers = new Map([...props].map(([prop, list]) => [prop, [...new Set(list.flatMap(({ of }) => of))]] as const));

/** What Deno and browsers write before the name of a package. */
const beforeName =
  /^(?:npm:\/?|https:\/\/(?:esm\.sh\/|esm\.run\/|cdn\.skypack\.dev\/|unpkg\.com\/|cdn\.jsdelivr\.net\/npm\/))/;

/** Names of functions that declare a flag under a name of the code. */
export const declaringNames: ReadonlySet<string> = new Set(
  [...entries].flatMap(([name, list]) => (list.some(({ shape }) => shape.form === 'symbol') ? [name] : [])),
);

/** Names of directives of Angular templates, which go by name: no import of the template tells where they come from. */
const directives: ReadonlySet<string> = new Set(
  [...entries].flatMap(([name, list]) => (list.some(({ shape }) => shape.form === 'directive') ? [name] : [])),
);

/** Names that are everyday words, with what a file holds where they read a flag: those of which every shape says so. */
const clues: ReadonlyMap<string, readonly string[]> = new Map(
  [...entries].flatMap(([name, list]) => {
    const texts = list.flatMap(({ shape }) => (shape.form === 'call' ? (shape.clue ?? shape.keyPrefix ?? []) : []));
    if (texts.length < list.length) return [];
    // A flag that is declared by name is asked for somebody else so: `newCheckout.run({ identify })`.
    return [[name, [...new Set(texts), ...(name === 'run' ? ['identify'] : [])]] as const];
  }),
);

const recipes = new WeakMap<Policy, Recipe>();

/** What facts are taken for: names and packages of the catalogue and of the policy. The same object for the same policy. */
export function recipeFor(policy: Policy): Recipe {
  const known = recipes.get(policy);
  if (known) return known;
  const recipe = recipeOf(policy);
  recipes.set(policy, recipe);
  return recipe;
}

function recipeOf(policy: Policy): Recipe {
  const own = policyRecipe(policy);
  const names = new Set([...entries.keys(), ...own.names]);
  const all = new Set([...packages, ...own.packages]);
  const registries = registryFiles(policy);
  const asked = new Map([...clues].filter(([name]) => !own.names.has(name)));
  const recipe = { ...own, names, clues: asked, props: givers, registries, directives, packages: all };
  const id = hashText(
    JSON.stringify([extractionVersion, recipe], (_, part) =>
      part instanceof Set || part instanceof Map ? [...part].sort() : part,
    ),
  );
  return { ...recipe, id };
}

/** Source files that the policy says hold registries: paths and globs, sorted. */
function registryFiles({ flags }: Policy): string[] {
  const entries = flags.definitions.filter(({ format }) => format === undefined || format === 'typescript');
  const modules = flags.reads.flatMap(({ module }) => (module === undefined ? [] : [module]));
  return [...new Set([...entries.map(({ file }) => file), ...modules])].sort();
}

/**
 * The package of a specifier when the catalogue knows it: `unleash-proxy-client` for `unleash-proxy-client/client`, `posthog-node` for
 * `npm:posthog-node@4` and `https://esm.sh/posthog-node@4`, as Deno and browsers import it.
 */
export function knownPackage(written: string): string | undefined {
  if (packages.has(written)) return written;
  const specifier = written.includes(':') ? written.replace(beforeName, '').replace(/(?<=.)@[^/]*/, '') : written;
  if (packages.has(specifier)) return specifier;
  const parts = specifier.split('/');
  const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  return parts.length > 1 && packages.has(name) ? name : undefined;
}

/**
 * Tells whether a site reads a flag, and how. A shape of the policy goes first and may go by name alone; a shape of an SDK
 * applies only where the callee or its receiver derives from a package of that SDK.
 */
export function matchReadSite(site: ReadSite, path: string, resolver: Resolver, policy: Policy): ReadMatch | undefined {
  return matchesOf(site, path, resolver, policy)[0];
}

/** All that a site follows: several entries of the policy where it is a place whose members may be flags. */
export function matchesOf(site: ReadSite, path: string, resolver: Resolver, policy: Policy): readonly ReadMatch[] {
  const own = policyMatches(site, path, resolver, policy);
  if (own.length > 0) return own;
  const match = sdkMatch(site, path, resolver);
  return match === undefined ? [] : [match];
}

function sdkMatch(site: ReadSite, path: string, resolver: Resolver): ReadMatch | undefined {
  if (site.form === 'property') return propMatch(site, path, resolver);
  const candidates = entries.get(site.name);
  if (candidates === undefined) return undefined;
  const directive = site.form === 'directive' && candidates.find(({ shape }) => shape.form === 'directive');
  if (directive) return { shape: directive.shape, reader: `${directive.sdk.name} ${site.name}` };
  let isOther = false;
  for (const origin of site.origins) {
    for (const symbol of resolver.follow(path, origin).outside) {
      const name = knownPackage(symbol.specifier);
      if (name === undefined) continue;
      isOther = true;
      // A bare call is a read when it calls that very function or method, not when it calls something that came of it.
      if (site.receiver === '' && (symbol.path?.at(-1) ?? symbol.imported) !== site.name) continue;
      const entry = candidates.find((one) => one.packages.has(name) && fits(one.shape, site, path, resolver));
      if (entry !== undefined) return { shape: entry.shape, reader: `${entry.sdk.name} ${site.name}` };
    }
  }
  const place = isOther ? undefined : /^req(?:uest)?\.(?:.*\.)?(\w+)$/.exec(site.receiver)?.[1];
  if (place === undefined) return undefined;
  const entry = candidates.find((one) => one.onRequest === place && fits(one.shape, site, path, resolver));
  return entry && { shape: entry.shape, reader: `${entry.sdk.name} ${site.name}` };
}

/** Steps from what wraps a component, or from the type of its props, to the props. */
const toProps = new Set(['()', '(given)', 'props']);

/** `props.flags` where the props come from what wraps the component, or are of a type for them. */
function propMatch(site: ReadSite, path: string, resolver: Resolver): ReadMatch | undefined {
  const candidates = props.get(site.name) ?? [];
  if (candidates.length === 0) return undefined;
  for (const origin of site.origins)
    for (const { specifier, imported, path: taken } of resolver.follow(path, origin).outside) {
      const name = knownPackage(specifier);
      if (name === undefined || taken?.find((step) => !toProps.has(step)) !== site.name || taken.at(-1) !== site.name)
        continue;
      const entry = candidates.find((one) => one.packages.has(name) && one.of.includes(imported));
      if (entry === undefined) continue;
      const shape: Shape = { form: 'property', path: site.name, spelling: entry.spelling };
      return { shape, reader: `${entry.sdk.name} ${imported}` };
    }
  return undefined;
}

/** Whether a site of that name looks as the shape asks: shapes of one package may share a name. */
function fits(shape: Shape, site: ReadSite, path: string, resolver: Resolver): boolean {
  if ((shape.form === 'component') !== (site.form === 'jsx')) return false;
  if (shape.form === 'directive') return false;
  if (shape.form !== 'call') return true;
  const { arity, given, keyPrefix } = shape;
  if (arity !== undefined && site.args.length !== arity) return false;
  if (given !== undefined && kindOfLiteral(site.args[given.at]) !== given.as) return false;
  if (keyPrefix === undefined) return true;
  const argument = site.args[shape.key];
  return argument !== undefined && resolver.key(path, argument.value)?.value.startsWith(keyPrefix) === true;
}

function kindOfLiteral(argument: ArgFact | undefined): 'object' | 'array' | undefined {
  if (argument?.value.kind !== 'fields') return undefined;
  const names = Object.keys(argument.value.fields);
  return names.length > 0 && names.every((name) => /^\d+$/.test(name)) ? 'array' : 'object';
}
