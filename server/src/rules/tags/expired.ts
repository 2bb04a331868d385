import { hasDate, isPast } from '../../change/verdict.ts';
import { defineRule, type Evidence } from '../rule.ts';
import { removal, tagsOf } from './marks.ts';

interface Data {
  readonly kind: string;
  readonly until: string;
  readonly owner: string | undefined;
}

export default defineRule({
  id: 'tags/expired',
  title: 'A delivery tag that is past its date',
  why: 'Somebody accepted a risk up to a day, and that day is over. The tag accounts for nothing any more, and whoever reads it takes a temporary state for a settled one.',
  severity: 'info',
  scope: 'garden',
  *check(input): Iterable<Evidence<Data>> {
    for (const { path, mark } of tagsOf(input)) {
      const { kind, range, fields } = mark;
      const { until, owner } = fields;
      if (until === undefined || !hasDate(mark) || !isPast(mark, input.today)) continue;
      yield { path, range, subject: kind, data: { kind, until, owner } };
    }
  },
  message: ({ data: { kind, until, owner } }) =>
    `The tag @risk(${kind}) ended on ${until}${owner === undefined ? '' : ` (owner: ${owner})`} and accounts for nothing any more. Look at the risk again, then remove the tag or give it a later date.`,
  fixes: ({ path, range, data: { kind } }) => [removal(path, range, `Remove the tag @risk(${kind})`)],
});
