import { UserError } from '../core/user-error.ts';
import type { FlagRead } from '../flags/flag.ts';
import { planFile } from '../removal/plan-file.ts';
import { parseSource } from '../removal/source.ts';
import type { Fix } from './fix.ts';

/** An expression that is tested, by its file and its offsets, and what it may be taken to yield. */
interface TestedPlace {
  readonly key: string;
  readonly path: string;
  readonly at: number;
  readonly end: number;
  readonly keep: boolean;
}

/** Folds one check, as a removal would: other reads of the flag stay as they are. */
export default {
  id: 'fold-condition',
  build({ key, path, at, end, keep }, world) {
    const text = world.text(path);
    if (text === undefined) throw new UserError(`${path} cannot be read any more.`);
    const range = { start: at, end };
    const read: FlagRead = {
      key,
      path,
      range,
      keyRange: range,
      reader: '',
      result: { kind: 'value', async: false },
      inTest: false,
    };
    const { edits, refused } = planFile(parseSource(path, text), [{ read, keep }]);
    const [first] = refused;
    if (first) throw new UserError(first.reason);
    if (edits.length === 0) throw new UserError(`Nothing in ${path} can be folded at this place.`);
    return { title: `Fold the check of '${key}'`, files: [{ path, before: text, edits }], refused: [] };
  },
} satisfies Fix<TestedPlace>;
