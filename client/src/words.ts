import type { ChangeFinding, FlagHealth, FlagView, Readiness } from '../../server/src/protocol/messages.ts';

/** What a person reads for the health of a flag; also the order of the groups. */
export const healthNames: Readonly<Record<FlagHealth, string>> = {
  'orphan-read': 'Read but not defined',
  unused: 'Defined but not read',
  constant: 'Constant for everybody',
  expired: 'Past its date',
  stale: 'Stale',
  live: 'Live',
  unknown: 'Unknown',
};

/** What a person reads for a verdict. */
export const readinessNames: Readonly<Record<Readiness, string>> = {
  ready: 'Ready',
  'needs-a-look': 'Needs a look',
  'not-ready': 'Not ready',
};

/** `3 files`, `1 file`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** How many files speak of a flag. */
export function fileCount(flag: FlagView): number {
  return new Set([...flag.definitions, ...flag.reads].map((place) => place.uri)).size;
}

/** What keeps a risk under control, or that nothing does: `open`, `behind flag 'x'`, `tagged: hotfix`,
 * `suppressed: measured`, `tested by a.test.ts`. */
export function verdictText({ verdict, by }: ChangeFinding): string {
  if (by === undefined || verdict === 'open') return verdict;
  if (verdict === 'flagged') return by;
  return verdict === 'tested' ? `tested by ${by}` : `${verdict}: ${by}`;
}

/** The short line beside a flag's key: value, owner, reads. */
export function flagDescription(flag: FlagView): string {
  const parts: string[] = [];
  if (flag.value !== undefined) parts.push(formatValue(flag.value));
  if (flag.owner !== undefined) parts.push(flag.owner);
  if (flag.age !== undefined) parts.push(`${ageWords(flag.age)} old`);
  parts.push(flag.reads.length === 0 ? 'no reads' : count(flag.reads.length, 'read'));
  return parts.join(' · ');
}

/** `4 days`, `3 months`, `2 years`. */
export function ageWords(days: number): string {
  if (days < 60) return count(days, 'day');
  return days < 730 ? count(Math.floor(days / 30.44), 'month') : count(Math.floor(days / 365.25), 'year');
}

/** A value as code shows it: text in quotes. */
export function formatValue(value: boolean | string | number): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** The side of a flag that stays: `on`, `off`, or the value. */
export function sideWords(value: boolean | string | number): string {
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : formatValue(value);
}

/** A value as a person types it: `true`, `false`, a number, else text; quotes make anything text. */
export function parseValue(typed: string): boolean | string | number {
  const text = typed.trim();
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
  const quoted = /^(["'])(.*)\1$/s.exec(text);
  return quoted ? quoted[2]! : text;
}

/** What is wrong with a key, as a sentence; undefined when it is good. */
export function keyProblem(key: string): string | undefined {
  if (key.trim() === '') return 'Type a key for the flag.';
  if (/\s/.test(key)) return 'A key has no spaces.';
  if (!/^[\w.:/-]+$/.test(key)) return 'Use letters, digits, and the characters - _ . : / only.';
  return undefined;
}

/**
 * The first clause of a message, for a row that has little room: up to the first `: ` or `. ` outside quotes and brackets
 * that leaves something to read.
 */
export function headline(message: string): string {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < message.length - 1; i++) {
    const c = message[i]!;
    if (c === "'" && (quoted ? /[\s.,:;)]/ : /\w/).test(message[i + 1]!)) quoted = !quoted;
    if (c === '(') depth++;
    if (c === ')') depth--;
    const ends = (c === ':' || c === '.') && message[i + 1] === ' ';
    if (ends && i >= shortestHeadline && depth === 0 && !quoted) return message.slice(0, i);
  }
  return message.replace(/\.$/, '');
}

/** A shorter clause (`Changed:`) says nothing by itself. */
const shortestHeadline = 16;
