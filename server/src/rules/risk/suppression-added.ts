import type { ChangedFile } from '../../change/change.ts';
import { count } from '../../core/count.ts';
import { contains } from '../../core/text.ts';
import type { Declaration } from '../../facts/change-facts.ts';
import type { MutedCheck } from '../../facts/muted-checks.ts';
import { beyond, newChecks, takeFrom } from '../comparing/new-checks.ts';
import { isSetApart, isTooling } from '../comparing/set-apart.ts';
import { toldOnce } from '../comparing/told-once.ts';
import { type PutBack, withoutChecks } from '../comparing/without-check.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly texts: readonly string[];
  /** The lines without them, where they are otherwise as they were. */
  readonly back: readonly PutBack[] | undefined;
  /** How many further files got such ones, told as hints. */
  readonly beside?: number;
}

export default defineRule({
  id: 'risk/suppression-added',
  title: 'Check switched off without a reason',
  why: 'A suppression hides what a tool had to say from everybody who comes later. With its reason it is a decision, without one a guess.',
  severity: 'info',
  scope: 'change',
  group: 'habits',
  // One change mostly has one reason for all of them.
  check: (input) =>
    toldOnce(switchedOff(input), { input, id: 'risk/suppression-added', group: 'habits', most: 1, causeOf: () => '' }),
  message: ({ data: { texts, beside = 0 } }) => {
    const others = beside === 0 ? '' : ` So it is in ${count(beside, 'other file')} of this change.`;
    if (texts.length === 1) return `'${texts[0]}' came without a reason: what it hides, nobody sees any more.${others}`;
    const kinds = [...new Set(texts)].map((one) => `'${one}'`);
    const shown = kinds.length > 3 ? `${kinds.slice(0, 3).join(', ')}...` : kinds.join(', ');
    return `${texts.length} checks are switched off here without a reason (${shown}): what they hide, nobody sees any more.${others}`;
  },
  fixes: ({ path, data: { texts, back } }) =>
    back ? [{ id: 'restore', title: `Restore it without '${texts[0]}'`, safe: false, data: { path, back } }] : [],
});

function* switchedOff(input: RuleInput): Iterable<Evidence<Data>> {
  for (const [file, added] of addedByFile(input)) {
    const { path } = file;
    const [first] = added;
    const declaration = holderOf(first, input.changeFacts(path)?.declarations ?? []);
    yield {
      path,
      range: first.range,
      subject: declaration?.id ?? 'module',
      severity: isAlarming(added, file, input) ? undefined : 'hint',
      declaration,
      related: added.slice(1, 6).map(({ range, text }) => ({ path, range, message: `Another one: ${text}` })),
      data: { texts: added.map(({ text }) => text), back: withoutChecks(added, file) },
    };
  }
}

/** What silences code that stood before, where the file was not full of such: who writes new code past a check knows it. */
function isAlarming(added: Added, file: ChangedFile, input: RuleInput): boolean {
  const stood = input.baseFacts(file.basePath)?.mutedChecks ?? [];
  const isUsual = ({ text }: MutedCheck) => stood.filter((one) => one.text === text && !one.explained).length >= usual;
  return added.some((one) => isWide(one) && isOverOld(one, file) && !isUsual(one)) && !becameTyped(file.path, input);
}

/** As many of the same words stood in the file without a reason: one more is its way. */
const usual = 3;

