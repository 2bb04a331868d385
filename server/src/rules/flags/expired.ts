import { defineRule, type Evidence } from '../rule.ts';
import { lifecyclePlaces } from './lifecycle-places.ts';

interface Data {
  readonly key: string;
  readonly expires: string;
  readonly owner: string | undefined;
}

export default defineRule({
  id: 'flags/expired',
  title: 'A flag that is past the date that it was given',
  why: 'Whoever wrote the date meant the flag to be gone by then. Each day longer it has to be read, tested and kept working on both sides, and fewer people remember why.',
  severity: 'info',
  scope: 'garden',
  *check({ inventory, today }): Iterable<Evidence<Data>> {
    for (const flag of inventory.flags.values()) {
      const { expires, owner } = flag.lifecycle;
      if (expires === undefined || expires >= today) continue;
      for (const place of lifecyclePlaces(flag))
        yield { ...place, subject: flag.key, data: { key: flag.key, expires, owner } };
    }
  },
  message: ({ data: { key, expires, owner } }) =>
    `'${key}' expired on ${expires}${owner === undefined ? '' : ` (owner: ${owner})`}. Remove it, or give it a later date.`,
});
