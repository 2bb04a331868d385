import type { TextRange } from '../core/text.ts';
import { UserError } from '../core/user-error.ts';
import type { Fix } from './fix.ts';

/** Puts another kind or rule in the place of one that means nothing, in a tag or a suppression. */
export default {
  id: 'replace-word',
  build({ path, start, end, to }, world) {
    const before = world.text(path);
    const written = before?.slice(start, end) ?? '';
    if (before === undefined || !/^[\w./-]+$/.test(written)) throw new UserError(`The comment in ${path} has changed.`);
    const reason = `'${written}' is none that is known`;
    const edits = [{ range: { start, end }, newText: to, kind: 'tag' as const, reason }];
    return { title: `Change '${written}' to '${to}'`, files: [{ path, before, edits }], refused: [] };
  },
} satisfies Fix<TextRange & { readonly path: string; readonly to: string }>;
