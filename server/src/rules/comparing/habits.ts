import type { History, PastCommit } from '../../core/history.ts';
import { isSetApart } from './set-apart.ts';

/** What is usual in a repository, told from its last commits. */
interface Habits {
  /** Lines of code in the largest of twenty commits. */
  readonly large: number;
  /** By path, recent fixes that it took part in: only files that took part in many of them. */
  readonly hot: ReadonlyMap<string, number>;
}

const known = new WeakMap<History, Habits>();

/** How many recent fixes a file took part in; undefined where they are not many for this repository. */
export function fixesOf(path: string, history: History | undefined): number | undefined {
  return history && habitsOf(history).hot.get(path);
}

/** Told once for a history. */
export function habitsOf(history: History): Habits {
  const before = known.get(history);
  if (before) return before;
  const habits = { large: percentile(history.commits.map(size), 0.95), hot: hotFiles(history) };
  known.set(history, habits);
  return habits;
}

/** Lines of code that reaches a user: tests, fixtures and generated files are left out. */
function size({ files }: PastCommit): number {
  return files.reduce((sum, { path, lines }) => (isSetApart(path) ? sum : sum + lines), 0);
}

/** Of those that are not nothing. */
function percentile(sizes: readonly number[], share: number): number {
  const sorted = sizes.filter((one) => one > 0).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Days before the base that count as recent; a fix that sweeps over more files than this says nothing about each of them. */
const recent = 180;
const mostFiles = 15;
/** What makes a file hot: this many fixes, and among the few files with the most. */
const fewestFixes = 5;
const hottest = 0.03;

function hotFiles({ commits }: History): Map<string, number> {
  const last = commits[0]?.date ?? '';
  const touched = new Set<string>();
  const fixes = new Map<string, number>();
  for (const { date, fix, files } of commits) {
    if (daysBetween(date, last) > recent) continue;
    for (const { path } of files) {
      if (isSetApart(path)) continue;
      touched.add(path);
      if (fix && files.length <= mostFiles) fixes.set(path, (fixes.get(path) ?? 0) + 1);
    }
  }
  const ranked = [...fixes].sort((a, b) => b[1] - a[1]);
  const places = Math.max(1, Math.floor(touched.size * hottest));
  const least = Math.max(fewestFixes, ranked[places - 1]?.[1] ?? fewestFixes);
  return new Map(ranked.filter(([, count]) => count >= least));
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
