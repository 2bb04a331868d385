import { contains, overlaps, type TextRange } from '../../core/text.ts';
import type { Declaration } from '../../facts/change-facts.ts';
import { matchingGlob } from '../../policy/matching.ts';
import { type Compared, comparedDeclarations, shownName } from '../comparing/compared.ts';
import { changedStatements } from '../comparing/remedies.ts';
import { isSetApart } from '../comparing/set-apart.ts';
import { guardsOf } from '../comparing/under-control.ts';
import { defineRule, type Evidence, type RuleInput } from '../rule.ts';

interface Data {
  readonly shown: string;
  readonly glob: string;
  readonly isNew: boolean;
}

export default defineRule({
  id: 'risk/critical-path-untagged',
  title: 'Change on a critical path that nothing accounts for',
  why: 'The policy names files where a fault costs most (`risk.criticalPaths`). What changes there wants a flag, a delivery tag or a test, whatever the change is.',
  severity: 'info',
  scope: 'change',
  group: 'size',
  last: true,
  *check(input, said): Iterable<Evidence<Data>> {
    const told = new Set(
      said.findings.filter(({ verdict }) => verdict).map(({ path, subject }) => `${path}\n${subject}`),
    );
    const compared = new Map([...comparedDeclarations(input)].map((one) => [one.pair, one]));
    const taken: { path: string; range: TextRange }[] = [];
    for (const pair of input.pairs) {
      const { path, now, base } = pair;
      const glob = now && !isSetApart(path) ? matchingGlob(input.policy.risk.criticalPaths, path) : undefined;
      // What another rule tells of a declaration is accounted for there.
      if (!now || glob === undefined || !holdsCode(now) || told.has(`${path}\n${now.id}`)) continue;
      if (taken.some((one) => one.path === path && contains(one.range, now.range))) continue;
      taken.push({ path, range: now.range });
      const one = compared.get(pair);
      yield {
        path,
        range: (one && guarded(one, input)) ?? now.nameRange,
        subject: now.id,
        declaration: now,
        ...(one && { compared: one }),
        data: { shown: shownName(now), glob, isNew: base === undefined },
      };
    }
  },
  message: ({ data: { shown, glob, isNew } }) =>
    `${shown} is ${isNew ? 'new' : 'changed'} on a critical path (${glob}), and no flag, tag or test accounts for it.`,
});

/** Types and re-exports do nothing; a class is told by its members, a module by what it runs. */
function holdsCode({ kind, shingles, calls, statements }: Declaration): boolean {
  if (kind === 'class') return false;
  return kind === 'module' ? calls.length > 0 || statements.length > 0 : shingles.length > 0;
}

/** Where a side of a flag lies within what changed, that side: the other one is the old behaviour. */
function guarded(compared: Compared, input: RuleInput): TextRange | undefined {
  const changed = changedStatements(compared);
  if (!changed) return undefined;
  const guard = guardsOf(input, compared.path).find(({ range }) => overlaps(range, changed));
  if (!guard) return undefined;
  return contains(guard.range, changed) ? changed : guard.range;
}
