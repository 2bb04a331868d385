import { defineRule } from '../rule.ts';
import { defineFixes, orphanEvidence } from './orphans.ts';

export default defineRule({
  id: 'flags/undefined-read',
  title: 'Orphaned reference: a read of a flag that no definition knows',
  why: 'A read of an unknown key silently yields its default. The feature behind it can never be switched on, and nobody notices.',
  severity: 'warning',
  scope: 'broken',
  check: ({ inventory }) => orphanEvidence(inventory, false),
  message: ({ data: { key } }) => `No definition knows the flag '${key}'.`,
  fixes: ({ data }) => defineFixes(data),
});
