import type { CancellationToken } from '../core/cancellation.ts';
import type { TextRange } from '../core/text.ts';
import { UserError } from '../core/user-error.ts';
import type { DetectedShapes, PinShapesRequest, Plan, ShapesRequest } from '../protocol/messages.ts';
import { lineMapOf, toRange } from './convert.ts';
import { type Folder, placesOf, uriOf } from './folder.ts';
import { planOf } from './plans.ts';

/** Ways to read flags that nobody named, and readers that were found, for a person to choose from. */
export async function detectShapes(
  folders: ReadonlyMap<string, Folder>,
  request: ShapesRequest,
  token: CancellationToken,
): Promise<DetectedShapes> {
  const folder = folderOf(folders, request.folder);
  const { proposals, readers } = await folder.session.detectShapes(token);
  const places = placesOf(folder, await folder.session.analyse(token));
  const placed = (path: string, range: TextRange) => ({
    path,
    uri: uriOf(folder, path),
    range: toRange(range, lineMapOf(path, places)),
  });
  return {
    proposals: proposals.map(({ id, title, reason, evidence, uses, keys, likely, entry }) => ({
      id,
      title,
      reason,
      evidence: evidence.map(({ path, range }) => placed(path, range)),
      uses,
      keys: [...keys],
      likely,
      entry: JSON.stringify(entry),
    })),
    readers: readers.map(({ id, reader, uses, entry }) => ({
      id,
      name: reader.name,
      reason: reader.reason,
      place: placed(reader.path, reader.nameRange),
      uses,
      ...(entry && { entry: JSON.stringify(entry) }),
    })),
  };
}

/** The policy with what was chosen, as one edit. */
export async function pinShapes(
  folders: ReadonlyMap<string, Folder>,
  request: PinShapesRequest,
  token: CancellationToken,
): Promise<Plan> {
  const folder = folderOf(folders, request.folder);
  return planOf(folder, await folder.session.pinShapes(request.ids, token), false);
}

function folderOf(folders: ReadonlyMap<string, Folder>, uri: string): Folder {
  const folder = folders.get(uri.replace(/\/$/, ''));
  if (!folder) throw new UserError('That folder is no longer open.');
  return folder;
}
