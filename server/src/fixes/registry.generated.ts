import addTag from './add-tag.ts';
import awaitRead from './await-read.ts';
import changeKey from './change-key.ts';
import createTest from './create-test.ts';
import defineFlag from './define-flag.ts';
import deleteDefinition from './delete-definition.ts';
import type { Fix } from './fix.ts';
import foldCondition from './fold-condition.ts';
import removeMark from './remove-mark.ts';
import removeToggle from './remove-toggle.ts';
import replaceWord from './replace-word.ts';
import restore from './restore.ts';
import suppress from './suppress.ts';
import wrapInFlag from './wrap-in-flag.ts';

/** Every fix, by id. Generated from the folder: run `npm run generate`. */
export const fixes: readonly Fix[] = [
  addTag,
  awaitRead,
  changeKey,
  createTest,
  defineFlag,
  deleteDefinition,
  foldCondition,
  removeMark,
  removeToggle,
  replaceWord,
  restore,
  suppress,
  wrapInFlag,
] as Fix[];
