import { count } from '../core/count.ts';
import type { Finding } from '../core/finding.ts';
import { groupBy } from '../core/group-by.ts';
import { riskGroups, riskParts } from '../core/risk-groups.ts';
import { dedentedLines, lineMaps } from '../core/text.ts';
import { weightText } from '../core/weight.ts';
import { ownerOf } from '../policy/matching.ts';
import type { Readiness } from '../protocol/messages.ts';
import type { Analysis } from './analysis.ts';
import { changeVerdict } from './change-verdict.ts';
import { isShown } from './session.ts';

/** What a person reads for a verdict. */
export const readinessTitles: Readonly<Record<Readiness, string>> = {
  ready: 'Ready',
  'needs-a-look': 'Needs a look',
  'not-ready': 'Not ready',
};

/** Turns a path and a line (counted from 1) into the target of a link. */
type Link = (path: string, line: number) => string;

/**
 * The change as a Markdown page that a person reads, or copies into a pull request: the verdict with its heaviest reasons, open risks by
 * what they are about, what is under control and by what, what is suppressed, and flags of the files that it touches.
 * @param link undefined for places without links: `src/a.ts:12`
 */
export function reviewOf(name: string, analysis: Analysis, link: Link | undefined): string {
  const { change, touched, findings, snapshot } = analysis;
  if (!change)
    return `# Review of ${name}\n\nThere is nothing to compare with: ${snapshot.whyNoBase ?? 'no base was found.'}\n`;
  const mine = findings.filter((one) => one.scope === 'change');
  const isOpen = (one: Finding) => (one.verdict?.state ?? 'open') === 'open';
  const isSuppressed = (one: Finding) => one.verdict?.state === 'suppressed';
  const controlled = mine.filter((one) => !isOpen(one) && !isSuppressed(one));
  const suppressed = findings.filter((one) => isSuppressed(one) && (one.scope === 'change' || touched.has(one.path)));
  const others = findings.filter((one) => one.scope !== 'change' && touched.has(one.path) && isOpen(one));
  const isMark = ({ rule }: Finding) => rule.startsWith('tags/');
  const write = writer(analysis, link);
  const tests = change.files.filter((file) => file.test).length;
  const { state, reasons } = changeVerdict(analysis);
  const files = `${count(touched.size, 'file')} changed against the ${change.baseName}, ${count(tests, 'test file')} among them.`;
  const sections = [
    ...reasonsOf(reasons, write),
    ...openSections(
      mine.filter((one) => isShown(one, analysis)),
      write,
    ),
    ...listed('Under control', controlled, write.controlled),
    ...listed('Suppressed', suppressed, write.controlled),
    ...listed('Tags and suppressions that count for nothing', others.filter(isMark), write.row),
    ...listed(
      'Flags and tags in these files',
      others.filter((one) => !isMark(one)),
      write.row,
    ),
  ];
  return `${[`# Review of ${name}`, `**${readinessTitles[state]}.** ${files}`, ...sections].join('\n\n')}\n`;
}

function reasonsOf(reasons: readonly Finding[], write: Writer): string[] {
  if (reasons.length === 0) return ['Nothing is open: every risk that was found is under control.'];
  return [`What weighs most:\n\n${reasons.map((one) => `1. ${write.place(one)} ${one.message}`).join('\n')}`];
}

/** The heaviest finding of a declaration first, the others beneath it, by what they are about. */
function openSections(open: readonly Finding[], write: Writer): string[] {
  const beneath = groupBy(open, ({ under }) => under);
  const byPart = groupBy<Finding, string>(
    open.filter(({ under }) => under === undefined),
    (one) => (one.group ? riskGroups[one.group].part : 'Others'),
  );
  return [...riskParts, 'Others'].flatMap((part) =>
    listed(part, byPart.get(part) ?? [], (one) =>
      [write.row(one), ...(beneath.get(one.fingerprint) ?? []).map((other) => indented(write.row(other)))].join('\n'),
    ),
  );
}

function listed(title: string, findings: readonly Finding[], row: (one: Finding) => string): string[] {
  return findings.length === 0 ? [] : [`## ${title}\n\n${findings.map(row).join('\n')}`];
}

interface Writer {
  place(one: Finding): string;
  row(one: Finding): string;
  controlled(one: Finding): string;
}

function writer({ world, snapshot }: Analysis, link: Link | undefined): Writer {
  const linesOf = lineMaps(world.text);
  const place = ({ path, range }: Finding) => {
    const line = linesOf(path).position(range.start).line + 1;
    return link ? `[${path}:${line}](${link(path, line)})` : `\`${path}:${line}\``;
  };
  return {
    place,
    row: (one) => {
      const owner = ownerOf(one.path, snapshot.policy);
      const facts = [
        one.severity,
        ...(one.weight && one.weight.factors.length > 0 ? [`weighs ${weightText(one.weight)}`] : []),
        ...(owner === undefined ? [] : [`for ${owner}`]),
        `\`${one.rule}\``,
      ];
      const gone = one.related.flatMap(({ text }) => (text === undefined ? [] : [quoted(text)]));
      return [`- ${place(one)} ${one.message} *${facts.join(', ')}*`, ...gone].join('\n');
    },
    controlled: (one) => {
      const { state, by } = one.verdict!;
      return `- ${place(one)} ${one.message} *${state}${by === undefined ? '' : `: ${by}`}* (\`${one.rule}\`)`;
    },
  };
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

/** Removed text below its finding, cut where it gets long, in a fence longer than any that it holds. */
function quoted(text: string): string {
  const lines = dedentedLines(text);
  const shown = lines.length > 12 ? [...lines.slice(0, 12), '...'] : lines;
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map((ticks) => ticks[0].length + 1)));
  return ['', `  ${fence}ts`, ...shown.map((line) => `  ${line}`), `  ${fence}`].join('\n');
}
