import { changedText, type SourceChange } from '../../server/src/core/source-change.ts';
import { UserError } from '../../server/src/core/user-error.ts';
import { createSession } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';
import type { Family, Verdict } from './family.ts';
import { differenceOf } from './judge.ts';
import { runWorkspace } from './run-workspace.ts';
import { parses, shrink } from './shrink.ts';
import { type Workspace, workspaceOf } from './workspaces.ts';

/** Modules across files, removed from through a whole session. */
export const workspaces: Family<Workspace> = {
  name: 'workspaces',
  draw: workspaceOf,
  judge,
  shrink: shrinkFiles,
  print: ({ files, flags, removed }) =>
    `flags ${JSON.stringify(flags)}, removed: ${removed.join(', ')}\n${printed(files)}`,
};

async function judge({ files, flags, removed }: Workspace): Promise<Verdict> {
  const expected = runWorkspace(files, flags);
  if (expected === undefined || ![...files].every(([path, text]) => path.endsWith('.json') || parses(path, text)))
    return { kind: 'void' };
  let change: SourceChange;
  try {
    const session = createSession({ host: memoryHost(files) });
    change = await session.removeFlags(removed.map((key) => ({ key, keep: flags[key]! })));
  } catch (error) {
    // A flag that nothing reads cannot be removed.
    if (error instanceof UserError) return { kind: 'void' };
    return { kind: 'diverged', how: `the engine threw: ${(error as Error).stack}`, after: '' };
  }
  const after = new Map(files);
  for (const file of change.files)
    if (file.deleted) after.delete(file.path);
    else after.set(file.path, changedText(file)!);
  const how = differenceOf(expected, runWorkspace(after, flags));
  if (how !== undefined) return { kind: 'diverged', how, after: printed(after) };
  return { kind: 'same', changed: change.files.length > 0, refused: change.refused.length };
}

async function shrinkFiles(made: Workspace, fails: (smaller: Workspace) => Promise<boolean>): Promise<Workspace> {
  let now = made;
  for (const path of [...made.files.keys()].reverse()) {
    if (path.endsWith('.json')) continue;
    const withText = (text: string): Workspace => ({ ...now, files: new Map([...now.files, [path, text]]) });
    const text = await shrink(path, now.files.get(path)!, (smaller) => fails(withText(smaller)), 300);
    now = withText(text);
  }
  return now;
}

function printed(files: ReadonlyMap<string, string>): string {
  return [...files]
    .filter(([path]) => !path.endsWith('.json'))
    .map(([path, text]) => `// ${path}\n${text}`)
    .join('\n');
}
