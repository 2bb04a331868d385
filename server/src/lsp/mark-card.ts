import { count } from '../core/count.ts';
import { daysBetween } from '../flags/lifecycle.ts';
import type { MarkAt } from '../session/marks-at.ts';
import type { JudgedFile } from './file-at.ts';
import { plain } from './flag-card.ts';

type View = Pick<JudgedFile, 'analysis' | 'linesOf'>;

/** What is to be said of a delivery tag or a suppression, as Markdown: what it means, why, until when, and what it accounts for. */
export function markCard(at: MarkAt, view: View): string {
  const parts = 'rules' in at ? suppressionParts(at) : tagParts(at, view);
  return [...parts, ...accountsFor(at, view)].join('\n\n');
}

function tagParts({ mark, kind }: Extract<MarkAt, { kind: unknown }>, { analysis }: View): string[] {
  const { kind: name, reason, fields } = mark;
  const { today } = analysis.snapshot;
  const { until, ...others } = fields;
  const told = Object.entries(others).map(([field, value]) => `${field} ${plain(value)}`);
  return [
    `**Delivery tag** \`${name}\` \u2014 ${kind?.what ?? 'no risk is called so: it accounts for nothing'}`,
    reason === '' ? '*No reason: it accounts for nothing.*' : plain(reason),
    [...(until === undefined ? [] : [untilWords(until, today)]), ...told].join(' \u00b7 '),
  ].filter((part) => part !== '');
}

function suppressionParts({ mark, rules }: Extract<MarkAt, { rules: unknown }>): string[] {
  const where = mark.covers === 'file' ? 'in this file' : 'here';
  return [
    `**Suppression** ${where} of ${rules.map(({ id, title }) => `\`${id}\` (${title})`).join(', ') || 'no rule that is known'}`,
    mark.reason === '' ? '*No reason: it silences nothing.*' : plain(mark.reason),
  ];
}

/** `until 2026-04-15, 90 days left` */
function untilWords(until: string, today: string): string {
  const days = daysBetween(today, until);
  if (!/^\d{4}-\d\d-\d\d$/.test(until) || Number.isNaN(days)) return `until ${plain(until)}, which is no date`;
  if (days < 0) return `ended on ${until}, ${count(-days, 'day')} ago: it accounts for nothing any more`;
  return days === 0 ? `until ${until}, its last day` : `until ${until}, ${count(days, 'day')} left`;
}

function accountsFor({ findings, ...at }: MarkAt, { analysis, linesOf }: View): string[] {
  const verb = 'rules' in at ? 'Silences' : 'Accounts for';
  if (findings.length === 0) return analysis.change ? [`${verb} nothing of this change.`] : [];
  const rows = findings.map(({ rule, message, path, range }) => {
    const line = linesOf(path).position(range.start).line + 1;
    return `- line ${line}: ${plain(message)} (\`${rule}\`)`;
  });
  return [`${verb}:\n\n${rows.join('\n')}`];
}
