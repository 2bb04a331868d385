import type { Finding } from '../core/finding.ts';
import { dedentedLines } from '../core/text.ts';
import { weightText } from '../core/weight.ts';

/**
 * What stood where a finding of this change is, and what it weighs. The message itself is not said again: the editor shows it with its
 * diagnostics. Undefined for findings without an old text or a weight worth telling.
 */
export function riskCard({ related, weight, verdict }: Finding, language: string): string | undefined {
  const old = related.flatMap(({ message, text }) =>
    text === undefined ? [] : [`${message}:\n\n${block(text, language)}`],
  );
  const control =
    verdict && verdict.state !== 'open'
      ? [`Under control, *${verdict.state}*${verdict.by ? `: ${verdict.by}` : ''}`]
      : [];
  const weighs = weight && weight.factors.length > 0 ? [`Weighs ${weightText(weight)}`] : [];
  const parts = [...old, ...control, ...weighs];
  return parts.length === 0 ? undefined : parts.join('\n\n');
}

/** Where it gets long, the first lines. */
const shownLines = 20;

function block(text: string, language: string): string {
  const lines = dedentedLines(text);
  const shown = lines.length > shownLines ? [...lines.slice(0, shownLines), '...'] : lines;
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map((ticks) => ticks[0].length + 1)));
  return [`${fence}${language}`, ...shown, fence].join('\n');
}
