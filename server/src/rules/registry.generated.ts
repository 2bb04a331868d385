import flagsConstant from './flags/constant.ts';
import flagsUndefinedRead from './flags/undefined-read.ts';
import flagsUnusedDefinition from './flags/unused-definition.ts';
import riskAuthCheckRemoved from './risk/auth-check-removed.ts';
import riskCatchRemoved from './risk/catch-removed.ts';
import riskDefaultFlipped from './risk/default-flipped.ts';
import riskTimeoutChanged from './risk/timeout-changed.ts';
import type { Rule } from './rule.ts';
import testsUntestedChange from './tests/untested-change.ts';

/** Every rule, by id. Generated from the folder: run `npm run generate`. */
export const rules: readonly Rule[] = [
  flagsConstant,
  flagsUndefinedRead,
  flagsUnusedDefinition,
  riskAuthCheckRemoved,
  riskCatchRemoved,
  riskDefaultFlipped,
  riskTimeoutChanged,
  testsUntestedChange,
] as Rule[];
