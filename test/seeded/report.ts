import type { Change } from './change.ts';
import type { Judge } from './judge.ts';

/**
 * Rules that ask for attention to whatever changed, and say nothing about what was lost: they count neither as a hit nor as noise.
 * A function that was written anew without changing what it does may still be one that no test reaches.
 */
const general: ReadonlySet<string> = new Set(['tests/untested-change', 'risk/change-too-large', 'risk/hotspot']);

export interface Outcome {
  readonly change: Change;
  /** It was told where it had to be, or was rightly met with silence. */
  readonly right: boolean;
  /** The rules that spoke, those that count in no direction left out. */
  readonly said: readonly string[];
}

/** What was said about all changes of one kind. */
export interface Tally {
  readonly kind: string;
  readonly fires: readonly string[];
  readonly outcomes: readonly Outcome[];
}

export interface Report {
  readonly tallies: readonly Tally[];
  /** Shares from 0 to 1: of what has to be told what was told, and of what keeps behaviour what was met with silence. */
  readonly recall: number;
  readonly silence: number;
}

export async function judged(change: Change, judge: Judge): Promise<Outcome> {
  const { fires, path, place } = change;
  const findings = (await judge(change)).filter(({ rule }) => !general.has(rule));
  const isIn = (start: number, end: number): boolean => start <= place.end && end >= place.start;
  const isHit = findings.some(
    (one) => fires.includes(one.rule) && one.path === path && isIn(one.range.start, one.range.end),
  );
  const said = [...new Set(findings.map(({ rule }) => rule))].sort();
  return { change, right: fires.length > 0 ? isHit : said.length === 0, said };
}

export function reportOf(outcomes: readonly Outcome[]): Report {
  const byKind = grouped(outcomes, ({ change }) => change.kind);
  const tallies = [...byKind].map(([kind, of]) => ({ kind, fires: of[0]!.change.fires, outcomes: of }));
  const share = (of: readonly Outcome[]): number =>
    of.length === 0 ? 1 : of.filter(({ right }) => right).length / of.length;
  const isLoss = ({ change }: Outcome): boolean => change.fires.length > 0;
  return {
    tallies,
    recall: share(outcomes.filter(isLoss)),
    silence: share(outcomes.filter((one) => !isLoss(one))),
  };
}

/** One line a kind: what was drawn, what was right, and which rules spoke where they should not have, or instead. */
export function printed({ tallies, recall, silence }: Report): string {
  const rows = tallies
    .map(({ kind, fires, outcomes }) => {
      const right = outcomes.filter((one) => one.right).length;
      const others = outcomes.filter((one) => !one.right).flatMap(({ said }) => (said.length > 0 ? said : ['nothing']));
      const counts = [...grouped(others, (rule) => rule)].map(([rule, all]) => `${all.length} ${rule}`);
      return {
        kind,
        fires,
        all: outcomes.length,
        right,
        told: right < outcomes.length ? `said: ${counts.join(', ')}` : '',
      };
    })
    .sort((a, b) => Number(b.fires.length > 0) - Number(a.fires.length > 0));
  const line = (row: (typeof rows)[number]): string =>
    `${row.kind.padEnd(24)}${row.fires.length > 0 ? 'told  ' : 'silent'} ${String(row.right).padStart(4)} of ${String(row.all).padStart(4)}  ${row.told}`.trimEnd();
  return [...rows.map(line), `recall ${percent(recall)}, silence ${percent(silence)}`].join('\n');
}

function grouped<T>(list: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
