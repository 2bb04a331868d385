import type { RuleId } from '../../core/finding.ts';
import type { TextRange } from '../../core/text.ts';
import type { SuppressionFact } from '../../facts/file-facts.ts';
import type { RuleInput } from '../rule.ts';

/** The suppression with a reason that silences a rule at a place, if one does. */
export function suppressionOf(
  rule: RuleId,
  { path, range: { start } }: { readonly path: string; readonly range: TextRange },
  { marked }: Pick<RuleInput, 'marked'>,
): SuppressionFact | undefined {
  return marked
    .get(path)
    ?.suppressions.find(
      ({ rules, reason, covers }) =>
        reason !== '' &&
        (covers === 'file' || (covers.start <= start && start <= covers.end)) &&
        rules.some(({ name }) => isNamed(rule, name)),
    );
}

/** `risk/timeout-changed` goes by its name alone as well. */
export function isNamed(rule: RuleId, name: string): boolean {
  return rule === name || rule.slice(rule.indexOf('/') + 1) === name;
}
