import { contains } from '../../core/text.ts';
import type { Declaration, Feature } from '../../facts/change-facts.ts';
import { squeezed } from '../../facts/squeezed.ts';
import { anchorOf } from '../comparing/anchor.ts';
import type { Compared } from '../comparing/compared.ts';
import { isExplainedAnew } from '../comparing/explained.ts';
import { changedValues, lostFeatures } from '../comparing/features.ts';
import { defineRule, type Evidence } from '../rule.ts';

interface Data {
  readonly from: string;
  /** What is left of it. */
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
    for (const { compared, lost } of lostFeatures(input, 'money')) {
      const to = told.has(compared) ? undefined : leftOf(lost, compared);
      if (to === undefined) continue;
      told.add(compared);
      const { path, now } = compared;
      const range = anchorOf(compared, lost.range);
      yield {
        path,
        range,
        subject: now.id,
        severity: now.renders ? 'info' : undefined,
        compared,
        related: [{ path, range, message: 'It was', text: lost.text }],
        data: { from: shown(lost.text), to },
      };
    }
  },
  message: ({ data: { from, to } }) =>
    `'${from}' became '${to}' in code about money: amounts come out differently. Pin some with a test, old and new.`,
});

/** `amount` of `amount / 100`: the one operand, where only the factor is gone, and nothing that is new takes what is left. */
function leftOf({ key, value = '', text }: Feature, { base, now, baseText, nowText }: Compared): string | undefined {
  const operands = key.slice(key.indexOf(' ') + 1).split(' ~ ');
  const [operand, ...more] = operands.filter((one) => one !== '#');
  if (!/^\([*/] /.test(value) || operand === undefined || more.length > 0 || operands.length < 2) return undefined;
  const [before, after] = [
    baseText.slice(base.range.start, base.range.end),
    nowText.slice(now.range.start, now.range.end),
  ];
  const count = (code: string) => squeezed(code).split(operand).length;
  // What gives it now may give it in the other unit.
  if (count(after) < count(before) || !isSameRest(text, before, after)) return undefined;
  const known = new Set(base.calls.map(({ name }) => name));
  const code = squeezed(after);
  return now.calls.some(({ name }) => !known.has(name) && code.includes(`${name}(${operand}`)) ? undefined : operand;
}

/** At least half of the lines stand as they did. */
function isSameRest(text: string, before: string, after: string): boolean {
  const lines = before
    .split('\n')
    .map(squeezed)
    .filter((line) => /\w{2}/.test(line) && !line.includes(squeezed(text)));
  const whole = squeezed(after);
  return lines.filter((line) => whole.includes(line)).length * 2 >= lines.length;
}

/** A constant that is told as a default. */
function isDefault(value: Feature, { features }: Declaration): boolean {
  return features.some(({ kind, range }) => kind === 'default' && contains(range, value.range));
}

function shown(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > 80 ? `${flat.slice(0, 77)}...` : flat;
}
