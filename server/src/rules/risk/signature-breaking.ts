import { lineEnd } from '../../change/comments.ts';
import { count } from '../../core/count.ts';
import type { Severity } from '../../core/finding.ts';
import type { Declaration } from '../../facts/change-facts.ts';
import { publicNames } from '../../facts/public-names.ts';
import { type OldCall, oldCalls } from '../comparing/callers.ts';
import { type Compared, comparedDeclarations, shownName } from '../comparing/compared.ts';
import { handedOver } from '../comparing/handed-over.ts';
import { type Breaking, breakingChange, isMiscounted, isStale } from '../comparing/signatures.ts';
import { toldOnce } from '../comparing/told-once.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly shown: string;
  readonly kind: Breaking['kind'];
  readonly names: readonly string[];
  /** The entry point from which others call it. */
  readonly from: string | undefined;
  /** Files of the workspace that still call it as before, or hand it over to something that does. */
  readonly callers: readonly string[];
  readonly handed: boolean;
  /** How many more of the change changed in the same way, told as hints. */
  readonly beside?: number;
}

export default defineRule({
  id: 'risk/signature-breaking',
  title: 'Parameters changed under their callers',
  why: 'A call that was right before passes too little, or the right values in the wrong places. Where types agree by chance, or the caller is JavaScript, nothing tells it before it runs.',
  severity: 'warning',
  scope: 'change',
  group: 'contract',
  check: (input) =>
    toldOnce(broken(input), {
      input,
      id: 'risk/signature-breaking',
      group: 'contract',
      most: 1,
      causeOf: ({ data: { kind, names, from } }) => `${kind} ${names.join()} ${from}`,
    }),
  message: ({ data }) => {
    const { beside = 0 } = data;
    return beside === 0
      ? messageOf(data)
      : `${messageOf(data)} So it is with ${count(beside, 'other function')} of this change.`;
  },
});

function messageOf({ shown, kind, names, from, callers, handed }: Data): string {
  const list = names.map((one) => `'${one}'`).join(', ');
  const what = {
    required: `now requires ${list}`,
    removed: `does not take ${list} any more`,
    moved: `takes ${list} in another place now`,
    replaced: `takes something else in place of ${list} now`,
  }[kind];
  const more = callers.length > 2 ? ` and ${callers.length - 2} more files` : '';
  const still =
    callers
      .slice(0, 2)
      .map((one) => `'${one}'`)
      .join(', ') + more;
  if (!from && handed)
    return `${shown} ${what}, and ${still} ${callers.length === 1 ? 'hands' : 'hand'} it over to what never gives it that.`;
  if (!from) return `${shown} ${what}, and ${still} still ${callers.length === 1 ? 'calls' : 'call'} it as before.`;
  const inside = callers.length > 0 ? `, and so does ${still} here` : '';
  return `${shown} ${what}: whoever calls it from '${from}' breaks with the next version${inside}.`;
}

function* broken(input: RuleInput): Iterable<Evidence<Data>> {
  const packages = offeredBy(input);
  for (const compared of comparedDeclarations(input)) {
    const { base, now, path } = compared;
    if (!base.signature || !now.signature || isOfError(now)) continue;
    const breaking = breakingChange(base.signature, now.signature);
    if (!breaking || isOverloaded(compared)) continue;
    const from = now.exported && base.exported ? packages(compared) : undefined;
    const calls = staleCalls(compared, breaking, input);
    const stale = calls.length > 0 ? calls : tooFewGiven(compared, breaking, input);
    const handed = calls.length === 0 && stale.length > 0;
    if (from === undefined && stale.length === 0) continue;
    yield {
      path,
      range: now.nameRange,
      subject: now.id,
      severity: severityOf(stale, breaking, compared, from),
      compared,
      related: [
        { path, range: now.nameRange, message: 'It was', text: headOf(compared) },
        ...stale.slice(0, 5).map((one) => ({
          path: one.path,
          range: one.range,
          message: handed ? 'Handed over as before' : 'Still called as before',
        })),
      ],
      data: {
        shown: shownName(now),
        kind: breaking.kind,
        names: breaking.names,
        from,
        callers: [...new Set(stale.map((one) => one.path))],
        handed,
      },
    };
  }
}

