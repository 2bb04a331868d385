import type { RuleId } from '../../core/finding.ts';
import type { TextRange } from '../../core/text.ts';
import type { SuppressionFact } from '../../facts/file-facts.ts';
import { isNamed } from '../comparing/suppressed.ts';
import { defineRule, type Evidence, type Rule, type RuleInput, type Said } from '../rule.ts';
import { removal, suppressionsOf } from './marks.ts';
import { stoodAtBase } from './stood-at-base.ts';

interface Data {
  readonly rule: RuleId;
  readonly only: boolean;
}

export default defineRule({
  id: 'tags/idle-suppression',
  title: 'A suppression that silences nothing',
  why: 'What it was written against is gone. Left there, it would silence the next finding at that place, which nobody has looked at.',
  severity: 'info',
  scope: 'garden',
  last: true,
  *check(input, said): Iterable<Evidence<Data>> {
    for (const { path, mark } of suppressionsOf(input)) {
      if (mark.reason === '' || (input.facts(path)?.syntaxErrors ?? 0) > 0) continue;
      for (const { name, range } of mark.rules) {
        const named = input.rules.filter(({ id }) => isNamed(id, name));
        if (named.length === 0 || !named.every((rule) => isIdle(path, mark, rule, input, said))) continue;
        const only = mark.rules.length === 1;
        yield { path, range: only ? mark.range : range, subject: name, data: { rule: named[0]!.id, only } };
      }
    }
  },
  message: ({ data: { rule } }) => `'${rule}' finds nothing here: the suppression silences nothing.`,
  fixes: ({ path, range, data: { rule, only } }) => [
    removal(path, range, only ? 'Remove the suppression' : `Suppress '${rule}' no more`),
  ],
});

/**
 * What a rule says about a change ends with the change: an older suppression of it is history. Rules that run after the
 * others, this one among them, are not asked.
 */
function isIdle(path: string, mark: SuppressionFact, rule: Rule, input: RuleInput, said: Said): boolean {
  if (rule.last || said.silent.has(rule.id) || silences(path, mark.range, rule.id, said)) return false;
  const line = `${mark.rules.map(({ name }) => name).join()}:${mark.reason}`.replace(/\s/g, '');
  return rule.scope !== 'change' || !stoodAtBase(path, (text) => text.replace(/\s/g, '').includes(line), input.change);
}

function silences(path: string, { start }: TextRange, rule: RuleId, { findings }: Said): boolean {
  return findings.some(
    (one) =>
      one.rule === rule &&
      one.path === path &&
      one.verdict?.state === 'suppressed' &&
      one.verdict.at?.some((at) => at.start === start),
  );
}
