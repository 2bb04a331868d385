import { UserError } from '../core/user-error.ts';
import type { BaseText } from '../protocol/messages.ts';
import { reviewOf } from '../session/review.ts';
import { type Folder, locate, uriOf } from './folder.ts';

/** A file as it was at the base. @throws UserError with the reason why there is nothing to compare it with. */
export async function baseTextOf(folders: Iterable<Folder>, uri: string): Promise<BaseText> {
  const found = locate(folders, uri);
  if (!found) throw new UserError('The file lies in no folder of this window.');
  const { snapshot } = await found.folder.session.analyse();
  if (!snapshot.base) throw new UserError(snapshot.whyNoBase ?? 'No base was found to compare with.');
  const base = snapshot.base.files.get(found.path);
  if (!base) throw new UserError(`${found.path} is as it was at the ${snapshot.base.name}.`);
  return { path: base.path, base: snapshot.base.name, ...(base.text !== undefined && { text: base.text }) };
}

/** What to know of the change, for every folder, as one page. */
export async function reviewPage(folders: Iterable<Folder>, plain: boolean): Promise<string> {
  const pages: string[] = [];
  for (const folder of folders) {
    const analysis = await folder.session.analyse();
    const link = (path: string, line: number) => `${uriOf(folder, path)}#L${line}`;
    pages.push(reviewOf(folder.name, analysis, plain ? undefined : link));
  }
  return pages.join('\n\n');
}
