import { getNodeValue, type Node } from 'jsonc-parser';
import type { ChangedFile } from '../change/change.ts';
import { weave } from '../change/weave.ts';
import { applyEdits, type SourceChange, type TextEdit } from '../core/source-change.ts';
import type { TextRange } from '../core/text.ts';
import { UserError } from '../core/user-error.ts';
import { parseData } from '../flags/definitions/data-tree.ts';
import { isSame, stepsTo } from './document-places.ts';

/**
 * Brings properties and elements of a JSON or YAML file back, and takes away what came with the change in their place. Lines are put where
 * they stood; what that gives is read again, and has to be the file as it is now in all but that.
 * @param ranges of the base
 * @param came of the file as it is now
 */
export function restoreDocument(
  file: ChangedFile,
  now: string,
  ranges: readonly TextRange[],
  came: readonly TextRange[],
): SourceChange {
  const { path, basePath, base = '' } = file;
  const [before, after] = [parseData(basePath, base).roots, parseData(path, now).roots];
  const removals = came.map((range) => lineSpan(now, addedRange(before, after, range)));
  const wanted = ranges.map((range) => missingRange(before, after, range));
  for (const places of [wanted, wanted.map((range) => withLineAbove(base, range))]) {
    const woven = places.length === 0 ? [] : weave(wholeOf(base), wholeOf(now), places);
    const edits = [...woven, ...removals.map((range) => ({ range, newText: '' }))].map(explained);
    if (edits.length === 0 || overlaps(edits)) continue;
    const restored = parseData(path, applyEdits(now, edits));
    const isBack = wanted.every((range) => stepsTo(before, restored.roots, range).every(({ other }) => other));
    if (restored.errors.length > 0 || !isBack || !keeps(after, restored.roots, before, ranges.length, came.length))
      continue;
    const cursor = { path, offset: edits[0]!.range.start };
    const files = [{ path, before: now, edits }];
    return { title: 'Restore what stood here', files, refused: [], cursor };
  }
  throw new UserError(
    'The file around it changed too much to put it back by itself. Compare with the base, and copy it from there.',
  );
}

/** Of a place of the base, the outermost thing around it that is missing now; the place itself where it has another value. */
function missingRange(before: readonly Node[], after: readonly Node[], range: TextRange): TextRange {
  return stepsTo(before, after, range).find(({ other }) => other === undefined)?.range ?? range;
}

/** Of a place that came, the outermost thing around it that holds nothing else and came with it. */
function addedRange(before: readonly Node[], after: readonly Node[], range: TextRange): TextRange {
  const steps = stepsTo(after, before, range);
  let at = steps.findIndex((one) => one.range.start === range.start);
  if (at < 0) return range;
  while (at > 0 && steps[at]!.alone && steps[at - 1]!.other === undefined) at--;
  return steps[at]!.range;
}

/** Its whole lines, where nothing else stands on them; else nothing that could be taken away. */
function lineSpan(text: string, { start, end }: TextRange): TextRange {
  const first = text.lastIndexOf('\n', start - 1) + 1;
  const stop = text.indexOf('\n', end);
  const last = stop < 0 ? text.length : stop + 1;
  const isAlone = /^\s*$/.test(text.slice(first, start)) && /^\s*(?:#.*)?$/.test(text.slice(end, last).trimEnd());
  if (!isAlone) throw new UserError('It shares its line with something else. Compare with the base to take it out.');
  return { start: first, end: last };
}

/** In JSON, the property above got its comma with it. */
function withLineAbove(text: string, { start, end }: TextRange): TextRange {
  const line = text.lastIndexOf('\n', start - 1);
  return { start: line < 0 ? 0 : text.lastIndexOf('\n', line - 1) + 1, end };
}

function wholeOf(text: string) {
  return { text, range: { start: 0, end: text.length } };
}

function explained(edit: { range: TextRange; newText: string }): TextEdit {
  return { ...edit, kind: 'restore', reason: 'Bring back what stood here' };
}

function overlaps(edits: readonly TextEdit[]): boolean {
  const sorted = edits.map(({ range }) => range).sort((a, b) => a.start - b.start);
  return sorted.some(({ start }, i) => i > 0 && start < sorted[i - 1]!.end);
}

/** Whether a file is as it is now, with so many things of the base, and without so many properties that the base had not. */
function keeps(
  now: readonly Node[],
  restored: readonly Node[],
  base: readonly Node[],
  added: number,
  removed: number,
): boolean {
  let left = removed;
  const [a, b, c] = [now, restored, base].map((roots) => roots.map((one) => getNodeValue(one) as unknown));
  return holds(a, b, c);

  function holds(from: unknown, to: unknown, old: unknown): boolean {
    if (isSame(from, to)) return true;
    if (Array.isArray(from) && Array.isArray(to)) return holdsItems(from, to, Array.isArray(old) ? old : []);
    if (isMap(from) && isMap(to)) {
      const before = isMap(old) ? old : {};
      const gone = Object.keys(from).filter((key) => !(key in to));
      left -= gone.length;
      const isGone = left >= 0 && gone.every((key) => !(key in before));
      return (
        isGone &&
        Object.keys(to).every((key) =>
          key in from ? holds(from[key], to[key], before[key]) : isSame(to[key], before[key]),
        )
      );
    }
    return isLines(from) ? isScript(from, to, old, added) : isSame(to, old);
  }

  function holdsItems(from: readonly unknown[], to: readonly unknown[], old: readonly unknown[]): boolean {
    let at = 0;
    for (const [index, one] of to.entries()) {
      const isMore = to.length - index > from.length - at;
      if (isSame(from[at], one)) at++;
      else if (isMore && old.some((each) => isSame(each, one))) continue;
      else if (at < from.length && old.some((each) => holds(from[at], one, each))) at++;
      else return false;
    }
    return at === from.length;
  }
}

function isLines(value: unknown): value is string {
  return typeof value === 'string' && value.trim().includes('\n');
}

/** Of a script, no more lines gave way to old ones than were to be brought back. */
function isScript(from: string, to: unknown, old: unknown, most: number): boolean {
  if (typeof to !== 'string' || typeof old !== 'string') return false;
  const [now, then, before] = [from, to, old].map((one) => one.split('\n')) as [string[], string[], string[]];
  const gone = now.filter((line) => !then.includes(line));
  return gone.length <= most && then.every((line) => now.includes(line) || before.includes(line));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
