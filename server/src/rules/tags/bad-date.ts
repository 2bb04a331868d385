import { hasDate } from '../../change/verdict.ts';
import { defineRule, type Evidence } from '../rule.ts';
import { tagsOf } from './marks.ts';

export default defineRule({
  id: 'tags/bad-date',
  title: 'A delivery tag whose `until` is no date',
  why: 'The date says when somebody will look at the risk again. Where it cannot be read nobody can tell when that is, and the tag accounts for nothing.',
  severity: 'warning',
  scope: 'broken',
  *check(input): Iterable<Evidence<{ readonly until: string }>> {
    for (const { path, mark } of tagsOf(input)) {
      const { untilRange: range, fields, kind } = mark;
      if (range && !hasDate(mark)) yield { path, range, subject: kind, data: { until: fields.until! } };
    }
  },
  message: ({ data: { until } }) =>
    `'${until}' is no date, so this tag accounts for nothing. Write it as YYYY-MM-DD: until=2026-03-31.`,
});
