import type { Finding } from '../core/finding.ts';
import { UserError } from '../core/user-error.ts';
import { weightText } from '../core/weight.ts';
import { ownerOf } from '../policy/matching.ts';
import type { Analysis } from '../session/analysis.ts';
import { changedFunctions, changeVerdict } from '../session/change-verdict.ts';
import { placer } from '../session/places.ts';
import { isShown, suppressedIn } from '../session/session.ts';
import { analysed } from './analysed.ts';
import { checkText } from './check-text.ts';
import { type ExitCode, exitCodes, type Face } from './face.ts';
import { type CheckOutput, checkOutput } from './json.ts';

export interface CheckOptions {
  readonly base?: string;
  /** Only what is staged, against HEAD. */
  readonly staged?: boolean;
  readonly all: boolean;
  readonly format: 'text' | 'json';
  readonly failOn: 'needs-a-look' | 'not-ready' | 'error' | 'warning' | 'info' | 'never';
}

/** `switchyard check`: what this change risks. */
export async function check(face: Face, folder: string, options: CheckOptions): Promise<ExitCode> {
  const { staged } = options;
  if (staged && options.base !== undefined)
    throw new UserError('Give --staged or --base: what is staged is compared with the last commit.');
  const base = staged ? 'HEAD' : options.base;
  const analysis = await analysed(
    face,
    face.openFolder(folder, { ...(base !== undefined && { base }), ...(staged && { staged }) }),
  );
  const { whyNoBase } = analysis.snapshot;
  if (base !== undefined && analysis.snapshot.base === undefined)
    throw new UserError(`There is nothing to compare with '${base}': ${whyNoBase ?? 'no base was found'}.`);
  const output = checkReport(analysis, options.all);
  face.out(
    options.format === 'json' ? JSON.stringify(checkOutput.parse(output), null, 2) : checkText(output, face.paint),
  );
  return reaches(output, options.failOn) ? exitCodes.findings : exitCodes.fine;
}

/** Open findings: those of this change and what is provably broken, or, with `all`, dead weight everywhere, too. */
function checkReport(analysis: Analysis, all: boolean): CheckOutput {
  const { findings, touched, snapshot, world } = analysis;
  const open = findings.filter((finding) => (finding.verdict?.state ?? 'open') === 'open');
  const shown = all ? open : open.filter((finding) => isShown(finding, analysis));
  const place = placer((path) => world.text(path));
  const verdict = changeVerdict(analysis);
  const how = (severity: Finding['severity']) => shown.filter((finding) => finding.severity === severity).length;
  const suppressed = suppressedIn(analysis, all);
  const under = (state: string) => findings.filter((finding) => finding.verdict?.state === state).length;
  return {
    version: 1,
    base: snapshot.base?.name ?? null,
    whyNoBase: snapshot.base ? null : (snapshot.whyNoBase ?? null),
    verdict: { state: verdict.state, reasons: verdict.reasons.map(({ fingerprint }) => fingerprint) },
    controlled: findings
      .filter(({ verdict }) => verdict && verdict.state !== 'open' && verdict.state !== 'suppressed')
      .map(({ rule, path, range, message, verdict }) => {
        const { file, line, column } = place(path, range);
        return { rule, file, line, column, message, state: verdict!.state, by: verdict!.by ?? '' };
      }),
    findings: shown.map((finding) => ({
      rule: finding.rule,
      severity: finding.severity,
      ...place(finding.path, finding.range),
      message: finding.message,
      fingerprint: finding.fingerprint,
      group: finding.group ?? null,
      under: finding.under ?? null,
      weight: finding.weight ? { total: finding.weight.total, explained: weightText(finding.weight) } : null,
      needs: [...(finding.verdict?.missing ?? [])],
      owner: ownerOf(finding.path, snapshot.policy) ?? null,
      related: finding.related.map(({ path, range, message, text }) => {
        const { file, line, column } = place(path, range);
        return { file, line, column, message, ...(text !== undefined && { text }) };
      }),
      fixes: finding.fixes.map(({ id, title, safe }) => ({ id, title, safe })),
    })),
    suppressed: suppressed.map(({ rule, path, range, message, fingerprint, verdict }) => {
      const { file, line, column } = place(path, range);
      return { rule, file, line, column, message, reason: verdict?.by ?? '', fingerprint };
    }),
    summary: {
      errors: how('error'),
      warnings: how('warning'),
      infos: how('info'),
      hints: how('hint'),
      changedFiles: touched.size,
      changedFunctions: changedFunctions(world.pairs),
      underControl: { flagged: under('flagged'), tagged: under('tagged'), tested: under('tested') },
      outsideChange: open.length - shown.length,
    },
  };
}

function reaches({ summary, verdict }: CheckOutput, failOn: CheckOptions['failOn']): boolean {
  if (failOn === 'never') return false;
  if (failOn === 'not-ready') return verdict.state === 'not-ready';
  if (failOn === 'needs-a-look') return verdict.state !== 'ready';
  if (summary.errors > 0) return true;
  if (failOn === 'error') return false;
  return summary.warnings > 0 || (failOn === 'info' && summary.infos > 0);
}
