import { lineEnd } from '../../change/comments.ts';
import type { Feature } from '../../facts/change-facts.ts';
import { anchorOf } from '../comparing/anchor.ts';
import type { Compared } from '../comparing/compared.ts';
import { differing } from '../comparing/differing.ts';
import { extend, helpersOf } from '../comparing/extended.ts';

import { lostFields } from '../comparing/interface-documents.ts';
import { ofKind } from '../comparing/of-kind.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly key: string;
  /** What it seems to be called now. */
  readonly to: string | undefined;
  /** Further keys that are gone. */
  readonly more: readonly string[];
  readonly of: 'answer' | 'failure' | 'schema';
}

export default defineRule({
  id: 'risk/response-shape',
  title: 'Key of a response removed or renamed',
  why: 'Clients that are already out there go on reading the old key, and get undefined. Neither the compiler nor a test of this side sees it.',
  severity: 'warning',
  scope: 'change',
  group: 'contract',
  *check(input): Iterable<Evidence<Data>> {
    const helpers = helpersOf(input);
    for (const compared of differing(input, 'response')) {
      const before = responsesOf(extend(compared.base, helpers.removed).features).filter(
        (one) => !isAnsweredElsewhere(one, compared, input),
      );
      if (before.length === 0) continue;
      const lost = lostKeys(before, responsesOf(extend(compared.now, helpers.added).features))[0];
      if (!lost) continue;
      const { path, now } = compared;
      const [key, ...more] = lost.keys;
      const range = placeOf(lost, compared);
      yield {
        path,
        range,
        subject: now.id,
        severity: isOfOwnPage(compared) ? 'hint' : isFailure(lost.base) ? 'info' : undefined,
        compared,
        related: [{ path, range, message: 'It was', text: lost.base.text }],
        data: { key: key!, to: lost.to, more, of: kindOf(lost.base) },
      };
    }
    for (const { path, range, owner, keys, text } of lostFields(input)) {
      const [key, ...more] = keys.map((one) => `${owner}.${one}`);
      const data = { key: key!, to: undefined, more, of: 'schema' as const };
      yield { path, range, subject: owner, related: [{ path, range, message: 'It was', text }], data };
    }
  },
  message: ({ data: { key, to, more, of } }) => {
    const others = more.length > 0 ? ` (and ${more.map((one) => `'${one}'`).join(', ')})` : '';
    const what = { answer: 'response', failure: 'response to a failure', schema: 'described response' }[of];
    if (to) return `'${key}' of the ${what} is now called '${to}': clients that read '${key}' find nothing there.`;
    return `The ${what} lost '${key}'${others}: clients that read it find nothing there.`;
  },
});

interface LostKeys {
  readonly base: Feature;
  readonly now: Feature;
  readonly keys: readonly string[];
  readonly to: string | undefined;
}

function responsesOf(features: readonly Feature[]): readonly Feature[] {
  return ofKind(features, 'response');
}

function isFailure({ key }: Feature): boolean {
  return key.startsWith('failed');
}

function kindOf(feature: Feature): Data['of'] {
  return isFailure(feature) ? 'failure' : feature.key.startsWith('schema') ? 'schema' : 'answer';
}

/** The loader of a page that stands in the same file: who reads it comes with it. */
function isOfOwnPage({ now, path, nowText }: Compared): boolean {
  return (
    /^(?:loader|clientLoader|action|getServerSideProps)$/.test(now.name) &&
    /\.[jt]sx$/.test(path) &&
    /\bexport\s+default\b/.test(nowText)
  );
}

/** The very answer stands in another declaration of the change, which did not give it: a controller was split. */
function isAnsweredElsewhere(base: Feature, { now }: Compared, input: RuleInput): boolean {
  const same = (some: readonly Feature[] | undefined) =>
    ofKind(some, 'response').filter((one) => one.key === base.key && sameKeys(one, base)).length;
  if (same(now.features) > 0) return false;
  return input.pairs.some((pair) => pair.now !== now && same(pair.now?.features) > same(pair.base?.features));
}

