import type { FlagValue } from '../../server/src/flags/flag.ts';
import { drawFrom } from './draw.ts';
import { expression } from './expressions.ts';
import { layOutProgram } from './layout.ts';
import { outermost, type Writing } from './scope.ts';
import { lines } from './statements.ts';

export type Flags = Readonly<Record<string, FlagValue>>;

/** One file that logs what it does. */
export interface Program {
  readonly text: string;
  /** The values at which the flags are fixed; `removed` are those that go. */
  readonly flags: Flags;
  readonly removed: readonly string[];
}

/** The same program for the same seed. */
export function programOf(seed: number): Program {
  const draw = drawFrom(seed);
  const flags: Flags = {
    f: draw.oneIn(2),
    g: draw.oneIn(2),
    theme: draw.pick('dark', 'light', ''),
    count: draw.pick(0, 1, 3),
  };
  const removed = draw.pick(['f'], ['f', 'g'], ['f', 'theme'], ['theme', 'count'], ['f', 'g', 'theme', 'count']);
  const isStrict = !draw.oneIn(4);
  const isModule = !draw.oneIn(4);
  let effects = 0;
  let names = 0;
  const writing: Writing = {
    draw,
    keys: [...removed, ...removed, 'f', 'g', 'theme', 'count'],
    isStrict,
    fresh: (prefix) => `${prefix}${names++}`,
    log: (value) => `log(${++effects}, ${value})`,
    expression: (scope, depth) => expression(writing, scope, depth),
    lines: (scope, count) => lines(writing, scope, count),
  };
  const body = lines(
    writing,
    { ...outermost, declared: new Set(), isFirst: true, depth: draw.pick(1, 1, 2, 2, 3) },
    2 + draw.upTo(3),
  );
  const head = [...(isStrict ? ["'use strict';"] : []), ...(isModule ? ['module.exports = {};'] : [])];
  return { text: layOutProgram([...head, ...body], draw), flags, removed };
}
