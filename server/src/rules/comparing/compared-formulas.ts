import type { Formula } from '../../facts/formula.ts';

/** What one condition lets through that the other one does not, for all values of their parts. */
export interface Difference {
  readonly more: boolean;
  readonly less: boolean;
}

/** Above this many parts nothing is said. */
const most = 12;

/** Of two conditions, whether the second one holds where the first did not, and the other way round; undefined for too large ones. */
export function differenceOf(base: Formula, now: Formula): Difference | undefined {
  const parts = [...new Set([...partsOf(base), ...partsOf(now)])];
  if (parts.length > most) return undefined;
  let more = false;
  let less = false;
  for (let row = 0; row < 1 << parts.length && !(more && less); row++) {
    const truth = (part: string) => ((row >> parts.indexOf(part)) & 1) === 1;
    const [before, after] = [holds(base, truth), holds(now, truth)];
    more ||= after && !before;
    less ||= before && !after;
  }
  return { more, less };
}

export function partsOf(formula: Formula): string[] {
  if (typeof formula === 'string') return [formula];
  return formula.slice(1).flatMap((one) => partsOf(one as Formula));
}

function holds(formula: Formula, truth: (part: string) => boolean): boolean {
  if (typeof formula === 'string') return truth(formula);
  const [operator, ...inner] = formula;
  if (operator === '!') return !holds(inner[0]!, truth);
  return operator === '&' ? inner.every((one) => holds(one, truth)) : inner.some((one) => holds(one, truth));
}
