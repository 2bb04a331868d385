import { definitionTree } from '../../flags/definitions/definition-scope.ts';
import type { Flag, FlagDefinition } from '../../flags/flag.ts';
import { isPermanent } from '../../flags/lifecycle.ts';
import { defineRule, type Evidence } from '../rule.ts';

interface Data {
  readonly key: string;
  readonly missing: readonly string[];
}

export default defineRule({
  id: 'flags/missing-lifecycle',
  title: 'A definition without an owner or an expiry',
  why: 'Flags that nobody owns and that have no end stay for ever. Asking for both when a flag is made costs a line; finding out years later costs a day.',
  severity: 'info',
  scope: 'garden',
  off: true,
  *check({ inventory }): Iterable<Evidence<Data>> {
    for (const flag of inventory.flags.values()) {
      const missing = missingOf(flag);
      if (missing.length === 0) continue;
      // The first that can hold them: a flag is asked about once.
      const one = flag.definitions.find(canHold);
      if (one) yield { path: one.path, range: one.keyRange, subject: flag.key, data: { key: flag.key, missing } };
    }
  },
  message: ({ data: { key, missing } }) =>
    `'${key}' has no ${missing.join(' and no ')}. Add it here, or in switchyard.jsonc ("flags.lifecycle").`,
});

/** Kill switches and permissions need no end, and a flag whose kind and creation are known gets one from its lifetime. */
function missingOf({ lifecycle }: Flag): string[] {
  const { owner, expires, kind, created } = lifecycle;
  const ends = expires !== undefined || isPermanent(kind) || (kind !== undefined && created !== undefined);
  return [...(owner === undefined ? ['owner'] : []), ...(ends ? [] : ['expiry'])];
}

/** Formats with fields of one's own: metadata in flagd and Flipt, records and comments in code. */
const holders = new Set([
  'flagd',
  'flipt',
  'typescript-array',
  'typescript-object',
  'typescript-defaults',
  'typescript-members',
]);

function canHold({ source, path }: FlagDefinition): boolean {
  return holders.has(source) && definitionTree(path) === '';
}