/** Over a line that is not new and no import, whose package may be without types; or for a file that is not new. */
function isOverOld({ range, text }: MutedCheck, { base, now = '' }: ChangedFile): boolean {
  if (base === undefined) return false;
  if (!/^@ts-(?:ignore|expect-error)/.test(text)) return true;
  const [, ...below] = now.slice(range.end, range.end + 1000).split('\n');
  const next = below.find((line) => line.trim() !== '' && !/^\s*(?:\/\/|\*|\/\*)/.test(line))?.trim() ?? '';
  const isImport = /^(?:import\b|export\b.*\bfrom\b|.*\brequire\()/.test(next);
  return !isImport && base.split('\n').some((line) => line.trim() === next);
}

/** JavaScript that became TypeScript: what is switched off there was never checked. */
function becameTyped(path: string, { change }: RuleInput): boolean {
  const text = change?.files.find((one) => one.path === path)?.now;
  if (text === undefined || !/\.[cm]?tsx?$/.test(path)) return false;
  const lines = linesIn(text);
  return (change?.files ?? []).some(({ basePath, path: at, base, now }) => {
    if (base === undefined || !/\.[cm]?jsx?$/.test(basePath) || (at !== path && now !== undefined)) return false;
    const before = new Set(linesIn(base));
    return lines.filter((one) => before.has(one)).length * 2 >= lines.length;
  });
}

function linesIn(text: string): string[] {
  return text.split('\n').flatMap((line) => (/\w/.test(line) ? [line.trim()] : []));
}

type Added = [MutedCheck, ...MutedCheck[]];

/** By file, what came without a reason, beyond what the whole change took away elsewhere. */
function addedByFile(input: RuleInput): Map<ChangedFile, Added> {
  const files = (input.change?.files ?? []).filter(
    ({ path, test, now }) =>
      !test && now !== undefined && !isSetApart(path) && !isTooling(path) && !input.facts(path)?.generated,
  );
  const gone = goneTexts(input);
  const found = new Map<ChangedFile, Added>();
  for (const file of files) {
    const { path } = file;
    const now = input.changeFacts(path)?.mutedChecks ?? [];
    const base = input.baseFacts(file.basePath)?.mutedChecks ?? [];
    const added = newChecks(base, now, file).filter(
      (one) => !isExplained(one, base, file) && !takeFrom(gone, one.text),
    );
    const [first, ...more] = [...added.filter(isGrave), ...added.filter((one) => !isGrave(one))];
    if (first && (isGrave(first) || more.length + 1 >= manyValues)) found.set(file, [first, ...more]);
  }
  return found;
}

/** One `x!` is an everyday thing; fewer new ones than these in a file are not told on their own. */
const manyValues = 3;

/** It hides whatever comes up there, or in the whole file; a cast, a single line and rules of style are said by the way only. */
function isWide({ text }: MutedCheck): boolean {
  const bare = text.replace(/^(?:\/\/|\/\*)\s*/, '');
  if (bare.startsWith('@ts-')) return true;
  const rules = /(?:eslint|oxlint|biome)[\w-]*-(?:disable|ignore-all)(?!-(?:next-)?line)(.*)/.exec(bare)?.[1];
  return rules !== undefined && (!/\w/.test(rules) || grave.test(rules));
}

/** Rules of linters that find mistakes; most others are about style. */
const grave =
  /no-floating-promises|no-misused-promises|await-thenable|no-unsafe-|no-explicit-any|no-eval|no-implied-eval|exhaustive-deps|rules-of-hooks|no-undef|no-fallthrough|no-async-promise|require-atomic|no-unreachable|no-debugger|no-dupe|eqeqeq|ban-ts-comment|\bsecurity\/|suspicious|correctness|no-unsanitized|no-danger/;

function isGrave({ kind }: MutedCheck): boolean {
  return kind !== 'non-null';
}

/** A comment that stood there without any check speaks of the code, unless it speaks of types or tools. */
function isExplained({ explained, comment }: MutedCheck, base: readonly MutedCheck[], file: ChangedFile): boolean {
  if (explained || comment === undefined) return explained;
  if (/\b(?:any|types?|typed|typings?|cast|TS|TypeScript|compiler|lint\w*|coverage)\b/i.test(comment)) return true;
  return !file.base?.includes(comment) || base.some((one) => one.comment === comment);
}

/** Texts of suppressions that files lost: they may have moved. */
function goneTexts(input: RuleInput): Map<string, number> {
  const gone = new Map<string, number>();
  for (const { path, basePath } of input.change?.files ?? [])
    for (const { text } of beyond(
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
