import type { Evidence } from '../rule.ts';

/**
 * What one change does in many places alike mostly has one reason: the first tells how many there are (`beside`), and the others are
 * hints beneath it.
 * @param most as many of one cause are told one by one
 */
export function* toldOnce<Data extends { readonly beside?: number }>(
  found: Iterable<Evidence<Data>>,
  causeOf: (data: Data) => string,
  most: number,
): Iterable<Evidence<Data>> {
  const all = [...found];
  const byCause = new Map<string, Evidence<Data>[]>();
  for (const one of all) {
    if (one.severity === 'hint') continue;
    const cause = causeOf(one.data);
    byCause.set(cause, [...(byCause.get(cause) ?? []), one]);
  }
  for (const one of all) {
    const alike = byCause.get(causeOf(one.data)) ?? [];
    if (one.severity === 'hint' || alike.length <= most) yield one;
    else if (alike[0] === one) yield { ...one, data: { ...one.data, beside: alike.length - 1 } };
    else yield { ...one, severity: 'hint' };
  }
}
