import type { Severity } from '../../core/finding.ts';
import type { Feature } from '../../facts/change-facts.ts';
import { anchorOf } from '../comparing/anchor.ts';
import { type Compared, shownName } from '../comparing/compared.ts';
import { differing } from '../comparing/differing.ts';
import { type Helpers, helpersOf } from '../comparing/extended.ts';
import { lostGuards } from '../comparing/lost-guards.ts';
import { lostValidation } from '../comparing/lost-validation.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly check: string;
  readonly from: string;
  /** What becomes of what it turned away: the words after the colon. */
  readonly effect: string;
  /** Of a schema that stands: what it no longer asks for. */
  readonly asked?: string;
}

type Seen = Pick<Evidence<Data>, 'range' | 'severity' | 'related' | 'data'>;

export default defineRule({
  id: 'risk/validation-removed',
  title: 'Guard or validation removed',
  why: 'What the check turned away now goes on. Guards are what edits lose most often, and the code behind them was written for values that passed.',
  severity: 'warning',
  scope: 'change',
  group: 'validation',
  *check(input): Iterable<Evidence<Data>> {
    const helpers = helpersOf(input);
    for (const compared of differing(input, 'validation', 'guardable')) {
      const seen = seenGuard(compared, helpers, input) ?? seenValidation(compared, helpers, input);
      if (seen) yield { path: compared.path, subject: compared.now.id, compared, ...seen };
    }
  },
  message: ({ data: { check, effect, asked } }) => {
    if (asked === undefined) return `The check '${check}' is gone: ${effect}.`;
    return `'${check}' no longer asks for '${asked}': ${effect}.`;
  },
});

/** The guard that is gone and matters most. */
function seenGuard(compared: Compared, helpers: Helpers, input: RuleInput): Seen | undefined {
  const [gone] = lostGuards(compared, helpers, input).sort((a, b) => weightOf(a) - weightOf(b));
  if (!gone) return undefined;
  const from = shownName(compared.now);
  const refused = gone.value === 'throws' || gone.value === 'refuses';
  const isMeant = refused && isGoneElsewhere(gone, compared, input);
  const effect = refused ? `${from} now goes on with what it refused` : `${from} now runs on where it used to stop`;
  return seenAs(
    gone,
    compared,
    { check: shownGuard(gone.text), from, effect },
    isMeant ? 'hint' : severityOf(gone, compared),
  );
}

function seenValidation(compared: Compared, helpers: Helpers, input: RuleInput): Seen | undefined {
  const found = lostValidation(compared, helpers, input);
  if (!found) return undefined;
  const { lost, now, asked, isOptional } = found;
  const from = shownName(compared.now);
  if (now === undefined) {
    const check = shownGuard(lost.text);
    return seenAs(lost, compared, { check, from, effect: `${from} now takes what it turned away` }, undefined);
  }
  const check = lost.owner === undefined || lost.owner === '' ? shownGuard(lost.text) : lost.owner;
  const effect = isOptional ? 'it may be missing now' : 'what it turned away now gets through';
  const data = isOptional
    ? { check, from, effect: `it is '${asked}' now and may be missing`, asked: 'a value' }
    : { check, from, effect, asked };
  // The types that follow from a schema say so to everybody who reads the field.
  return { ...seenAs(lost, compared, data, isOptional ? 'hint' : undefined), range: now.range };
}

function seenAs(gone: Feature, compared: Compared, data: Data, severity: Severity | undefined): Seen {
  const { path } = compared;
  const range = anchorOf(compared, gone.range);
  return { range, severity, related: [{ path, range, message: 'The check that stood here', text: gone.text }], data };
}

const outcomes = ['throws', 'refuses', 'leaves', 'answers'];

function weightOf({ value }: Feature): number {
  return outcomes.indexOf(value ?? '');
}

/** The code that it refused with is gone from another file as well, of types or texts: the refusal was taken back as a whole. */
function isGoneElsewhere({ text }: Feature, { path }: Compared, { change }: RuleInput): boolean {
  const codes = [...text.matchAll(/(['"`])([A-Za-z]\w*(?:[_.:-]\w+)+)\1/g)].map(([, , code]) => code!);
  return codes.some((code) =>
    (change?.files ?? []).some(
      (file) => file.path !== path && !file.test && file.base?.includes(code) && !file.now?.includes(code),
    ),
  );
}

/** What refuses, or protects code that is no user interface, is more than a case that is no longer told apart. */
function severityOf({ value }: Feature, { now, path }: Compared): Severity | undefined {
  if (value === 'throws' || value === 'refuses') return undefined;
  // A component that shows nothing, or something else, shows it to everybody at once.
  if (now.renders) return 'hint';
  return value === 'leaves' && !/\.[jt]sx$/.test(path) ? undefined : 'info';
}

function shownGuard(text: string): string {
  const line = (/^if\s*\(.*?\)\s*(?=[{\n]|return|throw|continue|break)/s.exec(text)?.[0] ?? text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/;$/, '');
  return line.length <= 60 ? line : `${line.slice(0, 57)}...`;
}
