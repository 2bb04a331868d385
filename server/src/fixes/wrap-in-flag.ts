import type { TextRange } from '../core/text.ts';
import { suggestKey, wrapInFlag } from '../wrap/wrap-in-flag.ts';
import type { Fix } from './fix.ts';

interface WrapInFlagData {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  /** Without it the key is named after the function around; the cursor stands behind it either way. */
  readonly key?: string;
}

const fix: Fix<WrapInFlagData> = {
  id: 'wrap-in-flag',
  build({ path, start, end, key }, world) {
    const range: TextRange = { start, end };
    return wrapInFlag({ path, range, key: key ?? suggestKey(world, path, range) }, world);
  },
};

export default fix;
