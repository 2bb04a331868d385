import type { Severity } from '../../core/finding.ts';
import type { TextRange } from '../../core/text.ts';
import type { Feature } from '../../facts/change-facts.ts';
import { wordsOf } from '../../facts/words.ts';
import { anchorOf } from '../comparing/anchor.ts';
import type { Compared } from '../comparing/compared.ts';
import { differing } from '../comparing/differing.ts';
import { isMeasure } from '../comparing/measure.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  /** `Status`. */
  readonly owner: string;
  readonly name: string;
  readonly from: string;
  /** Undefined: it is gone. */
  readonly to: string | undefined;
  /** Further ones of the same set that are gone or have another value. */
  readonly more: number;
}

export default defineRule({
  id: 'risk/enum-member-removed',
  title: 'Member of an enum removed or renumbered',
  why: 'What was stored or sent before still carries the old value: readers that do not know it any more reject it, or take it for something else.',
  severity: 'warning',
  scope: 'change',
  group: 'contract',
  *check(input): Iterable<Evidence<Data>> {
    for (const compared of differing(input, 'member')) {
      const [first, ...others] = changedMembers(compared);
      if (!first || isOfFlags(first.base)) continue;
      const weight = weightOf(first, compared, input);
      if (!weight) continue;
      const { path, now } = compared;
      const range: TextRange = first.now?.range ?? anchorOf(compared, first.base.range);
      const { owner = '', key, value = '', text } = first.base;
      yield {
        path,
        range,
        subject: now.id,
        severity: weight,
        compared,
        related: [{ path, range, message: first.now ? 'It was' : 'The member that stood here', text }],
        data: { owner, name: nameOf(key), from: value, to: first.now?.value, more: others.length },
      };
    }
  },
  message: ({ data: { owner, name, from, to, more } }) => {
    const others = more > 0 ? ` (and ${more} more)` : '';
    if (to === undefined)
      return `'${owner || 'The list of values'}' lost ${shown(name)}${others}: data that was stored or sent with it is not known any more.`;
    if (!from.startsWith('"') && !to.startsWith('"'))
      return `'${owner}.${name}' went from ${from} to ${to}${others}: numbers that were stored or sent now mean something else.`;
    return `'${owner}.${name}' went from ${shown(from)} to ${shown(to)}${others}: data with the old value is not known any more.`;
  },
});

/** Keys of flags have rules of their own, and go as they came. */
function isOfFlags({ owner = '' }: Feature): boolean {
  return wordsOf(owner).some((word) => /^(?:flags?|toggles?|features?)$/.test(word));
}

interface ChangedMember {
  readonly base: Feature;
  readonly now: Feature | undefined;
}

/**
 * Members whose value is gone from their set, or stands for another name now. A set that is gone as a whole is no matter of this rule,
 * and neither is a value that the file writes elsewhere instead: old data is mapped there.
 */
function changedMembers({ base, now, baseText, nowText }: Compared): ChangedMember[] {
  const before = sets(base.features);
  const after = sets(now.features);
  const found: ChangedMember[] = [];
  for (const [set, some] of before) {
    const left = after.get(set) ?? (before.size === 1 && after.size === 1 ? [...after.values()][0]! : undefined);
    if (!left) continue;
    for (const one of some) {
      const sameName = left.find(({ key }) => nameOf(key) === nameOf(one.key));
      if (one.value === undefined || left.some(({ value }) => value === undefined)) continue;
      if (sameName?.value === one.value) continue;
      const isNumber = !one.value.startsWith('"');
      const sameValue = left.some(({ value }) => value === one.value);
      // Another name for the same number is a rename only where its own name is gone, and the other's is new.
      if (sameValue && !(isNumber && sameName)) continue;
      if (!isNumber && timesWritten(one.value, nowText) >= timesWritten(one.value, baseText)) continue;
      found.push({ base: one, now: sameName });
    }
  }
  return found;
}

