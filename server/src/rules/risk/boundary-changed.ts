import type { Severity } from '../../core/finding.ts';
import { speaksOfMoney } from '../../facts/money-words.ts';
import { isExplainedAnew } from '../comparing/explained.ts';
import type { ChangedValue } from '../comparing/features.ts';
import { changedValues } from '../comparing/features.ts';
import { defineRule, type Evidence } from '../rule.ts';

interface Data {
  readonly from: string;
  readonly to: string;
  readonly how: 'bound' | 'turned';
}

export default defineRule({
  id: 'risk/boundary-changed',
  title: 'Boundary or negation of a condition changed',
  why: 'One sign decides for whom a branch runs. A `<` that became `<=`, a lost `!` or a `- 1` reads almost the same and is seldom covered by a test at that very value.',
  severity: 'info',
  scope: 'change',
  group: 'money',
  *check(input): Iterable<Evidence<Data>> {
    const told = new Set<unknown>();
    for (const changed of changedValues(input, 'boundary')) {
      const { compared, from, to } = changed;
      const how = howOf(changed);
      if (how === undefined || told.has(compared)) continue;
      told.add(compared);
      const { path, now } = compared;
      const { range } = to;
      yield {
        path,
        range,
        subject: now.id,
        severity: isExplainedAnew(compared, range.start) ? 'hint' : weight(changed),
        compared,
        related: [{ path, range, message: 'It was', text: from.text }],
        data: { from: shown(from.text), to: shown(to.text), how },
      };
    }
  },
  message: ({ data: { from, to, how } }) =>
    how === 'bound'
      ? `'${from}' became '${to}': the case at the boundary itself goes the other way now.`
      : `'${from}' became '${to}': what depends on it runs in the other cases now.`,
});

/** A condition that was turned around counts only where what it decides stayed: often both are turned together. */
function howOf({ from, to, compared }: ChangedValue): Data['how'] | undefined {
  const [side, otherSide] = [from.value?.split(' ')[0], to.value?.split(' ')[0]];
  if (side === otherSide) return 'bound';
  const stayed = from.protects?.join() === to.protects?.join();
  return stayed && compared.base.name === compared.now.name ? 'turned' : undefined;
}

/** A condition about money weighs more. */
function weight({ compared, to }: ChangedValue): Severity | undefined {
  const { name, container } = compared.now;
  return speaksOfMoney([...(to.text.match(/[\w$]+/g) ?? []), name, container]) ? 'warning' : undefined;
}

function shown(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > 80 ? `${flat.slice(0, 77)}...` : flat;
}
