import { meantBy, nameOf } from '../comparing/kinds.ts';
import { isNamed } from '../comparing/suppressed.ts';
import { defineRule, type Evidence } from '../rule.ts';
import { removal, replacement, suppressionsOf } from './marks.ts';

interface Data {
  /** Undefined where it names none. */
  readonly name: string | undefined;
  readonly near: string | undefined;
}

export default defineRule({
  id: 'tags/unknown-rule',
  title: 'A suppression of a rule that does not exist, or of none',
  why: 'It silences nothing, and what it was written against comes up somewhere else, or was renamed.',
  severity: 'warning',
  scope: 'broken',
  *check(input): Iterable<Evidence<Data>> {
    const ids = input.rules.map(({ id }) => id);
    for (const { path, mark } of suppressionsOf(input)) {
      if (mark.rules.length === 0)
        yield { path, range: mark.range, subject: '', data: { name: undefined, near: undefined } };
      for (const { name, range } of mark.rules)
        if (!ids.some((id) => isNamed(id, name)))
          yield { path, range, subject: name, data: { name, near: nearRule(name, ids) } };
    }
  },
  message: ({ data: { name, near } }) => {
    if (name === undefined)
      return 'This suppression names no rule, so it silences nothing. Write `switchyard-ignore family/rule: reason`.';
    const meant = near === undefined ? '' : ` '${near}' may be meant.`;
    return `No rule is called '${name}', so nothing is silenced.${meant}`;
  },
  fixes: ({ path, range, data: { name, near } }) => [
    ...(near === undefined ? [] : [replacement(path, range, near)]),
    removal(path, range, name === undefined ? 'Remove the suppression' : `Suppress '${name}' no more`),
  ],
});

function nearRule(name: string, ids: readonly string[]): string | undefined {
  const near = meantBy(name, ids.map(nameOf));
  return near && ids.find((id) => nameOf(id) === near);
}
