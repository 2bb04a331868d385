import type { Severity } from '../../core/finding.ts';
import type { Feature } from '../../facts/change-facts.ts';
import { anchorOf } from '../comparing/anchor.ts';
import { type Compared, comparedDeclarations, shownName } from '../comparing/compared.ts';
import { helpersOf } from '../comparing/extended.ts';
import { lostGuards } from '../comparing/lost-guards.ts';
import { defineRule, type Evidence } from '../rule.ts';

interface Data {
  readonly check: string;
  readonly from: string;
  readonly outcome: string;
}

export default defineRule({
  id: 'risk/validation-removed',
  title: 'Guard or validation removed',
  why: 'What the check turned away now goes on. Guards are what edits lose most often, and the code behind them was written for values that passed.',
  severity: 'warning',
  scope: 'change',
  group: 'validation',
  *check(input): Iterable<Evidence<Data>> {
    const helpers = helpersOf(input);
    for (const compared of comparedDeclarations(input)) {
      const [gone] = lostGuards(compared, helpers, input).sort((a, b) => weightOf(a) - weightOf(b));
      if (!gone) continue;
      const { path, now } = compared;
      const range = anchorOf(compared, gone.range);
      yield {
        path,
        range,
        subject: now.id,
        severity: severityOf(gone, compared),
        compared,
        related: [{ path, range, message: 'The guard that stood here', text: gone.text }],
        data: { check: shownGuard(gone.text), from: shownName(now), outcome: gone.value ?? '' },
      };
    }
  },
  message: ({ data: { check, from, outcome } }) => {
    const gone = `The guard '${check}' is gone`;
    if (outcome === 'throws' || outcome === 'refuses') return `${gone}: ${from} now goes on with what it refused.`;
    return `${gone}: ${from} now runs on where it used to stop.`;
  },
});

const outcomes = ['throws', 'refuses', 'leaves', 'answers'];

function weightOf({ value }: Feature): number {
  return outcomes.indexOf(value ?? '');
}

/** What refuses, or protects code that is no user interface, is more than a case that is no longer told apart. */
function severityOf({ value }: Feature, { now, path }: Compared): Severity | undefined {
  if (value === 'throws' || value === 'refuses') return undefined;
  return value === 'leaves' && !now.renders && !/\.[jt]sx$/.test(path) ? undefined : 'info';
}

function shownGuard(text: string): string {
  const line = (/^if\s*\(.*?\)\s*(?=[{\n]|return|throw|continue|break)/s.exec(text)?.[0] ?? text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/;$/, '');
  return line.length <= 60 ? line : `${line.slice(0, 57)}...`;
}
