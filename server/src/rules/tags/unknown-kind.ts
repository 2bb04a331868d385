import { riskGroups } from '../../core/risk-groups.ts';
import { kindsOf, meantBy } from '../comparing/kinds.ts';
import { defineRule, type Evidence } from '../rule.ts';
import { removal, replacement, tagsOf } from './marks.ts';

interface Data {
  readonly kind: string;
  readonly near: string | undefined;
}

export default defineRule({
  id: 'tags/unknown-kind',
  title: 'A delivery tag whose kind is no risk',
  why: 'A tag accounts for the risks that its kind names. Under a word that names none it looks as if something had been thought of, and accounts for nothing.',
  severity: 'warning',
  scope: 'broken',
  *check(input): Iterable<Evidence<Data>> {
    const kinds = kindsOf(input.rules);
    for (const { path, mark } of tagsOf(input)) {
      const { kind, kindRange: range } = mark;
      if (!kinds.has(kind)) yield { path, range, subject: kind, data: { kind, near: meantBy(kind, kinds.keys()) } };
    }
  },
  message: ({ data: { kind, near } }) =>
    near === undefined
      ? `No risk is called '${kind}', so this tag accounts for nothing. A kind is the name of a rule, or one of ${words}.`
      : `No risk is called '${kind}', so this tag accounts for nothing. '${near}' may be meant.`,
  fixes: ({ path, range, data: { kind, near } }) => [
    ...(near === undefined ? [] : [replacement(path, range, near)]),
    removal(path, range, `Remove the tag @risk(${kind})`),
  ],
});

const words = Object.keys(riskGroups).join(', ');
