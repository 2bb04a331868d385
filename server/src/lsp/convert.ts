import { type Diagnostic, DiagnosticSeverity, DiagnosticTag, type Range } from 'vscode-languageserver/node';
import type { Finding, Severity } from '../core/finding.ts';
import { dedentedLines, LineMap, type Position, type TextRange } from '../core/text.ts';

/** The edge between offsets and paths inside and the protocol's lines and URIs outside. One for each folder and snapshot. */
export interface Places {
  uri(path: string): string;
  /** The text that offsets count in; undefined when the file is gone. */
  text(path: string): string | undefined;
  /** The version of the open document, or null when it is not open. */
  version(path: string): number | null;
  isTest(path: string): boolean;
}

export function lineMapOf(path: string, places: Places): LineMap {
  return new LineMap(places.text(path) ?? '');
}

export function toRange(range: TextRange, lines: LineMap): Range {
  return { start: toPosition(lines.position(range.start)), end: toPosition(lines.position(range.end)) };
}

export function toTextRange(range: Range, lines: LineMap): TextRange {
  const offset = ({ line, character }: Range['start']) => lines.offset({ line, column: character });
  return { start: offset(range.start), end: offset(range.end) };
}

function toPosition({ line, column }: Position): Range['start'] {
  return { line, character: column };
}

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/**
 * A finding as a diagnostic. `quiet` ones are hints: they carry their quick fixes at their place, but stay out of the
 * Problems panel. The fingerprint travels in `data`.
 * @param beneath lighter findings of the same declaration
 */
export function toDiagnostic(
  finding: Finding,
  beneath: readonly Finding[],
  quiet: boolean,
  linesOf: (path: string) => LineMap,
  uri: (path: string) => string,
  pageOf: (rule: string) => string,
): Diagnostic {
  return {
    range: toRange(finding.range, linesOf(finding.path)),
    severity: quiet ? DiagnosticSeverity.Hint : severities[finding.severity],
    code: finding.rule,
    codeDescription: { href: pageOf(finding.rule) },
    source: 'switchyard',
    message: finding.message,
    tags:
      finding.rule === 'flags/constant' || finding.rule === 'flags/unused-definition'
        ? [DiagnosticTag.Unnecessary]
        : [],
    relatedInformation: [
      ...finding.related.map((one) => ({
        location: { uri: uri(one.path), range: toRange(one.range, linesOf(one.path)) },
        message: one.text === undefined ? one.message : [one.message, ...dedentedLines(one.text)].join('\n'),
      })),
      ...beneath.map((one) => ({
        location: { uri: uri(one.path), range: toRange(one.range, linesOf(one.path)) },
        message: `Also here: ${one.message}`,
      })),
    ],
    data: { fingerprint: finding.fingerprint },
  };
}
