import type { ChangeFinding, FolderChange } from '../../../server/src/protocol/messages.ts';

/** Open findings stand below their file, or below what they are about. */
export type Grouping = 'file' | 'kind';

/** A row of the view *This Change*. */
export type ChangeNode =
  | { kind: 'folder'; change: FolderChange }
  | { kind: 'verdict'; change: FolderChange }
  | { kind: 'file'; uri: string; path: string; findings: ChangeFinding[] }
  | { kind: 'part'; id: string; part: string; findings: ChangeFinding[]; quiet: boolean }
  | { kind: 'finding'; finding: ChangeFinding; inFile: boolean };

/** The rows below a row, or the first ones: by folder where the window has several. */
export function nodesOf(
  folders: readonly FolderChange[],
  grouping: Grouping,
  node: ChangeNode | undefined,
): ChangeNode[] {
  if (node === undefined && folders.length > 1) return folders.map((change) => ({ kind: 'folder', change }));
  if (node === undefined) return folders.flatMap((change) => changeNodes(change, grouping));
  if (node.kind === 'folder') return changeNodes(node.change, grouping);
  if (node.kind === 'file') return node.findings.map((finding) => ({ kind: 'finding', finding, inFile: true }));
  if (node.kind === 'part') return node.findings.map((finding) => ({ kind: 'finding', finding, inFile: false }));
  if (node.kind === 'finding')
    return node.finding.beneath.map((finding) => ({ kind: 'finding', finding, inFile: node.inFile }));
  return [];
}

/** The verdict first, what is open next, what is under control or suppressed last. Nothing where nothing was found: the view says so itself. */
function changeNodes(change: FolderChange, grouping: Grouping): ChangeNode[] {
  const all = change.files.flatMap(({ findings }) => findings);
  if (all.length === 0) return [];
  const isOpen = ({ verdict }: ChangeFinding) => verdict === 'open';
  const isSuppressed = ({ verdict }: ChangeFinding) => verdict === 'suppressed';
  const controlled = all.filter((one) => !isOpen(one) && !isSuppressed(one));
  const suppressed = all.filter(isSuppressed);
  return [
    ...(change.verdict ? [{ kind: 'verdict' as const, change }] : []),
    ...(grouping === 'file' ? fileNodes(change, isOpen) : partNodes(change, all.filter(isOpen))),
    ...(controlled.length > 0 ? [partNode(change, 'Under control', controlled, true)] : []),
    ...(suppressed.length > 0 ? [partNode(change, 'Suppressed', suppressed, true)] : []),
  ];
}

function fileNodes({ files }: FolderChange, isOpen: (one: ChangeFinding) => boolean): ChangeNode[] {
  return files.flatMap(({ uri, path, findings }) => {
    const open = findings.filter(isOpen);
    return open.length === 0 ? [] : [{ kind: 'file', uri, path, findings: open }];
  });
}

function partNodes(change: FolderChange, open: readonly ChangeFinding[]): ChangeNode[] {
  return [...new Set(open.map(({ part }) => part))].sort().map((part) =>
    partNode(
      change,
      part,
      open.filter((one) => one.part === part),
      false,
    ),
  );
}

function partNode(change: FolderChange, part: string, findings: ChangeFinding[], quiet: boolean): ChangeNode {
  return { kind: 'part', id: `${change.folder} ${part}`, part, findings, quiet };
}
