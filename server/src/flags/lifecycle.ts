import picomatch from 'picomatch';
import { own } from '../core/own.ts';
import type { Policy } from '../policy/schema.ts';
import { definitionTree } from './definitions/definition-scope.ts';
import type { FlagDefinition, FlagKind, FlagValue, Lifecycle, Staleness } from './flag.ts';

/** What the policy says of a flag: the entry of its key, else what globs say of it, longer ones first. */
function policyLifecycle(policy: Policy, key: string): PolicyLifecycle {
  const entries = policy.flags.lifecycle;
  const own = Object.hasOwn(entries, key) ? [entries[key]!] : [];
  const covering = globsOf(policy)
    .filter((glob) => glob.covers(key))
    .map((glob) => entries[glob.pattern]!);
  return Object.assign({}, ...[...own, ...covering].reverse()) as PolicyLifecycle;
}

type PolicyLifecycle = Policy['flags']['lifecycle'][string];

/** A definition with what the policy says of its flag, which goes before what the definition says. */
export function withLifecycle(definition: FlagDefinition, policy: Policy): FlagDefinition {
  return { ...definition, ...policyLifecycle(policy, definition.key) };
}

/**
 * What is known of a flag's life. Of several definitions those of the product speak before those of tests and examples; the
 * earliest creation and the latest expiry hold; it is archived or stale only where every definition that could say so does.
 */
export function lifecycleOf(
  key: string,
  definitions: readonly FlagDefinition[],
  policy: Policy | undefined,
): Lifecycle {
  const given = policy ? policyLifecycle(policy, key) : {};
  const product = definitions.filter((one) => definitionTree(one.path) === '');
  const speaking = product.length > 0 ? product : definitions;
  const from: Record<string, string> = {};
  const found: Record<string, string> = {};
  for (const field of fields) {
    const told = given[field];
    const best = told === undefined ? strongest(field, speaking) : undefined;
    const value = told ?? best?.[field];
    if (value === undefined) continue;
    found[field] = value;
    from[field] = best?.path ?? 'policy';
  }
  const life = lifeOf(speaking);
  if (life) from.life = speaking.find((one) => one.life === life)!.path;
  return { ...found, ...(life ? { life } : {}), from };
}

const fields = ['owner', 'created', 'expires', 'kind', 'description'] as const;

function strongest(field: (typeof fields)[number], definitions: readonly FlagDefinition[]): FlagDefinition | undefined {
  const telling = definitions.filter((one) => one[field] !== undefined);
  const compare = (a: FlagDefinition, b: FlagDefinition) =>
    a[field]! < b[field]! ? -1 : a[field]! > b[field]! ? 1 : 0;
  if (field === 'created') return telling.sort(compare)[0];
  if (field === 'expires') return telling.sort(compare).at(-1);
  return telling[0];
}

/** Registries only list keys; a file of data that says nothing of a flag's life says that it lives. */
function lifeOf(definitions: readonly FlagDefinition[]): FlagDefinition['life'] {
  const lives = definitions
    .filter((one) => !one.registry && one.source !== 'openfeature-manifest')
    .map((one) => one.life);
  if (lives.length === 0 || lives.includes(undefined)) return undefined;
  return lives.includes('stale') ? 'stale' : 'archived';
}

/** Meant to stay: an old one does its work. */
export function isPermanent(kind: FlagKind | undefined): boolean {
  return kind === 'kill-switch' || kind === 'permission';
}

/**
 * Why a flag should go by now, the strongest reason first: past the date that somebody gave it, archived or stale in its source,
 * past the lifetime of its kind. Where and how often it is used is never a reason. Kill switches and permissions never go
 * stale: only an expiry that was written down, or being archived, counts for them.
 * @param today YYYY-MM-DD
 */
export function stalenessOf(lifecycle: Lifecycle, policy: Policy | undefined, today: string | undefined): Staleness[] {
  const { created, expires, kind, life } = lifecycle;
  const found: Staleness[] = [];
  if (expires !== undefined && today !== undefined && expires < today)
    found.push({ by: 'expiry', reason: `it expired on ${expires}` });
  if (life === 'archived') found.push({ by: 'source', reason: `it is archived in ${lifecycle.from.life}` });
  if (life === 'stale' && !isPermanent(kind))
    found.push({ by: 'source', reason: `it is marked as stale in ${lifecycle.from.life}` });
  const days = lifetimeOf(kind, policy);
  // A date of its own goes before the date that its kind would give it.
  if (days !== undefined && created !== undefined && expires === undefined && today !== undefined) {
    const age = daysBetween(created, today);
    if (age > days)
      found.push({
        by: 'lifetime',
        reason: `it is ${age} days old, and ${kindNames[kind!]} are meant to live ${days}`,
      });
  }
  return found;
}

/** For a person, in the plural. */
export const kindNames: Readonly<Record<FlagKind, string>> = {
  release: 'release flags',
  experiment: 'experiments',
  operational: 'operational flags',
  'kill-switch': 'kill switches',
  permission: 'permissions',
};

/** Days that flags of a kind are meant to live; undefined for ever. Defaults are those of Unleash (feature flag types). */
function lifetimeOf(kind: FlagKind | undefined, policy: Policy | undefined): number | undefined {
  if (kind === undefined || kind === 'kill-switch' || kind === 'permission') return undefined;
  const days = policy?.flags.lifetimes[kind];
  return days === 'never' ? undefined : days;
}

/** Whole days from one ISO date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** Words of a source or a person for a kind: `killswitch`, `ops`, `Release`. */
export function kindOf(text: string | undefined): FlagKind | undefined {
  const plain = text?.toLowerCase().replace(/[^a-z]/g, '') ?? '';
  return own(kindWords, plain);
}

const kindWords: Readonly<Record<string, FlagKind>> = {
  release: 'release',
  temporary: 'release',
  rollout: 'release',
  experiment: 'experiment',
  experimental: 'experiment',
  abtest: 'experiment',
  operational: 'operational',
  ops: 'operational',
  killswitch: 'kill-switch',
  permission: 'permission',
  permanent: 'permission',
  entitlement: 'permission',
};

/** Several definitions that say different things: `true in a.json, false in b.json`. Undefined where they agree. */
export function disagreement(definitions: readonly FlagDefinition[]): string | undefined {
  const told = definitions.filter((one) => one.state.kind !== 'unknown');
  const words = told.map((one) => `${stateWord(one)} in ${placeWord(one)}`);
  return new Set(told.map(stateWord)).size > 1 ? [...new Set(words)].join(', ') : undefined;
}

function stateWord({ state }: FlagDefinition): string {
  return state.kind === 'constant' ? shown(state.value) : 'varies';
}

function placeWord({ scope, path }: FlagDefinition): string {
  return scope === undefined ? path : `${path} (${scope})`;
}

function shown(value: FlagValue): string {
  return JSON.stringify(value);
}

interface Glob {
  readonly pattern: string;
  covers(key: string): boolean;
}

const globs = new WeakMap<Policy, readonly Glob[]>();

/** A key may hold dots and slashes, which a star covers. */
function globsOf(policy: Policy): readonly Glob[] {
  let made = globs.get(policy);
  if (!made) {
    made = Object.keys(policy.flags.lifecycle)
      .filter((key) => /[*?[{]/.test(key))
      .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
      .map((pattern) => ({ pattern, covers: picomatch(pattern, { dot: true, bash: true }) }));
    globs.set(policy, made);
  }
  return made;
}
