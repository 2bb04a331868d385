import type { TextRange } from '../../core/text.ts';
import type { Feature } from '../../facts/change-facts.ts';
import { anchorOf } from '../comparing/anchor.ts';
import type { Compared } from '../comparing/compared.ts';
import { changedValues, lostFeatures } from '../comparing/features.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly what: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export default defineRule({
  id: 'risk/crypto-changed',
  title: 'Cryptography changed',
  why: 'What was hashed, signed or encrypted before was made with the old values: it can no longer be read or compared, unless both are understood for a while.',
  severity: 'warning',
  scope: 'change',
  group: 'crypto',
  *check(input): Iterable<Evidence<Data>> {
    const told = new Set<Compared['now']>();
    for (const { compared, from, to } of changedValues(input, 'crypto', loose)) {
      if (told.has(compared.now)) continue;
      told.add(compared.now);
      const { path, now } = compared;
      const { range } = to;
      yield {
        path,
        range,
        subject: now.id,
        compared,
        related: [{ path, range, message: 'It was', text: from.text }],
        data: { what: from.owner ?? '', from: from.literal, to: to.literal },
      };
    }
    for (const { compared, lost } of replacedSafe(input)) {
      if (told.has(compared.now)) continue;
      told.add(compared.now);
      const { path, now } = compared;
      const range = guessableIn(compared) ?? anchorOf(compared, lost.range);
      yield {
        path,
        range,
        subject: now.id,
        compared,
        related: [{ path, range, message: 'What stood here', text: lost.text }],
        data: { what: lost.owner ?? '', from: undefined, to: undefined },
      };
    }
  },
  message: ({ data: { what, from, to } }) => {
    if (from === undefined) return `The ${what} is gone: ${whyOf(what)}.`;
    return `${what} went from ${from} to ${to}: what was made with the old value may no longer be read or compared.`;
  },
});

function loose(key: string): string {
  return key.startsWith('option ') ? key.replace(/ of .*$/, '') : key;
}

function whyOf(what: string): string {
  if (what.startsWith('check')) return 'a token that anybody wrote is read as if it were one of ours';
  if (what.startsWith('comparison')) return 'the time that the answer takes now tells how much of a secret was right';
  return 'what is drawn with Math.random can be guessed';
}

/** A safe way that is gone while the unsafe one stands where it was: `===` on the same values, `Math.random()`. */
function* replacedSafe(input: RuleInput): Iterable<{ compared: Compared; lost: Feature }> {
  for (const { compared, lost } of lostFeatures(input, 'crypto')) {
    if (!lost.key.startsWith('safe ')) continue;
    const { base, now, baseText, nowText } = compared;
    const grew = (pattern: RegExp) =>
      count(nowText.slice(now.range.start, now.range.end), pattern) >
      count(baseText.slice(base.range.start, base.range.end), pattern);
    if (standIns(lost.key).some(grew) || (lost.key.includes('comparison') && comparesAnew(compared)))
      yield { compared, lost };
  }
}

/** What does the same without being safe. */
function standIns(key: string): readonly RegExp[] {
  if (key.includes('comparison')) return [/[!=]==?/g, /\.equals\(/g];
  return key.includes('signature')
    ? [/\b(?:decodeJwt|decodeJWT|jwt_?[dD]ecode|decodeToken)\(|\bjwt\.decode\(/g]
    : [/\bMath\.random\(/g];
}

const equality = /[\w$.)\]]+\s*={2,3}\s*[\w$.(]+/g;

/** Two values are compared that were not: checks of their length went with the call that needed them. */
function comparesAnew({ base, now, baseText, nowText }: Compared): boolean {
  const known: readonly string[] = baseText.slice(base.range.start, base.range.end).match(equality) ?? [];
  const after = nowText.slice(now.range.start, now.range.end).match(equality) ?? [];
  return after.some((one) => !known.includes(one) && !/={2,3}\s*(?:null|undefined|true|false)\b|\blength\b/.test(one));
}

/** The `Math.random()` that stands there now. */
function guessableIn({ base, now, baseText, nowText }: Compared): TextRange | undefined {
  if (/\bMath\.random\(/.test(baseText.slice(base.range.start, base.range.end))) return undefined;
  const at = nowText.slice(now.range.start, now.range.end).search(/\bMath\.random\(/);
  return at < 0 ? undefined : { start: now.range.start + at, end: now.range.start + at + 'Math.random'.length };
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
