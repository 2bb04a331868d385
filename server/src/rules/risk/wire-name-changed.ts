import { count } from '../../core/count.ts';
import type { ChangeFacts, Feature } from '../../facts/change-facts.ts';
import { mayHold } from '../../facts/same.ts';
import { type ChangedValue, changedValues } from '../comparing/features.ts';
import { toldOnce } from '../comparing/told-once.ts';
import type { PutBack } from '../comparing/without-check.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  /** `topic`, `cookie`, `storage key`. */
  readonly channel: string;
  readonly from: string;
  readonly to: string;
  /** All places of the change where it was called otherwise. */
  readonly back: readonly PutBack[];
  /** How many further names of the file are others now, told as hints. */
  readonly beside?: number;
}

export default defineRule({
  id: 'risk/wire-name-changed',
  title: 'Name on the wire changed',
  why: 'Keys of stored data, topics, queues and events are agreed with what runs elsewhere or ran before: data that was stored and messages that are under way carry the old name, and no compiler sees it.',
  severity: 'warning',
  scope: 'change',
  group: 'contract',
  // Several names of one file are called otherwise for one reason.
  check: (input) =>
    toldOnce(calledOtherwise(input), {
      input,
      id: 'risk/wire-name-changed',
      group: 'contract',
      most: 1,
      causeOf: ({ path }) => path,
    }),
  message: ({ data: { channel, from, to, beside = 0 } }) => {
    const others = beside === 0 ? '' : ` So it is with ${count(beside, 'more name')} of this file.`;
    return `The ${channel} ${from} is now called ${to}: ${consequence(channel)} under the old name is not seen any more.${others}`;
  },
  // One place alone is brought back as everything is that is gone.
  fixes: ({ path, data: { from, back } }) =>
    back.length < 2
      ? []
      : [{ id: 'restore', title: `Restore ${from} in ${back.length} places`, safe: false, data: { path, back } }],
});

function* calledOtherwise(input: RuleInput): Iterable<Evidence<Data>> {
  const told = new Set<unknown>();
  const all = [...renamed(input)];
  for (const { compared, from, to } of all) {
    const name = `${from.owner} ${from.value} ${to.value}`;
    if (told.has(name) || told.has(compared)) continue;
    told.add(name).add(compared);
    const { path, now } = compared;
    yield {
      path,
      range: to.range,
      subject: now.id,
      severity: severityOf(from, to),
      compared,
      related: [{ path, range: to.range, message: 'It was', text: from.text }],
      data: {
        channel: from.owner ?? 'name',
        from: from.literal ?? '',
        to: to.literal ?? '',
        back: placesOf(from, to, all),
      },
    };
  }
}

/** Where the same name became the same other one. A template's own variables may be called otherwise by now. */
function placesOf(from: Feature, to: Feature, all: readonly ChangedValue[]): PutBack[] {
  const found = new Map<string, PutBack>();
  for (const { compared, from: old, to: other } of all) {
    if (old.value !== from.value || other.value !== to.value || /\$\{/.test(old.literal ?? '')) continue;
    const { path, nowText } = compared;
    const { range } = other;
    const place = { path, range, from: nowText.slice(range.start, range.end), to: old.literal ?? '' };
    found.set(`${path} ${range.start}`, place);
  }
  return [...found.values()];
}

/** Names that were replaced: the old one stands nowhere in the change any more, and the new one stood nowhere in it before. */
function* renamed(input: RuleInput): Iterable<ChangedValue> {
  const files = input.change?.files ?? [];
  let stands: ReadonlySet<string> | undefined;
  let stood: ReadonlySet<string> | undefined;
  for (const one of changedValues(input, 'wire-name')) {
    stands ??= namesIn(files.map(({ path }) => input.changeFacts(path)));
    stood ??= namesIn(files.map(({ basePath }) => input.baseFacts(basePath)));
    if (!stands.has(one.from.value ?? '') && !stood.has(one.to.value ?? '')) yield one;
  }
}

function namesIn(files: readonly (ChangeFacts | undefined)[]): ReadonlySet<string> {
  const features = files.flatMap((one) => (one ? mayHold(one, 'wire-name') : [])).flatMap((one) => one.features);
  return new Set(features.flatMap(({ kind, value }) => (kind === 'wire-name' && value ? [value] : [])));
}

/** What is only kept for speed comes back by itself; a name with a new number at its end says what it does. */
function severityOf(from: Feature, to: Feature): 'info' | undefined {
  const withoutNumber = (name = '') => name.replace(/[-_.:@/]?v?\d+(?=\D*$)/i, '');
  const isKept = from.owner === 'cache key' || from.owner === 'IPC channel';
  return isKept || withoutNumber(from.value) === withoutNumber(to.value) ? 'info' : undefined;
}

function consequence(channel: string): string {
  if (/key$|^cookie$/.test(channel)) return 'what was stored';
  if (/^(?:queue|topic|routing key|job)$/.test(channel)) return 'what is under way or still sent';
  return 'what others send or wait for';
}
