import { contains } from '../../core/text.ts';
import type { Declaration, Feature } from '../../facts/change-facts.ts';
import { isExplainedAnew } from '../comparing/explained.ts';
import { changedValues } from '../comparing/features.ts';
import { defineRule, type Evidence } from '../rule.ts';

interface Data {
  readonly from: string;
  readonly to: string;
}

export default defineRule({
  id: 'risk/money-arithmetic',
  title: 'Calculation of money changed',
  why: 'An operator, a rate or a rounding decides what people pay. A wrong amount looks like any other number until somebody adds it up, and then it has been charged many times.',
  severity: 'warning',
  scope: 'change',
  group: 'money',
  *check(input): Iterable<Evidence<Data>> {
    const told = new Set<unknown>();
    for (const { compared, from, to } of changedValues(input, 'money')) {
      if (told.has(compared) || isDefault(to, compared.now)) continue;
      told.add(compared);
      const { path, now } = compared;
      const { range } = to;
      yield {
        path,
        range,
        subject: now.id,
        severity: isExplainedAnew(compared, range.start) ? 'hint' : undefined,
        compared,
        related: [{ path, range, message: 'It was', text: from.text }],
        data: { from: shown(from.text), to: shown(to.text) },
      };
    }
  },
  message: ({ data: { from, to } }) =>
    `'${from}' became '${to}' in code about money: amounts come out differently. Pin some with a test, old and new.`,
});

/** A constant that is told as a default. */
function isDefault(value: Feature, { features }: Declaration): boolean {
  return features.some(({ kind, range }) => kind === 'default' && contains(range, value.range));
}

function shown(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > 80 ? `${flat.slice(0, 77)}...` : flat;
}
