import assert from 'node:assert/strict';
import type { Finding } from '../../server/src/core/finding.ts';
import { changedText } from '../../server/src/core/source-change.ts';
import { LineMap } from '../../server/src/core/text.ts';
import { createSession } from '../../server/src/session/session.ts';
import type { FixtureCase, Mark } from './fixture.ts';
import { memoryHost } from './memory-host.ts';

/** Runs one case of a rule's fixture: the findings stand exactly at the marks, and each fix gives exactly the `after` files. */
export async function check(rule: string, one: FixtureCase): Promise<void> {
  const host = memoryHost(one.now, one.base);
  host.history = one.history;
  const session = createSession({ host });
  const analysis = await session.analyse();
  for (const { rule, error } of analysis.failures) throw new Error(`rule ${rule} failed`, { cause: error });
  const found = analysis.findings.filter((finding) => finding.rule === rule);
  assert.equal(
    found
      .map((finding) => shown(finding, one))
      .sort()
      .join('\n'),
    one.marks
      .map((mark) => expected(mark, found, one))
      .sort()
      .join('\n'),
  );
  for (const [fix, after] of one.after) {
    const ref = found.flatMap((finding) => finding.fixes).find((candidate) => candidate.id === fix);
    assert.ok(ref, `no finding offers the fix '${fix}'`);
    const change = await session.fix(ref);
    const result = new Map<string, string | undefined>(one.now);
    for (const file of change.files) result.set(file.path, changedText(file));
    const wanted = new Map<string, string | undefined>(one.now);
    for (const [path, text] of after) wanted.set(path, text);
    assert.deepEqual(Object.fromEntries(result), Object.fromEntries(wanted), `after the fix '${fix}'`);
  }
}

/** One line a finding, so that a difference reads well. */
function shown(finding: Finding, one: FixtureCase): string {
  const state = finding.verdict?.state ?? 'open';
  return `${place(finding.path, finding.range.start, finding.range.end, one)} [${state}] ${finding.message}`;
}

/** The same line as the mark wants it. The message of the finding at its place is taken over where it holds the mark's words. */
function expected(mark: Mark, found: readonly Finding[], one: FixtureCase): string {
  const start = mark.start;
  const there = found.find((finding) => finding.path === mark.path && finding.range.start === start);
  const end = mark.end ?? (there && isPastLine(there.range.end, mark, one) ? there.range.end : Number.NaN);
  const isSevere = mark.severity === undefined || there?.severity === mark.severity;
  const message = isSevere && there?.message.includes(mark.message) ? there.message : mark.message;
  return `${place(mark.path, start, end, one)} [${mark.state}] ${message}${isSevere ? '' : ` (${mark.severity})`}`;
}

function isPastLine(end: number, mark: Mark, one: FixtureCase): boolean {
  return one.now.get(mark.path)!.slice(mark.start, end).includes('\n');
}

function place(path: string, start: number, end: number, one: FixtureCase): string {
  const text = one.now.get(path) ?? '';
  const lines = new LineMap(text);
  const at = lines.position(start);
  const to = Number.isNaN(end) ? 'past the line' : show(lines.position(end));
  return `${path}:${show(at)}-${to}`;
}

function show({ line, column }: { line: number; column: number }): string {
  return `${line + 1}:${column + 1}`;
}
