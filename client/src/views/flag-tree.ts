import type { FlagHealth, FlagView, FolderFlags } from '../../../server/src/protocol/messages.ts';
import { healthNames } from '../words.ts';

/** How a person wants to see the flags. */
export interface FlagOrder {
  readonly group: 'health' | 'owner' | 'file' | 'none';
  readonly sort: 'key' | 'age' | 'reads';
  /** Words that a flag must have, in its key, owner, description or files, whatever the case. */
  readonly filter: string;
}

export const usualOrder: FlagOrder = { group: 'health', sort: 'key', filter: '' };

export type FlagNode =
  | { kind: 'folder'; flags: FolderFlags }
  | { kind: 'group'; folder: string; id: string; title: string; health?: FlagHealth; flags: FlagView[] }
  | { kind: 'flag'; folder: string; group: string; flag: FlagView }
  | { kind: 'definition'; place: FlagView['definitions'][number] }
  | { kind: 'read'; place: FolderFlags['dynamicReads'][number] }
  | { kind: 'dynamic'; folder: string; reads: FolderFlags['dynamicReads'] }
  | { kind: 'readers'; folder: string; readers: FolderFlags['readers'] }
  | { kind: 'reader'; place: FolderFlags['readers'][number] };

/** The rows below a row of the view *Flags*; the top ones without. Folders are rows where the window has several. */
export function flagNodes(folders: readonly FolderFlags[], order: FlagOrder, node?: FlagNode): FlagNode[] {
  if (node === undefined)
    return folders.length > 1
      ? folders.map((flags) => ({ kind: 'folder', flags }))
      : folders.flatMap((one) => inFolder(one, order));
  switch (node.kind) {
    case 'folder':
      return inFolder(node.flags, order);
    case 'group':
      return node.flags.map((flag) => ({ kind: 'flag', folder: node.folder, group: node.id, flag }));
    case 'flag':
      return [
        ...node.flag.definitions.map((place) => ({ kind: 'definition' as const, place })),
        ...node.flag.reads.map((place) => ({ kind: 'read' as const, place })),
      ];
    case 'dynamic':
      return node.reads.map((place) => ({ kind: 'read', place }));
    case 'readers':
      return node.readers.map((place) => ({ kind: 'reader', place }));
    default:
      return [];
  }
}

/** The flags that should go: what the badge counts. */
export function deadWeight(folders: readonly FolderFlags[]): FlagView[] {
  const dead: readonly FlagHealth[] = ['orphan-read', 'constant', 'expired', 'stale', 'unused'];
  return folders.flatMap(({ flags }) => flags.filter((flag) => dead.includes(flag.health)));
}

/** What is not as usual, for the line beside the view's title; empty when all is. */
export function orderWords({ group, sort, filter }: FlagOrder): string {
  const parts = [
    filter === '' ? undefined : `"${filter}"`,
    group === usualOrder.group ? undefined : group === 'none' ? 'one list' : `by ${group}`,
    sort === usualOrder.sort ? undefined : sort === 'age' ? 'oldest first' : 'most read first',
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

function inFolder({ folder, flags, dynamicReads, readers }: FolderFlags, order: FlagOrder): FlagNode[] {
  const found = flags.filter((flag) => matches(flag, order.filter)).sort(compare[order.sort]);
  const nodes: FlagNode[] =
    order.group === 'none'
      ? found.map((flag) => ({ kind: 'flag', folder, group: '', flag }))
      : groups(found, order.group).map((one) => ({ kind: 'group', folder, ...one }));
  if (order.filter !== '') return nodes;
  if (readers.length > 0) nodes.push({ kind: 'readers', folder, readers });
  if (dynamicReads.length > 0) nodes.push({ kind: 'dynamic', folder, reads: dynamicReads });
  return nodes;
}

function matches({ key, owner, description, definitions, reads }: FlagView, filter: string): boolean {
  const paths = [...definitions, ...reads].map((place) => place.path);
  const text = [key, owner ?? '', description ?? '', ...paths].join('\n').toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const byKey = (a: FlagView, b: FlagView) => (a.key < b.key ? -1 : 1);

const compare: Readonly<Record<FlagOrder['sort'], (a: FlagView, b: FlagView) => number>> = {
  key: byKey,
  age: (a, b) => (b.age ?? -1) - (a.age ?? -1) || byKey(a, b),
  reads: (a, b) => b.reads.length - a.reads.length || byKey(a, b),
};

type Group = Pick<FlagNode & { kind: 'group' }, 'id' | 'title' | 'health' | 'flags'>;

function groups(flags: readonly FlagView[], by: 'health' | 'owner' | 'file'): Group[] {
  if (by === 'health')
    return (Object.keys(healthNames) as FlagHealth[]).flatMap((health) => {
      const mine = flags.filter((flag) => flag.health === health);
      return mine.length === 0 ? [] : [{ id: health, title: healthNames[health], health, flags: mine }];
    });
  const found = new Map<string, FlagView[]>();
  for (const flag of flags)
    for (const name of by === 'owner' ? [flag.owner ?? ''] : filesOf(flag))
      found.set(name, [...(found.get(name) ?? []), flag]);
  // Those without an owner last.
  return [...found]
    .sort(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1))
    .map(([name, mine]) => ({ id: `${by}:${name}`, title: name === '' ? 'No owner' : name, flags: mine }));
}

function filesOf({ definitions, reads }: FlagView): string[] {
  return [...new Set([...definitions, ...reads].map((place) => place.path))];
}
