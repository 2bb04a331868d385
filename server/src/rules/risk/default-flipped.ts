import type { Severity } from '../../core/finding.ts';
import { contains } from '../../core/text.ts';
import type { Declaration, Feature } from '../../facts/change-facts.ts';
import type { Compared } from '../comparing/compared.ts';
import { differing } from '../comparing/differing.ts';
import { isExplainedAnew } from '../comparing/explained.ts';
import { extend, helpersOf } from '../comparing/extended.ts';
import { readWithFallback } from '../comparing/flag-fallback.ts';
import { isMeasure } from '../comparing/measure.ts';
import { pairValues } from '../comparing/paired-values.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly owner: string;
  readonly from: string;
  readonly to: string;
}

export default defineRule({
  id: 'risk/default-flipped',
  title: 'Default value changed',
  why: 'Everybody who says nothing gets the default: its change reaches all of them at once, and none of their code shows it.',
  severity: 'warning',
  scope: 'change',
  group: 'default',
  *check(input): Iterable<Evidence<Data>> {
    const helpers = helpersOf(input);
    for (const compared of differing(input, 'default')) {
      const flipped = flippedDefaults(compared, extend(compared.now, helpers.added).features, input)[0];
      if (!flipped) continue;
      const { path, now } = compared;
      const { range } = flipped.now;
      yield {
        path,
        range,
        subject: now.id,
        severity: isExplainedAnew(compared, range.start) || isOfLook(flipped, now) ? 'hint' : severityOf(flipped),
        compared,
        related: [{ path, range, message: 'It was', text: flipped.base.text }],
        data: {
          owner: flipped.now.owner ?? '',
          from: flipped.base.literal ?? '',
          to: flipped.now.literal ?? '',
        },
      };
    }
  },
  message: ({ data: { owner, from, to } }) =>
    `The default of '${owner}' went from ${from} to ${to}: everybody who does not set it gets the new value.`,
});

/** Changed defaults, booleans first. */
function flippedDefaults(
  { base, now, path }: Compared,
  after: readonly Feature[],
  input: RuleInput,
): { base: Feature; now: Feature }[] {
  const isDefault = (one: Feature) => one.kind === 'default';
  return pairValues(base.features.filter(isDefault), after.filter(isDefault), (key) => key)
    .flatMap((pair) => (pair.now && pair.now.value !== pair.base.value ? [{ base: pair.base, now: pair.now }] : []))
    .filter((pair) => now.features.includes(pair.now) && !isFlag(pair.now, path, input))
    .filter((pair) => !isAlwaysPassed(pair.now, { now, path }, input))
    .sort((a, b) => Number(isBoolean(b.now)) - Number(isBoolean(a.now)));
}

/** A word by which a component chooses how it looks: who sees the page sees the change. */
function isOfLook({ base, now }: { base: Feature; now: Feature }, { renders }: Declaration): boolean {
  return renders && [base, now].every(({ value = '' }) => /^"[\w-]*"$/.test(value));
}

/** Texts of exported configuration are mostly names and addresses, which nobody leaves out. */
function severityOf({ base, now }: { base: Feature; now: Feature }): Severity | undefined {
  if (isBoolean(base) && isBoolean(now)) return undefined;
  if (isLook(base) && isLook(now)) return 'hint';
  if (pageful.test(now.owner ?? '')) return 'hint';
  return now.key.startsWith('constant ') && now.value?.startsWith('"') ? 'hint' : 'info';
}

/** How much is shown at a time, and how exactly. */
const pageful = /page_?size|per_?page|decimals?$|fraction_?digits/i;

/** How something looks, words of layout too. */
function isLook(feature: Feature): boolean {
  return isMeasure(feature) || /^"(?:auto|inherit|none|(?:min|max|fit)-content)"$/i.test(feature.value ?? '');
}

function isBoolean(feature: Feature): boolean {
  return feature.value === 'true' || feature.value === 'false';
}

/** Keys of flags are no defaults, though they stand in exported constants; fallbacks of reads have a rule of their own. */
function isFlag(feature: Feature, path: string, input: RuleInput): boolean {
  for (const flag of input.inventory.flags.values())
    if (flag.definitions.some((one) => one.path === path && contains(one.range, feature.range))) return true;
  return readWithFallback(feature, path, input.inventory) !== undefined;
}

/** A function that only its own file calls, always with the argument. */
function isAlwaysPassed(feature: Feature, { now, path }: Pick<Compared, 'now' | 'path'>, input: RuleInput): boolean {
  const { index } = feature;
  if (index === undefined || now.exported || now.kind !== 'function') return false;
  const calls = (input.changeFacts(path)?.declarations ?? []).flatMap((one) =>
    one.calls.filter((at) => at.name === now.name),
  );
  return calls.length > 0 && calls.every((one) => one.args > index);
}
