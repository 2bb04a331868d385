import type { DeclarationForm } from '../facts/change-facts.ts';

/** A declaration that is like the one that was asked for. */
export interface Hit<Form> {
  readonly form: Form;
  readonly score: number;
}

/** What of some files' declarations is like a query, in no order. */
export type Join<Query extends DeclarationForm, Form extends DeclarationForm> = (
  query: Query,
  files: readonly (readonly Form[])[],
) => readonly Hit<Form>[];

/** From the next query on the same files are asked as one: what is told of a file by itself is still known at the next keystroke. */
const fewest = 8;

interface Together<Form> {
  asked: number;
  forms: readonly Form[] | undefined;
}

interface Told<Form> {
  readonly files: readonly (readonly Form[])[];
  readonly hits: readonly Hit<Form>[];
}

/**
 * Asks queries of the declarations of many files, and remembers the answers: while somebody types in one of them, each query is asked
 * only of what was typed in. A declaration that was only moved keeps the very list of its token windows, by which it is told.
 * @param find what of a file's declarations is like a query, by nothing but their form
 */
export function incrementalJoin<Query extends DeclarationForm, Form extends DeclarationForm>(
  find: (query: Query, forms: readonly Form[]) => readonly Hit<Form>[],
): Join<Query, Form> {
  const told = new WeakMap<readonly number[], Told<Form>>();
  const together = new WeakMap<object, Together<Form>>();
  const foundIn = (query: Query, files: readonly (readonly Form[])[]) => {
    const known = together.get(files) ?? { asked: 0, forms: undefined };
    together.set(files, known);
    if (++known.asked > fewest) known.forms ??= files.flat();
    return (known.forms ? [known.forms] : files).flatMap((forms) => (forms.length === 0 ? [] : find(query, forms)));
  };
  return (query, files) => {
    const before = told.get(query.shingles);
    if (before?.files === files) return before.hits;
    const hits = before ? broughtUpToDate(before, files) : foundIn(query, files);
    told.set(query.shingles, { files, hits });
    return hits;

    function broughtUpToDate({ files: old, hits }: Told<Form>, now: readonly (readonly Form[])[]) {
      const { gone, moved, fresh } = differenceOf(old, now) as Difference<Form>;
      const more = foundIn(query, fresh);
      if (more.length === 0 && !hits.some(({ form }) => gone.has(form))) return hits;
      const kept = hits.flatMap((hit) => {
        const form = gone.has(hit.form) ? moved.get(hit.form.shingles) : hit.form;
        return form === undefined ? [] : [form === hit.form ? hit : { ...hit, form }];
      });
      return [...kept, ...more];
    }
  };
}

interface Difference<Form> {
  readonly gone: ReadonlySet<Form>;
  /** What stands for one that is gone, by its token windows. */
  readonly moved: ReadonlyMap<readonly number[], Form>;
  readonly fresh: readonly (readonly Form[])[];
}

/** All queries of one analysis ask for the same difference. */
let last:
  | { readonly old: unknown; readonly now: unknown; readonly difference: Difference<DeclarationForm> }
  | undefined;

function differenceOf(
  old: readonly (readonly DeclarationForm[])[],
  now: readonly (readonly DeclarationForm[])[],
): Difference<DeclarationForm> {
  if (last?.old === old && last.now === now) return last.difference;
  const [before, after] = [new Set(old), new Set(now)];
  const gone = new Set(old.filter((one) => !after.has(one)).flat());
  const known = new Set([...gone].map(({ shingles }) => shingles));
  const moved = new Map<readonly number[], DeclarationForm>();
  const fresh = now
    .filter((one) => !before.has(one))
    .map((forms) =>
      forms.filter((form) => {
        const isMoved = known.has(form.shingles) && !moved.has(form.shingles);
        if (isMoved) moved.set(form.shingles, form);
        return !isMoved;
      }),
    );
  last = { old, now, difference: { gone, moved, fresh } };
  return last.difference;
}
