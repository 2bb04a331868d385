import type { FlagValue } from '../flags/flag.ts';
import { removeFlags } from '../removal/remove-flags.ts';
import type { Fix } from './fix.ts';

/** Removes a flag over all files, keeping one value of it. */
const fix: Fix<{ readonly key: string; readonly keep: FlagValue }> = {
  id: 'remove-toggle',
  looksBeside: true,
  build: ({ key, keep }, world) => removeFlags([{ key, keep }], world),
};

export default fix;
