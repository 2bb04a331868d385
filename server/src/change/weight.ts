import type { Severity } from '../core/finding.ts';
import type { Weight } from '../core/weight.ts';

/** What is known of a risk's place: what raises its weight, and what lowers it. */
export interface Exposure {
  /** The glob of the policy that calls its file critical. */
  readonly critical: string | undefined;
  /** Files that import its file, where what it stands in is exported. */
  readonly importers: number;
  /** Recent fixes that its file took part in, where they are many for this repository. */
  readonly fixes: number | undefined;
  /** A test that reaches its file, though it did not change. */
  readonly reachedBy: string | undefined;
}

const points: Readonly<Record<Severity, number>> = { error: 4, warning: 2, info: 1, hint: 0.25 };

/**
 * What a risk weighs: the points of its severity (error 4, warning 2, info 1, hint 0.25) times what its place adds or takes, each with
 * its reason.
 */
export function weigh(severity: Severity, { critical, importers, fixes, reachedBy }: Exposure): Weight {
  const factors = [
    ...(critical === undefined ? [] : [{ times: 2, why: `on a critical path (${critical})` }]),
    ...(fixes === undefined ? [] : [{ times: 1.5, why: `its file took part in ${fixes} fixes lately` }]),
    ...(importers < several ? [] : [{ times: 1.25, why: `${importers} files import what it stands in` }]),
    ...(reachedBy === undefined ? [] : [{ times: 0.9, why: `a test reaches its file (${reachedBy})` }]),
  ];
  const total = factors.reduce((product, { times }) => product * times, points[severity]);
  return { severity, points: points[severity], factors, total: Math.round(total * 100) / 100 };
}

const several = 3;

/** The severity that a weight amounts to: a warning on a critical path is an error; a test nearby alone changes none. */
export function severityOf({ total }: Weight): Severity {
  if (total >= 3.5) return 'error';
  if (total >= 1.75) return 'warning';
  return total >= 0.85 ? 'info' : 'hint';
}
