import { count } from '../core/count.ts';
import { dedentedLines } from '../core/text.ts';
import { at } from '../session/places.ts';
import type { Face } from './face.ts';
import type { CheckOutput } from './json.ts';

type Paint = Face['paint'];
type Finding = CheckOutput['findings'][number];

/** Removed text is shown up to this many lines. */
const shownLines = 6;

/** Findings by file, for somebody in a hurry: place, severity, message and rule; then a line that sums up. */
export function checkText(output: CheckOutput, paint: Paint): string {
  const files = new Map<string, Finding[]>();
  const beneath = new Map<string, Finding[]>();
  for (const finding of output.findings)
    if (finding.under === null) files.set(finding.file, [...(files.get(finding.file) ?? []), finding]);
    else beneath.set(finding.under, [...(beneath.get(finding.under) ?? []), finding]);
  const blocks = [...files].map(([file, findings]) => {
    const width = Math.max(...findings.map((finding) => `${finding.line}:${finding.column}`.length));
    const texts = findings.map((one) => findingText(one, beneath.get(one.fingerprint) ?? [], width, paint));
    return [paint.underline(file), ...texts].join('\n');
  });
  return [...blocks, summaryText(output, files.size, paint)].join('\n\n');
}

/** @param beneath what else was found in the same declaration */
function findingText(finding: Finding, beneath: readonly Finding[], width: number, paint: Paint): string {
  const where = `${finding.line}:${finding.column}`.padStart(width);
  const severity = severities(paint)[finding.severity](finding.severity.padEnd(7));
  const indent = ' '.repeat(width + 4);
  return [
    `  ${paint.dim(where)}  ${severity}  ${finding.message}  ${paint.dim(finding.rule)}`,
    ...finding.related.flatMap((related) => relatedText(finding, related, paint)).map((line) => indent + line),
    ...(finding.owner === null ? [] : [`${indent}${paint.dim(`to be looked at by ${finding.owner}`)}`]),
    ...beneath.map(
      (one) => `${indent}${paint.dim(`also at ${one.line}:${one.column}:`)} ${one.message}  ${paint.dim(one.rule)}`,
    ),
    ...(finding.fixes.length > 0
      ? [`${indent}${paint.cyan('fix:')} ${finding.fixes.map((fix) => fix.title).join('; ')}`]
      : []),
  ].join('\n');
}

function relatedText(finding: Finding, related: Finding['related'][number], paint: Paint): string[] {
  const here = related.file === finding.file && related.text !== undefined;
  const title = here ? related.message : `${related.message} (${at(related)})`;
  const lines = related.text === undefined ? [] : dedentedLines(related.text);
  const cut = lines.slice(0, shownLines).map((line) => `- ${line}`);
  if (lines.length > shownLines) cut.push(`- ... ${count(lines.length - shownLines, 'more line')}`);
  return [title, ...cut].map((line) => paint.dim(line));
}

function summaryText(
  { findings, summary, base, whyNoBase, verdict, controlled, suppressed }: CheckOutput,
  files: number,
  paint: Paint,
): string {
  const compared = base === null ? `no change to check: ${whyNoBase ?? 'no base was found'}` : `against the ${base}`;
  const lines: string[] = base === null ? [] : [verdictText(verdict.state, paint)];
  if (findings.length === 0) {
    const changed = base === null ? '' : ` in ${count(summary.changedFiles, 'changed file')}`;
    lines.push(paint.green(`Nothing open${changed}`) + paint.dim(` (${compared})`));
  } else {
    const kinds = (['errors', 'warnings', 'infos', 'hints'] as const)
      .filter((kind) => summary[kind] > 0)
      .map((kind) => count(summary[kind], kind.slice(0, -1)));
    const text = `${count(findings.length, 'finding')} in ${count(files, 'file')}: ${kinds.join(', ')}`;
    lines.push((summary.errors > 0 ? paint.red(text) : paint.yellow(text)) + paint.dim(` (${compared})`));
  }
  if (controlled.length > 0) {
    lines.push(`Under control: ${count(controlled.length, 'risk')}`);
    for (const one of controlled)
      lines.push(paint.dim(`  ${at(one)}  ${one.rule}  ${one.state}${one.by === '' ? '' : `: ${one.by}`}`));
  }
  // So that nobody overlooks what comments silence.
  if (suppressed.length > 0) lines.push(`Suppressed: ${count(suppressed.length, 'finding')}`);
  for (const one of suppressed) lines.push(paint.dim(`  ${at(one)}  ${one.rule}  ${one.reason}`));
  if (summary.outsideChange > 0) lines.push(`${summary.outsideChange} more outside this change, or mere hints: --all`);
  return lines.join('\n');
}

function verdictText(state: CheckOutput['verdict']['state'], paint: Paint): string {
  if (state === 'ready') return paint.green('Ready.');
  return state === 'not-ready' ? paint.red('Not ready.') : paint.yellow('Needs a look.');
}

function severities(paint: Paint) {
  return { error: paint.red, warning: paint.yellow, info: paint.blue, hint: paint.dim };
}
