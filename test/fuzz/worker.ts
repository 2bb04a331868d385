/** Judges the cases that its parent asks for, and answers with what diverged, made small. */

import { families } from './families.ts';
import { lawOf } from './family.ts';
import type { Batch, Found, Report } from './fuzz.ts';

// Generated code leaves promises alone now and then.
process.on('unhandledRejection', () => {});
process.on('message', async (batch: Batch) => process.send!(await work(batch)));

async function work({ family: name, from, count, asDrawn }: Batch): Promise<Report> {
  const family = families.find((one) => one.name === name)!;
  const tally = { same: 0, changed: 0, refused: 0, void: 0 };
  const found: Found[] = [];
  for (let seed = from; seed < from + count && !(asDrawn && found.length > 0); seed++) {
    const made = family.draw(seed);
    const verdict = await family.judge(made);
    if (verdict.kind === 'same') {
      tally.same++;
      if (verdict.changed) tally.changed++;
      if (verdict.refused > 0) tally.refused++;
    } else if (verdict.kind === 'void') tally.void++;
    else {
      const law = lawOf(verdict);
      const fails = async (smaller: unknown): Promise<boolean> => lawOf(await family.judge(smaller)) === law;
      const small = found.length < 3 && !asDrawn ? await family.shrink(made, fails) : made;
      const last = await family.judge(small);
      const told = last.kind === 'diverged' ? last : verdict;
      found.push({ family: name, seed, how: told.how, before: family.print(small), after: told.after });
    }
  }
  return { ...tally, found };
}
