/** Judges the cases that its parent asks for, and answers with what diverged, made small. */

import { families } from './families.ts';
import { lawOf } from './family.ts';
import type { Batch, Found, Report } from './fuzz.ts';

// Generated code leaves promises alone now and then.
process.on('unhandledRejection', () => {});
process.on('message', (batch: Batch) => process.send!(work(batch)));

function work({ family: name, from, count }: Batch): Report {
  const family = families.find((one) => one.name === name)!;
  const tally = { same: 0, changed: 0, refused: 0, void: 0 };
  const found: Found[] = [];
  for (let seed = from; seed < from + count; seed++) {
    const made = family.draw(seed);
    const verdict = family.judge(made);
    if (verdict.kind === 'same') {
      tally.same++;
      if (verdict.changed) tally.changed++;
      if (verdict.refused > 0) tally.refused++;
    } else if (verdict.kind === 'void') tally.void++;
    else {
      const law = lawOf(verdict);
      const small = found.length < 3 ? family.shrink(made, (smaller) => lawOf(family.judge(smaller)) === law) : made;
      const last = family.judge(small);
      const told = last.kind === 'diverged' ? last : verdict;
      found.push({ family: name, seed, how: told.how, before: family.print(small), after: told.after });
    }
  }
  return { ...tally, found };
}
