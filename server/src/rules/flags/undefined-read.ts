import type { FixRef } from '../../core/finding.ts';
import { definesFor, speaksFor } from '../../flags/definitions/definition-scope.ts';
import { entryMatcher } from '../../flags/definitions/detect.ts';
import { nearKey } from '../../flags/definitions/near-key.ts';
import type { FlagDefinition, FlagRead, FlagValue, Inventory } from '../../flags/flag.ts';
import type { Policy } from '../../policy/schema.ts';
import { defineRule, type Evidence } from '../rule.ts';
import { readerOf } from './reader.ts';

interface Data {
  readonly key: string;
  readonly near: string | undefined;
  readonly path: string;
  readonly at: number;
  readonly target: FlagDefinition | undefined;
  readonly value: FlagValue;
}

export default defineRule({
  id: 'flags/undefined-read',
  title: 'Orphaned reference: a read of a flag that no definition knows',
  why: 'A read of an unknown key silently yields its default. The feature behind it can never be switched on, and nobody notices.',
  severity: 'warning',
  scope: 'broken',
  *check({ inventory, policy }): Iterable<Evidence<Data>> {
    const world = knowledgeOf(inventory, policy);
    for (const { key, definitions, reads } of inventory.flags.values()) {
      for (const read of reads) {
        if (read.inTest || definitions.some((one) => definesFor(one, read.path)) || world.mayBeDefined.has(key))
          continue;
        const verdict = judge(read, world);
        if (!verdict) continue;
        const { near, target } = verdict;
        yield {
          path: read.path,
          range: read.keyRange,
          subject: key,
          data: { key, near: near?.key, path: read.path, at: read.keyRange.start, target, value: fallbackOf(read) },
          related: near
            ? [{ path: near.path, range: near.keyRange, message: `'${near.key}' is defined here` }]
            : undefined,
        };
      }
    }
  },
  message: ({ data: { key, near } }) =>
    `No definition knows the flag '${key}'.${near === undefined ? '' : ` Did you mean '${near}'?`}`,
  fixes({ data: { key, near, path, at, target, value } }) {
    const fixes: FixRef[] = [];
    if (near !== undefined)
      fixes.push({ id: 'change-key', title: `Change to '${near}'`, safe: false, data: { path, at, key, to: near } });
    if (target) {
      fixes.push({
        id: 'define-flag',
        title: `Define '${key}' in ${target.path}`,
        safe: false,
        data: { key, value, path: target.path, source: target.source, registry: target.registry?.name },
      });
    }
    return fixes;
  },
});

interface Knowledge {
  readonly definitions: readonly FlagDefinition[];
  /** Property names of definition files that are broken at the moment. */
  readonly mayBeDefined: ReadonlySet<string>;
  /** Definitions that claim to be all there are: files, and registries that the policy names. */
  readonly complete: ReadonlySet<FlagDefinition>;
  /** SDKs some of whose keys the definitions know, or that read too few keys to tell. */
  readonly covered: ReadonlySet<string>;
  readonly byKey: Inventory['flags'];
}

function knowledgeOf(inventory: Inventory, policy: Policy): Knowledge {
  const definitions = [...inventory.flags.values()].flatMap((flag) => flag.definitions);
  return {
    definitions,
    mayBeDefined: new Set(inventory.problems.flatMap((problem) => problem.mayDefine ?? [])),
    complete: new Set(definitions.filter((one) => isComplete(one, policy))),
    covered: coveredReaders(inventory, definitions),
    byKey: inventory.flags,
  };
}

/**
 * A registry in TypeScript that was only found through its use lists the keys that go through it. A literal key beside it may
 * live elsewhere, unless the policy says that the registry is the definition.
 */
function isComplete(definition: FlagDefinition, policy: Policy): boolean {
  if (!definition.registry) return true;
  const { name } = definition.registry;
  return policy.flags.definitions.some(
    (entry) => (entry.name === undefined || entry.name === name) && entryMatcher(entry)(definition.path),
  );
}

/** An SDK that reads this many keys, none of which is known here, has its flags elsewhere: at its vendor. */
const enoughToTell = 3;

function coveredReaders(inventory: Inventory, definitions: readonly FlagDefinition[]): Set<string> {
  const keys = new Map<string, { readonly unknown: Set<string>; known: boolean }>();
  for (const flag of inventory.flags.values()) {
    for (const read of flag.reads) {
      if (read.inTest) continue;
      const reader = readerOf(read.reader);
      const seen = keys.get(reader) ?? { unknown: new Set(), known: false };
      keys.set(reader, seen);
      if (flag.definitions.some((one) => definesFor(one, read.path))) seen.known = true;
      else seen.unknown.add(flag.key);
    }
  }
  const defined = definitions.map((one) => one.key);
  const covered = [...keys].filter(
    ([, { unknown, known }]) =>
      known || unknown.size < enoughToTell || [...unknown].some((key) => nearKey(key, defined) !== undefined),
  );
  return new Set(covered.map(([reader]) => reader));
}

/** Whether the definitions around a read say that its key is wrong; undefined where they cannot know. */
function judge(
  read: FlagRead,
  world: Knowledge,
): { near: FlagDefinition | undefined; target: FlagDefinition | undefined } | undefined {
  if (!world.covered.has(readerOf(read.reader))) return undefined;
  const speaking = world.definitions.filter((one) => speaksFor(one, read));
  if (speaking.length === 0) return undefined;
  const nearest = nearKey(
    read.key,
    speaking.map((one) => one.key),
  );
  const near = nearest === undefined ? undefined : speaking.find((one) => one.key === nearest);
  const complete = speaking.filter((one) => world.complete.has(one));
  if (complete.length === 0 && !near) return undefined;
  return { near, target: targetOf(read, complete.length > 0 ? complete : speaking, world) };
}

/** The file (or registry) for a new definition: where most flags of the same SDK are defined, else the largest one. */
function targetOf(
  read: FlagRead,
  definitions: readonly FlagDefinition[],
  world: Knowledge,
): FlagDefinition | undefined {
  const reader = readerOf(read.reader);
  const places = new Map<string, { readonly sample: FlagDefinition; count: number; shared: number }>();
  for (const one of definitions) {
    const name = `${one.path}\n${one.registry?.name ?? ''}`;
    const place = places.get(name) ?? { sample: one, count: 0, shared: 0 };
    places.set(name, place);
    place.count++;
    if (world.byKey.get(one.key)?.reads.some((other) => readerOf(other.reader) === reader)) place.shared++;
  }
  return [...places.values()].sort((a, b) => b.shared - a.shared || b.count - a.count)[0]?.sample;
}

/** What the read yields today; a flag without a default is off. */
function fallbackOf(read: FlagRead): FlagValue {
  const value = read.default?.value;
  return value?.kind === 'string' || value?.kind === 'number' || value?.kind === 'boolean' ? value.value : false;
}
