import type { CallFact, Feature } from '../../facts/change-facts.ts';
import { type Compared, shownName } from '../comparing/compared.ts';
import type { ExtendedCall } from '../comparing/extended.ts';
import { lostFeatures } from '../comparing/features.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  /** `$transaction`, `withLock`, `@Transactional`. */
  readonly wrapper: string;
  readonly lock: boolean;
  readonly calls: readonly string[];
  readonly from: string;
}

export default defineRule({
  id: 'risk/transaction-removed',
  title: 'Transaction or lock removed around writes that stay',
  why: 'Writes that happened all or not at all can now stop half way, or run into those of another request; the data that is left is mended by hand.',
  severity: 'warning',
  scope: 'change',
  group: 'errors',
  *check(input): Iterable<Evidence<Data>> {
    const told = new Set<string>();
    for (const { compared, lost, now } of lostFeatures(input, 'transaction')) {
      const { path } = compared;
      const left = leftAlone(lost, compared, now.calls, input);
      if (left.length === 0 || told.has(`${path} ${compared.now.id}`)) continue;
      told.add(`${path} ${compared.now.id}`);
      const { range } = left[0]!.own;
      yield {
        path,
        range,
        subject: compared.now.id,
        compared,
        related: [{ path, range, message: 'The writes as they stood here', text: shownText(lost, compared) }],
        data: {
          wrapper: lost.key.replace(/^(?:wrap|start) /, ''),
          lock: lost.value === 'lock',
          calls: [...new Set(left.map(({ name }) => name))].slice(0, 3),
          from: shownName(compared.now),
        },
      };
    }
  },
  message: ({ data: { wrapper, lock, calls, from } }) => {
    const shown = calls.map((one) => `'${one}'`).join(', ');
    return lock
      ? `The lock '${wrapper}' around ${shown} is gone: two runs of ${from} at a time can now mix.`
      : `The transaction '${wrapper}' around ${shown} is gone: a failure in between now leaves half of the writes.`;
  },
});

/** Writes that it held together and that stand outside of any such thing now: at least two, or none. Of a lock that takes what it holds, one. */
function leftAlone(
  lost: Feature,
  compared: Compared,
  now: readonly ExtendedCall[],
  input: RuleInput,
): readonly ExtendedCall[] {
  if (input.pairs.some((pair) => transactionsIn(pair.now) > transactionsIn(pair.base))) return [];
  const { calls } = compared.base;
  const held = calls.filter((one) => isHeld(one, lost) && !isBookkeeping(one));
  const known = new Set(calls.flatMap((one) => one.within));
  const left: ExtendedCall[] = [];
  for (const tail of new Set(held.map(tailOf))) {
    const before = calls.filter((one) => tailOf(one) === tail && !held.includes(one) && !isAt(one, lost)).length;
    const loose = now.filter((one) => tailOf(one) === tail && !isCovered(one, known));
    left.push(...loose.slice(0, Math.max(0, loose.length - before)));
  }
  left.sort((a, b) => a.own.range.start - b.own.range.start);
  const writes = left.filter(isWrite);
  if (lost.value !== 'lock') return writes.length > 1 ? writes : [];
  const isTaken = /^wrap (?:with|in|run|do|use)/i.test(lost.key) && writes.some((one) => one.awaited);
  return isTaken || (writes.length > 0 && left.filter((one) => one.awaited).length > 1) ? writes : [];
}

function isAt(one: CallFact, { range }: Feature): boolean {
  return one.range.start === range.start && one.range.end === range.end;
}

function transactionsIn(declaration: Compared['now'] | undefined): number {
  return declaration?.features.filter((one) => one.kind === 'transaction').length ?? 0;
}

/** Within the call that wraps, or below the statement that starts; a decorator holds all. */
function isHeld({ range }: CallFact, { key, range: holder }: Feature): boolean {
  if (key.startsWith('@')) return true;
  if (key.startsWith('start ')) return range.start > holder.end;
  return range.start > holder.start && range.end < holder.end;
}

/** Another wrapper stands around it now. */
function isCovered({ within }: ExtendedCall, known: ReadonlySet<string>): boolean {
  return within.some((name) => (!known.has(name) && !transparent.has(name)) || /transaction|lock/i.test(name));
}

const transparent = new Set(['all', 'allSettled', 'map', 'forEach', 'push', 'log', 'resolve']);

/** The name, with what it is a member of where that is more than the client: `tx.user.create` and `prisma.user.create` are one. */
function tailOf({ key }: CallFact): string {
  const parts = key.replace(/^this\./, '').split('.');
  return parts.slice(parts.length > 2 ? -2 : -1).join('.');
}

function isBookkeeping({ name }: CallFact): boolean {
  return /^(?:begin|start|commit|rollback|abort|end|release|unlock|connect|getConnection|create_?query_?runner|lock|acquire)/i.test(
    name,
  );
}

const writes =
  /^(?:create|update|delete|insert|save|upsert|remove|destroy|put|add|write|exec|execute|query|run|increment|decrement|store|persist|replace|append|mark|archive|move|transfer|debit|credit|set|publish|send|patch|merge|restore|bulk|connect|disconnect|assign|revoke|grant|charge|soft|truncate|\$(?:execute|query))/i;
const reads = /^(?:get|find|load|fetch|read|list|select|count|exists|is|has|check|validate|assert|parse|map|all|then)/i;

function isWrite({ name, awaited }: CallFact): boolean {
  return writes.test(name) || (awaited && !reads.test(name));
}

function shownText(lost: Feature, { base, baseText }: Compared): string {
  return lost.key.startsWith('wrap ') ? lost.text : baseText.slice(lost.range.start, base.range.end);
}