/** Each answer of the base against the one that is most like it now. An answer that has no like is gone as a whole, with its case. */
function lostKeys(before: readonly Feature[], after: readonly Feature[]): LostKeys[] {
  const found: LostKeys[] = [];
  for (const [base, now] of matched(before, after)) {
    const [old, left] = [base.words ?? [], now.words ?? []];
    const gone = old.filter((key) => isKey(key) && !left.includes(key) && !isOpen(key, left));
    const keys = gone.filter(
      (key) => !gone.some((other) => key.startsWith(`${other}.`) || key.startsWith(`${other}[].`)),
    );
    if (keys.length === 0) continue;
    const gained = left.filter((key) => isKey(key) && !old.includes(key) && !isOpen(key, old));
    const to =
      keys.length === 1 && gained.length === 1 && levelOf(gained[0]!) === levelOf(keys[0]!) ? gained[0] : undefined;
    found.push({ base, now, keys, to });
  }
  return found;
}

function matched(before: readonly Feature[], after: readonly Feature[]): [Feature, Feature][] {
  const pairs: [Feature, Feature][] = [];
  const left = [...after];
  const rest: Feature[] = [];
  for (const base of before) {
    const equal = left.findIndex((one) => one.key === base.key && sameKeys(one, base));
    if (equal >= 0) left.splice(equal, 1);
    else rest.push(base);
  }
  for (const base of rest) {
    const others = left.filter((one) => one.key === base.key || mayHaveBecome(base, one));
    const scored = others.map((one) => ({ one, score: common(base, one) })).sort((a, b) => b.score - a.score);
    const best = scored[0];
    // Failures are alike: those that stayed as they were do not hide one that was renamed.
    const mates = (isFailure(base) ? rest : before).filter((one) => one.key === base.key);
    const isOnly = others.length === 1 && others[0]!.key === base.key && mates.length === 1;
    if (!best || (best.score === 0 && !isOnly)) continue;
    left.splice(left.indexOf(best.one), 1);
    pairs.push([base, best.one]);
  }
  return pairs;
}

/** Without its `error`, and without a status, an answer of a failure looks like any other one. */
function mayHaveBecome(base: Feature, now: Feature): boolean {
  return base.key === 'failed' && now.key === 'sent';
}

function sameKeys(a: Feature, b: Feature): boolean {
  return [...(a.words ?? [])].sort().join() === [...(b.words ?? [])].sort().join();
}

function common(a: Feature, b: Feature): number {
  const keys = (a.words ?? []).filter((key) => isKey(key) && b.words?.includes(key));
  return keys.length / Math.max(1, a.words?.length ?? 0, b.words?.length ?? 0);
}

function isKey(key: string): boolean {
  return !key.endsWith('*');
}

/** Where a key stood there may be more than is written: a spread, or a value that is made elsewhere. */
function isOpen(key: string, keys: readonly string[]): boolean {
  return keys.some((one) => one.endsWith('*') && key.startsWith(one.slice(0, -1)));
}

function levelOf(key: string): string {
  return key.slice(0, key.lastIndexOf('.') + 1);
}

/** The line where the key stood, within the answer where that stands in this declaration. */
function placeOf({ base, now, keys }: LostKeys, compared: Compared) {
  const name = keys[0]!.replace(/^.*\./, '').replace(/\[\]$/, '');
  const at = base.text.search(new RegExp(`(?<![\\w$.])['"]?${name}\\b`));
  const isOwn = compared.base.features.includes(base) && compared.now.features.includes(now);
  if (!isOwn) return compared.now.nameRange;
  if (at < 0) return anchorOf(compared, base.range);
  const start = base.range.start + at;
  const place = anchorOf(compared, { start, end: start + name.length });
  const inside = now.range.start <= place.end && place.start <= now.range.end;
  return inside
    ? place
    : { start: now.range.start, end: Math.min(now.range.end, lineEnd(compared.nowText, now.range.start)) };
}
