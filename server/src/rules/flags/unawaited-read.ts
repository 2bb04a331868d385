import { isPromiseTested } from '../../flags/decisions.ts';
import { defineRule, type Evidence } from '../rule.ts';

interface Data {
  readonly key: string;
  readonly path: string;
  readonly at: number;
  readonly end: number;
  readonly canAwait: boolean;
}

export default defineRule({
  id: 'flags/unawaited-read',
  title: 'A flag whose promise is used as a condition',
  why: 'The read yields a promise, and a promise counts as true whatever it yields. The flag looks as if it were on for everybody, and switching it off changes nothing.',
  severity: 'error',
  scope: 'broken',
  *check({ inventory }): Iterable<Evidence<Data>> {
    for (const { key, reads } of inventory.flags.values())
      for (const read of reads) {
        if (read.inTest || !isPromiseTested(read)) continue;
        const { path, range, use } = read;
        const canAwait = use?.canAwait === true;
        yield { path, range, subject: key, data: { key, path, at: range.start, end: range.end, canAwait } };
      }
  },
  message: ({ data: { key } }) =>
    `The read of '${key}' is not awaited: a promise always counts as true, also when the flag is off.`,
  fixes: ({ data: { path, at, end, canAwait } }) =>
    canAwait ? [{ id: 'await-read', title: 'Await the read', safe: true, data: { path, at, end } }] : [],
});
