import { contains } from '../../core/text.ts';
import type { Declaration } from '../../facts/change-facts.ts';
import type { MutedCheck } from '../../facts/muted-checks.ts';
import { isSetApart, isTooling } from '../comparing/set-apart.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly texts: readonly string[];
}

export default defineRule({
  id: 'risk/suppression-added',
  title: 'Check switched off without a reason',
  why: 'A suppression hides what a tool had to say from everybody who comes later. With its reason it is a decision, without one a guess.',
  severity: 'info',
  scope: 'change',
  group: 'habits',
  *check(input): Iterable<Evidence<Data>> {
    for (const [path, added] of addedByFile(input)) {
      const [first] = added;
      const declaration = holderOf(first, input.changeFacts(path)?.declarations ?? []);
      yield {
        path,
        range: first.range,
        subject: declaration?.id ?? 'module',
        severity: added.some(isWide) ? undefined : 'hint',
        declaration,
        related: added.slice(1, 6).map(({ range, text }) => ({ path, range, message: `Another one: ${text}` })),
        data: { texts: added.map(({ text }) => text) },
      };
    }
  },
  message: ({ data: { texts } }) => {
    if (texts.length === 1) return `'${texts[0]}' came without a reason: what it hides, nobody sees any more.`;
    const kinds = [...new Set(texts)].map((one) => `'${one}'`);
    const shown = kinds.length > 3 ? `${kinds.slice(0, 3).join(', ')}...` : kinds.join(', ');
    return `${texts.length} checks are switched off here without a reason (${shown}): what they hide, nobody sees any more.`;
  },
});

type Added = [MutedCheck, ...MutedCheck[]];

/** By path, what came without a reason, beyond what the whole change took away elsewhere. */
function addedByFile(input: RuleInput): Map<string, Added> {
  const files = (input.change?.files ?? []).filter(
    ({ path, test, now }) =>
      !test && now !== undefined && !isSetApart(path) && !isTooling(path) && !input.facts(path)?.generated,
  );
  const compared = files.map(({ path, basePath }) => ({
    path,
    now: input.changeFacts(path)?.mutedChecks ?? [],
    base: input.baseFacts(basePath)?.mutedChecks ?? [],
  }));
  const gone = goneTexts(input);
  const found = new Map<string, Added>();
  for (const { path, base, now } of compared) {
    const added = beyond(base, now).filter((one) => !one.explained && !takeFrom(gone, one.text));
    const [first, ...more] = [...added.filter(isGrave), ...added.filter((one) => !isGrave(one))];
    if (first && (isGrave(first) || more.length + 1 >= manyValues)) found.set(path, [first, ...more]);
  }
  return found;
}

/** One `x!` is an everyday thing; fewer new ones than these in a file are not told on their own. */
const manyValues = 3;

/** It hides whatever comes up there, or in the whole file; a cast or a single rule is said by the way only. */
function isWide({ text }: MutedCheck): boolean {
  return /^@ts-|(?:eslint|oxlint|biome)[\w-]*-(?:disable|ignore-all)(?!-(?:next-)?line)/.test(
    text.replace(/^(?:\/\/|\/\*)\s*/, ''),
  );
}

function isGrave({ kind }: MutedCheck): boolean {
  return kind !== 'non-null';
}

/** What is new by its text, as far as there is more of its kind than before: another spelling takes the place of the old one. */
function beyond(base: readonly MutedCheck[], now: readonly MutedCheck[]): MutedCheck[] {
  const fresh = without(now, base);
  const lost = without(base, now);
  return fresh.filter(({ kind }, i) => {
    const earlier = fresh.slice(0, i).filter((one) => one.kind === kind).length;
    return earlier >= lost.filter((one) => one.kind === kind).length;
  });
}

function without(some: readonly MutedCheck[], others: readonly MutedCheck[]): MutedCheck[] {
  const left = new Map<string, number>();
  for (const { text } of others) left.set(text, (left.get(text) ?? 0) + 1);
  return some.filter(({ text }) => !takeFrom(left, text));
}

function takeFrom(left: Map<string, number>, text: string): boolean {
  const count = left.get(text) ?? 0;
  if (count > 0) left.set(text, count - 1);
  return count > 0;
}

/** Texts of suppressions that files lost: they may have moved. */
function goneTexts(input: RuleInput): Map<string, number> {
  const gone = new Map<string, number>();
  for (const { path, basePath } of input.change?.files ?? [])
    for (const { text } of without(
      input.baseFacts(basePath)?.mutedChecks ?? [],
      input.changeFacts(path)?.mutedChecks ?? [],
    ))
      gone.set(text, (gone.get(text) ?? 0) + 1);
  return gone;
}

/** The innermost declaration around it, or the one that it stands directly above. */
function holderOf({ range }: MutedCheck, declarations: readonly Declaration[]): Declaration | undefined {
  const around = declarations.filter((one) => one.kind !== 'module' && contains(one.range, range));
  return around.sort((a, b) => a.range.end - a.range.start - (b.range.end - b.range.start))[0];
}
