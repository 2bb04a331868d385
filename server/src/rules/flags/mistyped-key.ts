import { defineRule } from '../rule.ts';
import { defineFixes, orphanEvidence } from './orphans.ts';

export default defineRule({
  id: 'flags/mistyped-key',
  title: 'A key that is nearly the key of a defined flag',
  why: 'A slip in a key is no error to any SDK: the read silently yields its default, and the flag that was meant has one reader less than it seems.',
  severity: 'warning',
  scope: 'broken',
  check: ({ inventory }) => orphanEvidence(inventory, true),
  message: ({ data: { key, near } }) => `No definition knows the flag '${key}'. Did you mean '${near}'?`,
  fixes: ({ data }) => [
    {
      id: 'change-key',
      title: `Change to '${data.near}'`,
      safe: false,
      data: { path: data.path, at: data.at, key: data.key, to: data.near },
    },
    ...defineFixes(data),
  ],
});
