import assert from 'node:assert/strict';
import { createContext, Script } from 'node:vm';
import fc from 'fast-check';
import { type applyEdits, changedText } from '../../server/src/core/source-change.ts';
import { readsOf, removeFrom } from '../unit/removal-reads.ts';
import { type Flags, programs } from './removal-programs.ts';

/**
 * Laws 1, 3 and 4 of the design, on generated programs. `SWITCHYARD_RUNS` sets how many; a failure prints its seed, and
 * `SWITCHYARD_SEED` runs it again.
 */
const numRuns = Number(process.env.SWITCHYARD_RUNS ?? 500);
const given = process.env.SWITCHYARD_SEED;
const seed = given === undefined ? Date.now() & 0x7fffffff : Number(given);

describe('removal keeps behaviour', function () {
  this.timeout(60_000 + numRuns * 100);

  it(`does what the program does with the flags fixed (seed ${seed}, ${numRuns} programs)`, () => {
    fc.assert(
      fc.property(programs, ({ text, flags, removed }) => {
        const values = Object.fromEntries(removed.map((key) => [key, flags[key]!]));
        const change = removeFrom('src/a.js', text, values);
        const [file] = change.files;
        const after = file ? changedText(file)! : text;
        assert.deepEqual(run(after, flags), run(text, flags), `\n--- before\n${text}\n--- after\n${after}`);
        assert.ok(after.length >= 0 && (!file || keepsTheRest(text, file.edits, after)));
        const left = readsOf('src/a.js', after).filter((read) => removed.includes(read.key));
        assert.equal(left.length, change.refused.length, `reads left\n${after}`);
        for (const { range } of change.refused)
          assert.ok(!file?.edits.some((edit) => edit.range.start < range.end && range.start < edit.range.end));
        // What stood in the way of a refused read may be gone with the others; a complete removal has nothing left to do.
        const again = removeFrom('src/a.js', after, values);
        if (change.refused.length === 0) assert.deepEqual(again.files, [], `a second removal changes more\n${after}`);
      }),
      { numRuns, seed, endOnFailure: false },
    );
  });
});

/** Every piece between edits is found in the result, in order. */
function keepsTheRest(text: string, edits: Parameters<typeof applyEdits>[1], after: string): boolean {
  let from = 0;
  let at = 0;
  for (const edit of edits) {
    const piece = text.slice(from, edit.range.start);
    if (after.slice(at, at + piece.length) !== piece) return false;
    at += piece.length + edit.newText.length;
    from = edit.range.end;
  }
  return after.slice(at) === text.slice(from);
}

/** What a program did: its log, and the exception that ended it. */
function run(text: string, flags: Flags): unknown {
  const log: unknown[] = [];
  const note = (...args: unknown[]): unknown => {
    log.push(args.map((arg) => (typeof arg === 'function' ? 'function' : arg)));
    return args[1];
  };
  const context = createContext({ module: {}, log: note, flag: (key: string) => flags[key] });
  try {
    new Script(`'use strict';\n${text}\n`).runInContext(context, { timeout: 1000 });
  } catch (error) {
    log.push(['threw', String(error)]);
  }
  return JSON.parse(JSON.stringify(log, (_, value) => (value === undefined ? 'undefined' : value)));
}
