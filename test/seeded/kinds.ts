import type { Kind } from './kind.ts';
import { accessKinds } from './kinds/access.ts';
import { contracts } from './kinds/contracts.ts';
import { defaultKinds } from './kinds/defaults.ts';
import { errors } from './kinds/errors.ts';
import { habits } from './kinds/habits.ts';
import { layout } from './kinds/layout.ts';
import { moves } from './kinds/moves.ts';
import { names } from './kinds/names.ts';
import { pipeline } from './kinds/pipeline.ts';
import { shape } from './kinds/shape.ts';
import { testKinds } from './kinds/tests.ts';
import { time } from './kinds/time.ts';

/** All kinds of changes: those that have to be told, then those that keep behaviour. */
export const kinds: readonly Kind[] = [
  ...errors,
  ...time,
  ...accessKinds,
  ...contracts,
  ...defaultKinds,
  ...pipeline,
  ...testKinds,
  ...habits,
  ...names,
  ...moves,
  ...layout,
  ...shape,
];
