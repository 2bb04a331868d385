import { type RiskGroup, riskGroups } from '../../core/risk-groups.ts';
import { nearKeys } from '../../flags/definitions/near-key.ts';
import type { Rule } from '../rule.ts';

/** What a delivery tag may account for: the word of a group, or the name of a rule about risks. */
export interface RiskKind {
  readonly kind: string;
  /** For a person: what the group is about, or what the rule finds. */
  readonly what: string;
  readonly group: RiskGroup;
  /** It stands for all rules of its group. */
  readonly isGroup: boolean;
}

const known = new WeakMap<readonly Rule[], ReadonlyMap<string, RiskKind>>();

/** By kind: groups first, then rules, both in their order. */
export function kindsOf(rules: readonly Rule[]): ReadonlyMap<string, RiskKind> {
  const made = known.get(rules) ?? new Map([...groupKinds(), ...ruleKinds(rules)].map((one) => [one.kind, one]));
  known.set(rules, made);
  return made;
}

function groupKinds(): RiskKind[] {
  return Object.entries(riskGroups).map(([group, { what }]) => ({
    kind: group,
    what,
    group: group as RiskGroup,
    isGroup: true,
  }));
}

function ruleKinds(rules: readonly Rule[]): RiskKind[] {
  return rules.flatMap(({ id, title, group }) =>
    group === undefined ? [] : [{ kind: nameOf(id), what: title, group, isGroup: false }],
  );
}

/** `timeout-changed` of `risk/timeout-changed`. */
export function nameOf(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

/** What somebody meant: a slip of the pen, a name with its family, or the beginning of one name only. */
export function meantBy(word: string, names: Iterable<string>): string | undefined {
  const all = [...names];
  const name = nameOf(word);
  if (all.includes(name)) return name;
  const near = nearKeys(all)(word) ?? nearKeys(all)(name);
  if (near !== undefined || name.length < 4) return near;
  const longer = all.filter((one) => one.startsWith(`${name}-`));
  if (longer.length > 0) return longer.length === 1 ? longer[0] : undefined;
  return all.find((one) => one.length >= 4 && name.startsWith(one));
}