function sets(features: readonly Feature[]): Map<string, Feature[]> {
  const found = new Map<string, Feature[]>();
  for (const one of features) {
    if (one.kind !== 'member') continue;
    const set = `${one.key.split(' ')[0]} ${one.owner}`;
    found.set(set, [...(found.get(set) ?? []), one]);
  }
  return found;
}

/** As a text, or as the name of a property. */
function timesWritten(value: string, text: string): number {
  const plain = escaped(JSON.parse(value) as string);
  return text.match(new RegExp(`(['"\`])${plain}\\1|(?<![\\w$])${plain}\\s*:`, 'g'))?.length ?? 0;
}

/**
 * A warning where the set is known to be stored, sent or parsed: it is part of a schema, or a file that imports it names it in one.
 * Less for an enum, or a constant whose type is one, that others can import; a hint where only the user interface names it, and for
 * other constants of names and values; nothing for lists, which are mostly for the program itself.
 */
function weightOf({ base }: ChangedMember, { path, now, nowText }: Compared, input: RuleInput): Severity | undefined {
  const [form] = base.key.split(' ');
  if (form === 'stored') return 'warning';
  if (isMeasure(base) || isSentence(base)) return undefined;
  const owner = escaped(base.owner ?? '');
  const schema = new RegExp(
    `(?:\\b\\w*[eE]num\\w*\\(\\s*(?:['"][^'"]*['"]\\s*,\\s*)?|\\benum\\s*:\\s*(?:Object\\.values\\()?)${owner}\\b`,
  );
  const users = [path, ...(now.exported ? input.importersOf(path) : [])];
  if (users.slice(0, 200).some((one) => schema.test(input.text(one) ?? ''))) return 'warning';
  if (!now.exported) return undefined;
  // `type Status = (typeof Status)[keyof typeof Status]`: the constant is meant as an enum.
  const isEnum =
    form === 'enum' ||
    new RegExp(`\\(?typeof ${owner}\\)?\\s*\\[\\s*(?:keyof typeof ${owner}|number)\\b`).test(nowText);
  if (isEnum && isOfScreens(base)) return 'hint';
  if (isEnum) return staysOnScreen(base.owner ?? '', users, input) ? 'hint' : 'info';
  const isNamed = /^(?:[\w$]+|'[^']*'|"[^"]*")\s*:/.test(base.text);
  return isNamed ? 'hint' : undefined;
}

/** Names of what the program itself shows, by which nothing is stored. */
function isOfScreens({ owner = '' }: Feature): boolean {
  return wordsOf(owner).some((word) =>
    /^(?:routes?|paths?|pages?|screens?|colou?rs?|icons?|breakpoints?|links?|urls?)$/.test(word),
  );
}

/** What somebody reads, a message of an error say. */
function isSentence({ value = '' }: Feature): boolean {
  return value.startsWith('"') && value.split(' ').length > 4;
}

const screen = /\.(?:[jt]sx|vue|svelte)$/;
const wire =
  /\bfetch\w*\(|\baxios\b|\bJSON\.|Storage\b|\bcookie|\bsearchParams|\buse(?:Query|Mutation|SWR|Params|SearchParams|Router|Navigate|FormData)\b|\bgql\b|[gG]raphql|[sS]chema|\bapi\b|\b\w+Api\b|\.(?:get|post|put|patch|delete|send|emit|publish|track|capture)\(/;

/** It is named in components, by name and not from a package's entry point, and no file that names it sends or stores anything. */
function staysOnScreen(owner: string, users: readonly string[], input: RuleInput): boolean {
  const [own, ...others] = users;
  const naming = others.filter((one) => new RegExp(`\\b${escaped(owner)}\\b`).test(input.text(one) ?? ''));
  const isShown = naming.filter((one) => screen.test(one)).length * 2 > naming.length || screen.test(own!);
  const isPublic = input.modules.now.entries.some(({ path }) => users.includes(path));
  return isShown && !isPublic && [own!, ...naming].every((one) => !wire.test(input.text(one) ?? ''));
}

function nameOf(key: string): string {
  return key.slice(key.indexOf(' ') + 1);
}

function shown(name: string): string {
  return `'${name.replace(/^"|"$/g, '')}'`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
