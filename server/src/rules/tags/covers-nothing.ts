import { commentStart } from '../../change/comments.ts';
import { hasDate, isPast } from '../../change/verdict.ts';
import type { TagFact } from '../../facts/file-facts.ts';
import { kindsOf, nameOf, type RiskKind } from '../comparing/kinds.ts';
import { isSetApart } from '../comparing/set-apart.ts';
import { defineRule, type Evidence, type RuleInput, type Said } from '../rule.ts';
import { removal, tagsOf } from './marks.ts';
import { stoodAtBase } from './stood-at-base.ts';

export default defineRule({
  id: 'tags/covers-nothing',
  title: 'A delivery tag of this change that accounts for no finding of it',
  why: 'The risk is gone again, stands elsewhere, or is of another kind. A tag that stays without it tells the next reader of a danger that is not there, and would account for one that comes later.',
  severity: 'info',
  scope: 'change',
  last: true,
  *check(input, said): Iterable<Evidence<RiskKind>> {
    const kinds = kindsOf(input.rules);
    for (const { path, mark } of tagsOf(input)) {
      const kind = kinds.get(mark.kind);
      if (!kind || !isSound(mark, input.today) || !couldBeFound(kind, path, input, said)) continue;
      if (accounts(path, mark, said) || isOld(path, mark, input) || isOnNewCode(path, mark, input)) continue;
      const { range } = mark;
      // Under the word of a group somebody may tell of a risk that no rule knows.
      yield { path, range, subject: mark.kind, data: kind, ...(kind.isGroup && { severity: 'hint' }) };
    }
  },
  message: ({ data: { kind, isGroup } }) =>
    `Nothing that this change does here is found ${isGroup ? `by a rule about '${kind}'` : `by '${kind}'`}: the tag accounts for no finding.`,
  fixes: ({ path, range, data: { kind } }) => [removal(path, range, `Remove the tag @risk(${kind})`)],
});

/** What is wrong with the others is told by other rules. */
function isSound(tag: TagFact, today: string): boolean {
  return tag.reason !== '' && hasDate(tag) && !isPast(tag, today);
}

/** From silence follows something only where a rule of the kind looks at the file, and did. */
function couldBeFound({ kind, group, isGroup }: RiskKind, path: string, input: RuleInput, { silent }: Said): boolean {
  const file = [...(input.change?.files ?? []), ...(input.change?.others ?? [])].find((one) => one.path === path);
  if (file?.base === undefined || (input.facts(path)?.syntaxErrors ?? 0) > 0) return false;
  if (isSetApart(path) && group !== 'tests') return false;
  return input.rules.some(
    (rule) => rule.group === group && (isGroup || nameOf(rule.id) === kind) && !silent.has(rule.id),
  );
}

function accounts(path: string, { range: { start } }: TagFact, { findings }: Said): boolean {
  return findings.some((one) => one.path === path && one.verdict?.at?.some((at) => at.start === start));
}

/** Written for an earlier change, it is history: its finding went when that change was merged. */
function isOld(path: string, { kind, reason }: TagFact, { change }: RuleInput): boolean {
  return stoodAtBase(path, (text) => text.includes(`@risk(${kind})`) && text.includes(reason), change);
}

/** Of code that was not there before nothing can have been taken away; a tag on it is a note. */
function isOnNewCode(path: string, { range }: TagFact, input: RuleInput): boolean {
  const text = input.change?.files.find((one) => one.path === path)?.now;
  if (text === undefined) return false;
  return input.pairs.some(
    ({ path: at, base, now }) =>
      at === path && !base && now && commentStart(text, now.range.start) <= range.start && range.end <= now.range.end,
  );
}
