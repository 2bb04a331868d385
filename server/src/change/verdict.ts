import type { Remedy, Verdict } from '../core/finding.ts';
import { contains, type TextRange } from '../core/text.ts';
import type { ChangeFacts, Declaration } from '../facts/change-facts.ts';
import type { TagFact } from '../facts/file-facts.ts';
import { commentStart, lineEnd, lineStart } from './comments.ts';
import type { FlagGuard } from './guards.ts';

/** A risk and all that may account for it, in the file as it is now. */
export interface Risk {
  /** Where it stands. */
  readonly place: TextRange;
  /** Undefined where it stands in no code: in a manifest, in `package.json`. */
  readonly declaration: Declaration | undefined;
  /** Kinds of a tag that account for it: the rule's name and the word of its group. */
  readonly kinds: readonly string[];
  readonly text: string;
  readonly facts: ChangeFacts;
  readonly tags: readonly TagFact[];
  readonly trailers: readonly Trailer[];
  readonly guards: readonly FlagGuard[];
  /** Tests that changed with the declaration and name it. */
  readonly tests: readonly string[];
}

/** A line `Risk: kind - reason` of a commit of this change. */
export interface Trailer {
  readonly kind: string;
  readonly reason: string;
}

/**
 * Whether a risk is under control: it stands behind a flag, a delivery tag with a reason (in code, or in a commit's message) accounts
 * for it, or a test that names its declaration changed with it. Any of them is enough, unless the policy requires some.
 * @param today YYYY-MM-DD: a tag accounts for nothing after its `until`
 */
export function verdictOf(risk: Risk, required: readonly Remedy[] | undefined, today: string): Verdict {
  const tags = risk.tags.filter((one) => accountsFor(one, risk, today));
  const controls = controlsOf(risk, tags[0]);
  const missing = (required ?? []).filter((one) => !controls.some(({ state }) => states[one] === state));
  const [first] = controls;
  if (!first) return missing.length > 0 ? { state: 'open', missing } : { state: 'open' };
  const by = controls.map((one) => (one === first ? one.by : `${one.state} by ${one.by}`)).join('; ');
  const at = tags.length > 0 ? { at: tags.map(({ range }) => range) } : {};
  if (missing.length > 0) return { state: 'open', by: `${first.state}: ${by}`, missing, ...at };
  return { state: first.state, by, ...at };
}

const states = { flag: 'flagged', tag: 'tagged', test: 'tested' } as const;

function controlsOf(risk: Risk, tag: TagFact | undefined): { readonly state: Verdict['state']; readonly by: string }[] {
  const guard = risk.guards.find((one) => contains(one.range, risk.place));
  const trailer = tag ? undefined : risk.trailers.find((one) => isAbout(one, risk));
  return [
    ...(guard ? [{ state: 'flagged' as const, by: `behind flag '${guard.key}'` }] : []),
    ...(tag ? [{ state: 'tagged' as const, by: tag.reason }] : []),
    ...(trailer ? [{ state: 'tagged' as const, by: `${trailer.reason} (commit message)` }] : []),
    ...risk.tests.slice(0, 1).map((by) => ({ state: 'tested' as const, by })),
  ];
}

function isAbout({ kind, reason }: Trailer, { kinds }: Risk): boolean {
  return reason !== '' && kinds.includes(kind);
}

function accountsFor(tag: TagFact, risk: Risk, today: string): boolean {
  return isAbout(tag, risk) && !isPast(tag, today) && hasDate(tag) && covers(tag, risk);
}

/** Past its `until`, a tag accounts for nothing any more. */
export function isPast({ fields: { until } }: TagFact, today: string): boolean {
  return until !== undefined && until < today;
}

/** Nobody can tell when a tag ends whose `until` is no date of the calendar: it accounts for nothing. */
export function hasDate({ fields: { until } }: TagFact): boolean {
  if (until === undefined) return true;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(until) ? Date.parse(`${until}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(until);
}

/** A tag covers what it stands on the line of or directly above: the place, its statement, or a declaration around it. */
export function covers(tag: TagFact, risk: Pick<Risk, 'text' | 'place' | 'declaration' | 'facts'>): boolean {
  const { text, place } = risk;
  const onLine = tag.range.start >= lineStart(text, place.start) && tag.range.start < lineEnd(text, place.start);
  if (onLine) return true;
  const { declaration } = risk;
  const statement = declaration?.statements.find((one) => contains(one.range, place));
  const around = declaration ? enclosing(declaration, risk.facts) : [];
  return [place, ...(statement ? [statement.range] : []), ...around.map((one) => one.range)].some(
    ({ start }) =>
      (tag.range.start >= commentStart(text, firstOnLine(text, start)) && tag.range.start < start) ||
      (start !== place.start && tag.range.start >= start && tag.range.start < lineEnd(text, start)),
  );
}

function firstOnLine(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return start + (/^[ \t]*/.exec(text.slice(start, offset))?.[0].length ?? 0);
}

function enclosing(declaration: Declaration, facts: ChangeFacts): readonly Declaration[] {
  return facts.declarations.filter((one) => one.kind !== 'module' && contains(one.range, declaration.range));
}
