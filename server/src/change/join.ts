/** What a query finds in each of some groups; groups in which it finds nothing are left out. */
export type Join<Query, Group, Hit> = (query: Query, groups: readonly Group[]) => ReadonlyMap<Group, readonly Hit[]>;

interface Told<Group, Hit> {
  readonly groups: readonly Group[];
  readonly hits: ReadonlyMap<Group, readonly Hit[]>;
}

/**
 * Asks all queries of all groups, and remembers the answers: while somebody types in one file, each query is asked only of the groups
 * that are others than the last time. Groups are compared by identity.
 * @param identityOf what stands for a query: two queries of the same identity find the same
 */
export function incrementalJoin<Query, Group extends object, Hit>(
  identityOf: (query: Query) => object,
  find: (query: Query, group: Group) => readonly Hit[],
): Join<Query, Group, Hit> {
  const told = new WeakMap<object, Told<Group, Hit>>();
  return (query, groups) => {
    const before = told.get(identityOf(query));
    if (before?.groups === groups) return before.hits;
    const hits = before ? broughtUpToDate(before, groups, query) : foundIn(groups, query);
    told.set(identityOf(query), { groups, hits });
    return hits;
  };

  function foundIn(groups: readonly Group[], query: Query): Map<Group, readonly Hit[]> {
    const hits = new Map<Group, readonly Hit[]>();
    for (const group of groups) {
      const found = find(query, group);
      if (found.length > 0) hits.set(group, found);
    }
    return hits;
  }

  function broughtUpToDate({ groups: old, hits }: Told<Group, Hit>, groups: readonly Group[], query: Query) {
    const { came, gone } = differenceOf(old, groups);
    const more = foundIn(came, query);
    if (more.size === 0 && !gone.some((one) => hits.has(one))) return hits;
    const all = new Map(hits);
    for (const one of gone) all.delete(one);
    for (const [group, found] of more) all.set(group, found);
    return all;
  }
}

interface Difference<Group> {
  readonly came: readonly Group[];
  readonly gone: readonly Group[];
}

/** All queries of one analysis ask for the same difference. */
let last: { readonly old: unknown; readonly now: unknown; readonly difference: Difference<unknown> } | undefined;

function differenceOf<Group>(old: readonly Group[], now: readonly Group[]): Difference<Group> {
  if (last?.old === old && last.now === now) return last.difference as Difference<Group>;
  const [before, after] = [new Set(old), new Set(now)];
  const difference = { came: now.filter((one) => !before.has(one)), gone: old.filter((one) => !after.has(one)) };
  last = { old, now, difference };
  return difference;
}
