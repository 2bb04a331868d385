import type { Node } from 'jsonc-parser';
import type { FlagDefinition } from '../flag.ts';
import { isoDate, kindOf } from './format.ts';
import { booleanField, stringField } from './json-tree.ts';

/**
 * What a bag of metadata says of a flag's life. Formats with a free bag (flagd, Flipt) name no fields for it, so the usual
 * words are tried; the first bag with one of them wins, so a flag's own goes before that of its set.
 */
export function lifecycleOf(
  ...bags: readonly (Node | undefined)[]
): Pick<FlagDefinition, 'description' | 'owner' | 'created' | 'expires' | 'kind' | 'life'> {
  const kind = kindOf(pick(bags, ['type', 'kind', 'flagType', 'category', 'purpose']));
  const archived = bags.some((bag) => booleanField(bag, 'archived') === true);
  const stale = bags.some((bag) => booleanField(bag, 'stale') === true);
  return {
    description: pick(bags, ['description']),
    owner: pick(bags, ['owner', 'maintainer', 'team', 'owners']),
    created: isoDate(pick(bags, ['created', 'createdAt', 'created_at', 'createdOn', 'creationDate'])),
    expires: isoDate(
      pick(bags, ['expires', 'expiresAt', 'expires_at', 'expiry', 'expiryDate', 'expiration', 'removeBy', 'remove_by']),
    ),
    ...(kind && { kind }),
    ...(archived ? { life: 'archived' as const } : stale ? { life: 'stale' as const } : {}),
  };
}

function pick(bags: readonly (Node | undefined)[], names: readonly string[]): string | undefined {
  for (const bag of bags) {
    for (const name of names) {
      const value = stringField(bag, name);
      if (value) return value;
    }
  }
  return undefined;
}
