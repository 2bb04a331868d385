import { type FlagGuard, flagGuards } from '../../change/guards.ts';
import { verdictOf } from '../../change/verdict.ts';
import type { FixRef, Verdict } from '../../core/finding.ts';
import type { RiskGroup } from '../../core/risk-groups.ts';
import type { FlagRead, Inventory } from '../../flags/flag.ts';
import type { Evidence, Rule, RuleInput } from '../rule.ts';
import { symbolOf, textNow } from './compared.ts';
import { addTag, remedies, restoring, restoringInFile } from './remedies.ts';

/** Whether a risk is under control, by what, and what would bring it there. */
export interface Account {
  readonly verdict: Verdict;
  readonly fixes: readonly FixRef[];
}

/** The same for every rule about this change: a flag, a delivery tag of the rule's name or of its group, a test. */
export function accountFor(
  rule: Pick<Rule, 'id'> & { readonly group: RiskGroup },
  evidence: Evidence<unknown>,
  input: RuleInput,
): Account {
  const { path, range, compared } = evidence;
  const declaration = compared?.now ?? evidence.declaration;
  const name = rule.id.replace(/^.*\//, '');
  const text = textNow(input, path) ?? '';
  const { required } = input.policy.risk;
  const verdict = verdictOf(
    {
      place: range,
      declaration,
      kinds: [name, rule.group],
      text,
      facts: input.changeFacts(path) ?? { declarations: [], mutedChecks: [], exports: [] },
      tags: input.marked.get(path)?.tags ?? [],
      trailers: input.change?.trailers ?? [],
      guards: guardsOf(input, path),
      tests: declaration ? input.reach.changedTestsNaming(path, symbolOf(declaration, path)) : [],
    },
    required[name] ?? required[rule.group],
    input.today,
  );
  const file = input.change?.files.find((one) => one.path === path);
  const inTest = file?.test ?? false;
  const fixes = declaration
    ? remedies(path, range, declaration, compared, rule.group, inTest)
    : inTest
      ? [addTag(path, range.start, rule.group)]
      : [];
  const [related] = evidence.related ?? [];
  const whole = file && related?.path === path ? restoringInFile(file, related.text) : [];
  const restore = compared ? restoring(compared, related?.text) : whole;
  return { verdict, fixes: [...restore, ...fixes] };
}

/** Guards of flags that vary: a side that everybody gets guards nothing. */
export function guardsOf(input: RuleInput, path: string): readonly FlagGuard[] {
  const known = guards.get(input) ?? new Map<string, readonly FlagGuard[]>();
  guards.set(input, known);
  const found = known.get(path) ?? tellGuards(input, path);
  known.set(path, found);
  return found;
}

const guards = new WeakMap<RuleInput, Map<string, readonly FlagGuard[]>>();

function tellGuards(input: RuleInput, path: string): FlagGuard[] {
  const facts = input.changeFacts(path);
  const reads = readsByPath(input.inventory).get(path);
  if (!facts || !reads) return [];
  return flagGuards(facts, reads).filter(({ key, side }) => {
    const value = input.inventory.flags.get(key)?.value;
    return typeof value !== 'boolean' || value !== (side === 'on');
  });
}

const grouped = new WeakMap<Inventory, Map<string, FlagRead[]>>();

function readsByPath(inventory: Inventory): Map<string, FlagRead[]> {
  const known = grouped.get(inventory);
  if (known) return known;
  const reads = new Map<string, FlagRead[]>();
  for (const flag of inventory.flags.values())
    for (const read of flag.reads) reads.set(read.path, [...(reads.get(read.path) ?? []), read]);
  grouped.set(inventory, reads);
  return reads;
}
