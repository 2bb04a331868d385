import type { Feature } from '../../facts/change-facts.ts';
import { anchorOf } from '../comparing/anchor.ts';
import type { Compared } from '../comparing/compared.ts';
import { differing } from '../comparing/differing.ts';
import { extend, helpersOf } from '../comparing/extended.ts';
import { isGainedElsewhere } from '../comparing/features.ts';
import { ofKind } from '../comparing/of-kind.ts';
import { pairValues } from '../comparing/paired-values.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly setting: string;
  readonly from: string | undefined;
  /** Undefined: no longer set. */
  readonly to: string | undefined;
}

interface Weaker {
  readonly from: Feature | undefined;
  readonly to: Feature | undefined;
}

export default defineRule({
  id: 'risk/cors-cookie-weakened',
  title: 'Cookie, CORS or content policy loosened',
  why: 'These settings are what keeps pages of others, and scripts that were slipped in, from acting with the rights of a signed-in user.',
  severity: 'warning',
  scope: 'change',
  group: 'crypto',
  *check(input): Iterable<Evidence<Data>> {
    for (const compared of differing(input, 'cookie')) {
      const weaker = weakerSetting(compared, input);
      if (!weaker) continue;
      const { path, now } = compared;
      const { from, to } = weaker;
      const range = to?.range ?? anchorOf(compared, from!.range);
      yield {
        path,
        range,
        subject: now.id,
        compared,
        related: from ? [{ path, range, message: 'It was', text: from.text }] : [],
        data: { setting: (from ?? to)?.owner ?? '', from: from?.literal, to: to?.literal },
      };
    }
  },
  message: ({ data: { setting, from, to } }) => {
    if (to === undefined && from === setting) return `'${setting}' is no longer registered: ${effectOf(setting)}.`;
    if (to === undefined) return `'${setting}' (${from}) is no longer set: ${effectOf(setting)}.`;
    if (from === undefined) return `'${setting}' is new here: ${effectOf(setting)}.`;
    return `'${setting}' went from ${shortened(from)} to ${shortened(to)}: ${effectOf(setting)}.`;
  },
});

function shortened(literal: string): string {
  const line = literal.replace(/\s+/g, ' ');
  return line.length <= 40 ? line : `${line.slice(0, 37)}...`;
}

function effectOf(setting: string): string {
  if (/^http_?only$/i.test(setting)) return 'scripts of the page can read the cookie now';
  if (/^same_?site$/i.test(setting)) return 'the cookie goes along with requests that start on other sites';
  if (setting === 'secure') return 'the cookie may travel without encryption';
  if (/helmet|header/i.test(setting)) return 'answers go out without the headers that protect pages';
  if (/csrf|csurf|lusca/i.test(setting)) return 'pages of others can make a signed-in user act';
  if (/origin/i.test(setting)) return 'pages of any site can read the answers';
  return 'scripts that were slipped in are no longer stopped';
}

/** A value that is less strict than it was, a strict one that is gone while its owner stays, or a source that lets any script run. */
function weakerSetting(compared: Compared, input: RuleInput): Weaker | undefined {
  const helpers = helpersOf(input);
  const before = of(extend(compared.base, helpers.removed).features);
  const after = of(extend(compared.now, helpers.added).features);
  if (before.length === 0 && after.length === 0) return undefined;
  for (const { base: from, now: to } of pairValues(before, after, loose)) {
    if (to && compared.now.features.includes(to) && Number(to.value) < Number(from.value)) return { from, to };
    if (!to && Number(from.value) > 0 && isDropped(from, compared, input)) return { from, to };
  }
  const isOpen = ({ owner, value }: Feature) =>
    value === '0' && /^script source|^contentSecurityPolicy$/.test(owner ?? '');
  const known = before.map(({ owner }) => owner);
  const to = after.find((one) => isOpen(one) && !known.includes(one.owner) && compared.now.features.includes(one));
  return to && { from: undefined, to };
}

function of(features: readonly Feature[]): readonly Feature[] {
  return ofKind(features, 'cookie');
}

/** `app.use(helmet())` */
function isMiddleware({ text }: Feature): boolean {
  return /^[\w$.]+\.(?:use|register)\(/.test(text);
}

/** Something of that name came to another place: the list of middleware of a class, another file. */
function isRegisteredElsewhere(
  { owner = '' }: Feature,
  { change }: RuleInput,
  baseText: string,
  nowText: string,
): boolean {
  const count = (text = '') => text.split(owner).length;
  if (count(nowText) >= count(baseText)) return true;
  return (change?.files ?? []).some(({ base, now }) => now !== nowText && count(now) > count(base));
}

function loose(key: string): string {
  return key.replace(/ of .*$/, '');
}

/** What held it still stands. The default of `sameSite` is `lax`; origins and sources that are gone are stricter, or elsewhere. */
function isDropped(from: Feature, { base, now, baseText, nowText }: Compared, input: RuleInput): boolean {
  const name = from.owner ?? '';
  if (isMiddleware(from))
    return !isGainedElsewhere(from, now, input) && !isRegisteredElsewhere(from, input, baseText, nowText);
  const matters = /^http_?only$|^secure$/i.test(name) || (/^same_?site$/i.test(name) && from.value === '2');
  if (!matters || isGainedElsewhere(from, now, input)) return false;
  const code = nowText.slice(now.range.start, now.range.end);
  const count = (text: string) => text.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0;
  if (code.includes('...') || count(code) >= count(baseText.slice(base.range.start, base.range.end))) return false;
  const owner = from.key.replace(/^.* of /, '');
  if (now.calls.some(({ key, name: called }) => owner === key || owner.endsWith(`.${called}`) || owner === called))
    return true;
  return base.kind === 'variable' && owner === now.name;
}
