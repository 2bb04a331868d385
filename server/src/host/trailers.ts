import type { CancellationToken } from '../core/cancellation.ts';
import type { RiskTrailer } from './ports.ts';
import type { Repository } from './repository.ts';
import { fields, runGit } from './run-git.ts';

/** `Risk: time - the new region is slower`, at the end of the messages of the commits after `commit`. */
export async function riskTrailers(
  { root }: Repository,
  commit: string,
  token: CancellationToken,
): Promise<RiskTrailer[]> {
  const format = '--format=%(trailers:key=Risk,valueonly,unfold,separator=%x00)';
  const { code, stdout } = await runGit(root, ['log', '-z', '--no-color', format, `${commit}..HEAD`], { token });
  if (code !== 0) return [];
  return fields(stdout)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, kind = line, reason = ''] = /^([\w./-]+?)(?:\s+[-\u2013\u2014]+(?:\s+|$)|\s*:\s*)(.*)$/.exec(line) ?? [];
      return { kind, reason: reason.trim() };
    });
}
