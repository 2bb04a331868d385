import type { TextRange } from '../../core/text.ts';
import { defineRule, type Evidence } from '../rule.ts';

interface Data {
  readonly key: string;
  readonly path: string;
  readonly by: TextRange;
}

export default defineRule({
  id: 'flags/identical-sides',
  title: 'A flag whose two sides do the same',
  why: 'Whatever the flag says, the same code runs. Either one side was forgotten, or the flag has no work left here.',
  severity: 'warning',
  scope: 'garden',
  *check({ inventory }): Iterable<Evidence<Data>> {
    for (const { key, reads } of inventory.flags.values())
      for (const { inTest, path, use } of reads)
        for (const { by } of inTest ? [] : (use?.identical ?? []))
          yield { path, range: by, subject: key, data: { key, path, by } };
  },
  message: ({ data: { key } }) => `Both sides of '${key}' do the same here: the flag decides nothing.`,
  fixes: ({ data: { key, path, by } }) => [
    {
      id: 'fold-condition',
      title: 'Keep one side',
      safe: true,
      data: { key, path, at: by.start, end: by.end, keep: true },
    },
  ],
});
