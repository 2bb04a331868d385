import { defineRule, type Evidence } from '../rule.ts';
import { removal, suppressionsOf, tagsOf } from './marks.ts';

interface Data {
  readonly what: 'tag' | 'suppression';
}

export default defineRule({
  id: 'tags/no-reason',
  title: 'A delivery tag or a suppression without a reason',
  why: 'Whoever reads it later has to know why this was thought to be safe. Without a reason it counts as if it were not there.',
  severity: 'warning',
  scope: 'broken',
  *check(input): Iterable<Evidence<Data>> {
    for (const { path, mark } of tagsOf(input))
      if (mark.reason === '') yield { path, range: mark.range, subject: mark.kind, data: { what: 'tag' } };
    for (const { path, mark } of suppressionsOf(input)) {
      const subject = mark.rules.map(({ name }) => name).join(', ');
      if (mark.reason === '' && subject !== '')
        yield { path, range: mark.range, subject, data: { what: 'suppression' } };
    }
  },
  message: ({ data: { what } }) =>
    what === 'tag'
      ? 'This tag gives no reason, so it accounts for nothing. Say after the colon why the risk is fine.'
      : 'This suppression gives no reason, so it silences nothing. Say after a colon why the rule is wrong here.',
  fixes: ({ path, range, data: { what } }) => [removal(path, range, `Remove the ${what}`)],
});