/** The entry point of a published package that offers a declaration; asked only where parameters changed. */
function offeredBy(input: RuleInput): (compared: Compared) => string | undefined {
  let offered: Map<string, string> | undefined;
  return ({ path, now }) => {
    if (!offered) {
      offered = new Map();
      const names = publicNames(input.modules.now);
      for (const { specifier, path: entry } of input.modules.now.entries)
        for (const origin of names(entry).names.values()) offered.set(`${origin.path} ${origin.local}`, specifier);
    }
    const holder = now.container === '' ? now.name : /^class ([\w$]+)$/.exec(now.container)?.[1];
    return holder === undefined || now.name.startsWith('_') ? undefined : offered.get(`${path} ${holder}`);
  };
}

/** Methods are told apart by name only, so that names that others have too say nothing. */
function staleCalls(compared: Compared, breaking: Breaking, input: RuleInput): OldCall[] {
  const { now } = compared;
  if (now.kind === 'method' && (now.name === 'constructor' || isShared(compared, input))) return [];
  if (now.kind !== 'function' && now.kind !== 'method') return [];
  return oldCalls(compared, input).filter((one) => isStale(one.args, breaking, now.signature ?? []));
}

/** Where it is handed over, and gets fewer arguments than it requires now; a component is no callback. */
function tooFewGiven(compared: Compared, breaking: Breaking, input: RuleInput): OldCall[] {
  const { base, now } = compared;
  if (breaking.kind !== 'required' || /^[A-Z]/.test(now.name)) return [];
  const least = (all: typeof now.signature) => (all ?? []).filter((one) => !one.optional).length;
  const [before, after] = [least(base.signature), least(now.signature)];
  return handedOver(compared, input).filter(({ args }) => before <= args && args < after);
}

function isShared({ path, now }: Compared, input: RuleInput): boolean {
  const alike = (input.changeFacts(path)?.declarations ?? []).filter((one) => one.name === now.name);
  return alike.length > 1 || now.name.length < 4 || common.has(now.name);
}

const common = new Set(
  'load save send read write open close find create update delete remove handle render execute parse format build start stop init push call apply next then catch emit query fetch list check validate process toString toJSON'.split(
    ' ',
  ),
);

/** What a compiler of the caller tells anyway is only hinted at. */
function severityOf(
  stale: readonly OldCall[],
  breaking: Breaking,
  { now }: Compared,
  from: string | undefined,
): Severity | undefined {
  if (from !== undefined) return undefined;
  const isTold = ({ path, args }: OldCall) =>
    /\.[cm]?tsx?$/.test(path) && (breaking.typed || isMiscounted(args, now.signature ?? []));
  return stale.every(isTold) ? 'hint' : undefined;
}

/** Who catches an error of a package does not make it. */
function isOfError({ name, container }: Declaration): boolean {
  return name === 'constructor' && /(?:Error|Exception|Failed|Failure)$/.test(container);
}

/** With overloads, what callers may pass is written elsewhere. */
function isOverloaded({ now, nowText }: Compared): boolean {
  const name = now.name.replace(/[$]/g, '\\$&');
  if (!/^[\w$]+$/.test(now.name)) return true;
  const heads = nowText.match(
    new RegExp(
      `^[ \\t]*(?:export\\s+|default\\s+|public\\s+|static\\s+|async\\s+|function\\s+)*${name}\\s*(?:<[^>(]*>)?\\([^)]*\\)[^{;=]*;`,
      'gm',
    ),
  );
  const isTyped = (one: string) => /function\s/.test(one) || /\)\s*:/.test(one);
  // `const invoke: Invoke = (action) => ...`: the type says what it takes.
  const { start, end } = { start: now.nameRange.end, end: now.range.end };
  if (/^\s*:\s*(?!\()[\w$.]+(?:<[^=]*>)?\s*=[^=>]/.test(nowText.slice(start, Math.min(end, start + 300)))) return true;
  return heads?.some(isTyped) ?? false;
}

/** The first line, and further ones up to the body. */
function headOf({ base, baseText }: Compared): string {
  const { start, end } = base.range;
  const text = baseText.slice(start, Math.min(end, start + 400));
  const body = /\)[^)]*?(?:\{|=>)\s*(?:\n|$)/.exec(text);
  return (body ? text.slice(0, body.index + 1) : baseText.slice(start, lineEnd(baseText, start))).trim();
}
