import type { ChangedFile } from '../../change/change.ts';
import type { FixRef } from '../../core/finding.ts';
import type { RiskGroup } from '../../core/risk-groups.ts';
import type { TextRange } from '../../core/text.ts';
import type { Declaration } from '../../facts/change-facts.ts';
import type { Compared } from './compared.ts';

/**
 * Bringing back what stood at the base, where a rule shows its old text: the feature that has it, or its place in the declaration. What is
 * shown of another file, or not as it stood, is not offered.
 */
export function restoring(compared: Compared, old: string | undefined): FixRef[] {
  if (old === undefined) return [];
  const { path, base, now, baseText } = compared;
  const feature = base.features.find(({ text }) => text === old)?.range;
  const at = feature ? -1 : baseText.slice(base.range.start, base.range.end).indexOf(old) + base.range.start;
  const range = feature ?? (at < base.range.start ? undefined : { start: at, end: at + old.length });
  return range ? [restore(old, { path, declaration: now.id, ranges: [range] })] : [];
}

/** The same where a file is compared as a whole: what is shown stands there once. */
export function restoringInFile({ path, base }: ChangedFile, old: string | undefined): FixRef[] {
  if (old === undefined || base === undefined || old.trim() === '') return [];
  const start = base.indexOf(old);
  if (start < 0 || base.indexOf(old, start + 1) >= 0) return [];
  return [restore(old, { path, ranges: [{ start, end: start + old.length }] })];
}

/**
 * The same for a data file, of which a rule knows the places.
 * @param was what stood at the base, @param came what came in its place as the file is now
 */
export function restoringDocument(path: string, was: readonly TextRange[], came: readonly TextRange[]): FixRef[] {
  if (was.length + came.length === 0) return [];
  return [{ id: 'restore', title: 'Restore what stood here', safe: false, data: { path, ranges: was, came } }];
}

export function restore(old: string, data: Readonly<Record<string, unknown>>): FixRef {
  return { id: 'restore', title: `Restore '${shortened(old)}'`, safe: false, data };
}

/** The first line of a text, cut where it gets long. */
function shortened(text: string): string {
  const [line = '', ...more] = text.trim().split(/\r?\n/);
  return line.length > 40 ? `${line.slice(0, 40).trimEnd()}...` : `${line.trimEnd()}${more.length > 0 ? ' ...' : ''}`;
}

/**
 * Wrap in flag, add tag, create test: the three ways to bring a risk under control, as far as they apply.
 * @param place of the risk: a module's own statements have a tag each
 */
export function remedies(
  path: string,
  place: TextRange,
  declaration: Declaration,
  compared: Compared | undefined,
  group: RiskGroup,
  inTest: boolean,
): FixRef[] {
  const { id, kind, name, range } = declaration;
  const wrap = compared && !inTest ? changedStatements(compared) : undefined;
  const flag: FixRef[] = wrap
    ? [{ id: 'wrap-in-flag', title: 'Wrap in flag...', safe: false, data: { path, ...wrap } }]
    : [];
  const tag = [addTag(path, kind === 'module' ? place.start : range.start, group)];
  const test: FixRef[] = inTest
    ? []
    : [{ id: 'create-test', title: `Create test for '${name}'`, safe: false, data: { path, declaration: id } }];
  return group === 'tests' ? [...test, ...tag] : [...flag, ...tag, ...test];
}

/** Above the statement or declaration at an offset. */
export function addTag(path: string, offset: number, group: RiskGroup): FixRef {
  return {
    id: 'add-tag',
    title: `Add delivery tag @risk(${group})`,
    safe: false,
    data: { path, offset, kind: group },
  };
}

/**
 * The statements of a body from the first to the last one that differ from the base. Where statements are only gone, the
 * empty span between the neighbours that are left.
 */
export function changedStatements({ base, now, nowText }: Compared): TextRange | undefined {
  if (now.statements.length === 0 || base.statements.length === 0) return undefined;
  const [before, after] = [base.statements.map((one) => one.normal), now.statements.map((one) => one.normal)];
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const changed = now.statements.slice(head, now.statements.length - tail);
  if (changed.length > 0) return { start: changed[0]!.range.start, end: changed.at(-1)!.range.end };
  if (head === before.length - tail) return undefined;
  return gapAt(now, head, nowText);
}

/** An offset between two statements that touches neither. */
function gapAt(now: Declaration, index: number, text: string): TextRange | undefined {
  const before = now.statements[index - 1];
  const after = now.statements[index];
  const at = after ? after.range.start - 1 : before!.range.end + 1;
  const touches = before !== undefined && at <= before.range.end;
  return touches || !/\s/.test(text[at] ?? '') ? undefined : { start: at, end: at };
}
