import type { Flag, Staleness } from '../../flags/flag.ts';
import { defineRule, type Evidence } from '../rule.ts';
import { lifecyclePlaces } from './lifecycle-places.ts';

interface Data {
  readonly key: string;
  readonly reason: string;
}

export default defineRule({
  id: 'flags/stale',
  title: 'A flag that has done its work: archived, marked as stale, or older than its kind should get',
  why: 'A release flag that outlives its release is a branch that nobody decides about any more. Where its service archived it, every read already yields the default.',
  severity: 'info',
  scope: 'garden',
  *check({ inventory }): Iterable<Evidence<Data>> {
    for (const flag of inventory.flags.values()) {
      const reason = reasonOf(flag);
      if (!reason) continue;
      for (const place of lifecyclePlaces(flag))
        yield { ...place, subject: flag.key, data: { key: flag.key, reason: reason.reason } };
    }
  },
  message: ({ data: { key, reason } }) => `'${key}' is stale: ${reason}.`,
});

/** What flags/expired says is not said twice, and of a flag that is constant anyway its age is no news. */
function reasonOf({ staleness, health }: Flag): Staleness | undefined {
  if (staleness[0]?.by === 'expiry') return undefined;
  return staleness.find((one) => one.by === 'source' || health !== 'constant');
}
