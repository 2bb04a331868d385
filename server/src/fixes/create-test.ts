import { createTest } from '../testing/skeleton.ts';
import type { Fix } from './fix.ts';

interface CreateTestData {
  readonly path: string;
  /** The id of the declaration (see `Declaration`), or its name. */
  readonly declaration: string;
}

const fix: Fix<CreateTestData> = { id: 'create-test', build: createTest };

export default fix;
