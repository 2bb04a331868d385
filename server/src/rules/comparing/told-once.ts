import type { RuleId } from '../../core/finding.ts';
import type { RiskGroup } from '../../core/risk-groups.ts';
import type { Evidence, RuleInput } from '../rule.ts';
import { accountFor } from './under-control.ts';

/** What is told once, by which rule. */
interface Once<Data> {
  readonly input: RuleInput;
  readonly id: RuleId;
  readonly group: RiskGroup;
  /** As many of one cause are told one by one. */
  readonly most: number;
  causeOf(evidence: Evidence<Data>): string;
}

/**
 * What one change does in many places alike mostly has one reason: the first that is not under control tells how many more there are
 * (`beside`), and the others are hints beneath it.
 */
export function* toldOnce<Data extends { readonly beside?: number }>(
  found: Iterable<Evidence<Data>>,
  { input, id, group, most, causeOf }: Once<Data>,
): Iterable<Evidence<Data>> {
  const all = [...found];
  const byCause = new Map<string, Evidence<Data>[]>();
  for (const one of all) {
    if (one.severity === 'hint') continue;
    const cause = causeOf(one);
    byCause.set(cause, [...(byCause.get(cause) ?? []), one]);
  }
  const isOpen = (one: Evidence<Data>) => accountFor({ id, group }, one, input).verdict.state === 'open';
  const firsts = new Map<Evidence<Data>, number>();
  const hints = new Set<Evidence<Data>>();
  for (const alike of byCause.values()) {
    if (alike.length <= most) continue;
    const [first, ...others] = alike.filter(isOpen);
    if (first && others.length >= most) firsts.set(first, others.length);
    if (others.length >= most) for (const one of others) hints.add(one);
  }
  for (const one of all) {
    const beside = firsts.get(one);
    if (hints.has(one)) yield { ...one, severity: 'hint' };
    else yield beside === undefined ? one : { ...one, data: { ...one.data, beside } };
  }
}
