import { count } from '../core/count.ts';
import type { Finding } from '../core/finding.ts';
import { dedentedLines, lineMaps } from '../core/text.ts';
import type { Analysis } from './analysis.ts';

/**
 * The change as a page that a person reads and copies into a pull request: open risks first, then what is under control and by
 * what, then flags of the files that it touches. `link` turns a path and a line (counted from 1) into a link target.
 */
export function reviewOf(name: string, analysis: Analysis, link: (path: string, line: number) => string): string {
  const { change, touched, findings, snapshot } = analysis;
  if (!change)
    return `# Review of ${name}\n\nThere is nothing to compare with: ${snapshot.whyNoBase ?? 'no base was found.'}\n`;
  const mine = findings.filter((one) => one.scope === 'change');
  const open = mine.filter((one) => (one.verdict?.state ?? 'open') === 'open');
  const controlled = mine.filter((one) => one.verdict && !/open|suppressed/.test(one.verdict.state));
  const others = findings.filter((one) => one.scope !== 'change' && touched.has(one.path));
  const flags = others.filter((one) => one.verdict?.state !== 'suppressed');
  const suppressed = [...mine, ...others].filter((one) => one.verdict?.state === 'suppressed');
  const row = rows(analysis, link);
  const tests = change.files.filter((file) => file.test).length;
  return `${[
    `# Review of ${name}`,
    `${count(touched.size, 'file')} changed against the ${change.baseName}, ${count(tests, 'test file')} among them. **${verdict(open)}**`,
    section('Open', open, row, 'Nothing: every risk that was found is under control.'),
    ...(controlled.length > 0 ? [section('Under control', controlled, row, '')] : []),
    ...(suppressed.length > 0 ? [section('Suppressed', suppressed, row, '')] : []),
    ...(flags.length > 0 ? [section('Flags in these files', flags, row, '')] : []),
  ].join('\n\n')}\n`;
}

function verdict(open: readonly Finding[]): string {
  if (open.length === 0) return 'Nothing open.';
  const errors = open.filter((one) => one.severity === 'error').length;
  return `${open.length} open${errors > 0 ? `, ${errors} of them grave` : ''}.`;
}

function section(title: string, findings: readonly Finding[], row: (one: Finding) => string, empty: string): string {
  return `## ${title}\n\n${findings.length === 0 ? empty : findings.map(row).join('\n')}`;
}

function rows(analysis: Analysis, link: (path: string, line: number) => string): (one: Finding) => string {
  const linesOf = lineMaps(analysis.world.text);
  return (one) => {
    const line = linesOf(one.path).position(one.range.start).line + 1;
    const by =
      one.verdict && one.verdict.state !== 'open'
        ? ` *${one.verdict.state}${one.verdict.by ? `: ${one.verdict.by}` : ''}*`
        : '';
    const gone = one.related.filter((other) => other.text !== undefined).map((other) => quoted(other.text!));
    return [`- [${one.path}:${line}](${link(one.path, line)}) ${one.message}${by} (\`${one.rule}\`)`, ...gone].join(
      '\n',
    );
  };
}

/** Removed text below its finding, cut where it gets long, in a fence longer than any that it holds. */
function quoted(text: string): string {
  const lines = dedentedLines(text);
  const shown = lines.length > 12 ? [...lines.slice(0, 12), '...'] : lines;
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map((ticks) => ticks[0].length + 1)));
  return ['', `  ${fence}ts`, ...shown.map((line) => `  ${line}`), `  ${fence}`].join('\n');
}
