import { type CancellationToken, Cancelled, neverCancelled } from '../core/cancellation.ts';
import { changedText, type SourceChange } from '../core/source-change.ts';
import { skippedTypes, type TypeProblem, type TypeReport, type TypeVerdict } from '../core/type-report.ts';
import type { World } from '../fixes/fix.ts';
import type { RunningTypeChecker, TypeChecker } from '../host/ports.ts';
import type { RemovalRequest } from '../removal/remove-flags.ts';
import type { Withheld } from '../removal/withheld.ts';
import type { Engine } from './engine.ts';

/** How somebody wants types checked. */
export interface TypeCheckWish {
  /** Why they are not to be checked, as the end of a sentence. */
  readonly skip?: string;
  readonly progress?: (done: number, all: number) => void;
}

export interface TypeCheckParts {
  readonly requests: readonly RemovalRequest[];
  readonly world: World;
  readonly engine: Engine;
  /** Texts of open editors, by path. */
  readonly open: ReadonlyMap<string, string>;
  readonly types: TypeChecker | undefined;
}

/** Rounds after which nothing of the change is kept: each one leaves more of it. */
const rounds = 6;

/**
 * Removes flags so that the type checker reports nothing that it did not report before: whatever brings a new error is left
 * and told as refused.
 * @throws Cancelled
 */
export async function removeChecked(
  parts: TypeCheckParts,
  wish: TypeCheckWish,
  token: CancellationToken = neverCancelled,
): Promise<SourceChange> {
  const { requests, world, engine } = parts;
  const plan = (withheld?: Withheld) =>
    engine.removeFlags(requests, { ...world, ...(withheld && { withheld }) }, token);
  const first = plan();
  const toCheck = engine.filesToCheck(world);
  const files = toCheck(first);
  const why = wish.skip ?? (parts.types ? undefined : 'there is no type checker here');
  if (files.length === 0 || why !== undefined)
    return { ...first, types: why ? skippedTypes(why, files.length) : nothing };
  const running = parts.types!.start();
  try {
    return await settle(first, plan, comparison(parts, running, toCheck, wish, token), parts);
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    return { ...first, types: skippedTypes(error instanceof Error ? error.message : String(error), files.length) };
  } finally {
    running.close();
  }
}

const nothing: TypeVerdict = { files: 0, compilers: [], unchecked: [], unresolved: 0, withheld: 0 };

interface Compared {
  readonly fresh: readonly TypeProblem[];
  readonly report: TypeReport;
}

/** Leaves what brings new errors until none is left. */
async function settle(
  first: SourceChange,
  plan: (withheld: Withheld) => SourceChange,
  compare: (change: SourceChange) => Promise<Compared>,
  { requests, world, engine }: TypeCheckParts,
): Promise<SourceChange> {
  let change = first;
  let withheld: Withheld | undefined;
  for (let round = 1; ; round++) {
    const { fresh, report } = await compare(change);
    if (fresh.length === 0) return { ...change, types: verdictOf(report, change, withheld) };
    const more =
      round < rounds && engine.withhold(fresh, change, requests, { ...world, ...(withheld && { withheld }) });
    withheld = more || everything(change, fresh, withheld);
    change = plan(withheld);
  }
}

/**
 * Compares what is reported before and after a change. After comes first: where nothing is reported then, nothing can be new,
 * and before is not asked.
 */
function comparison(
  { engine, open }: TypeCheckParts,
  running: RunningTypeChecker,
  toCheck: (change: SourceChange) => string[],
  { progress }: TypeCheckWish,
  token: CancellationToken,
): (change: SourceChange) => Promise<Compared> {
  const before = new Map<string, readonly TypeProblem[]>();
  return async (change) => {
    const texts = new Map([...open].filter(([path]) => isCode(path)));
    for (const file of change.files) if (isCode(file.path)) texts.set(file.path, changedText(file) ?? '');
    const report = await running.check(texts, toCheck(change), token, progress);
    const suspects = [...new Set(report.problems.map(({ path }) => path))];
    const unknown = suspects.filter((path) => !before.has(path));
    if (unknown.length > 0) {
      const then = new Map(texts);
      for (const { path, before } of change.files) if (isCode(path) && before !== undefined) then.set(path, before);
      const { problems } = await running.check(then, unknown, token, progress);
      for (const path of unknown) before.set(path, []);
      for (const one of problems) before.set(one.path, [...before.get(one.path)!, one]);
    }
    const old = suspects.flatMap((path) => before.get(path)!);
    return { fresh: engine.newProblems(old, report.problems, change), report };
  };
}

/** What a compiler reads. */
function isCode(path: string): boolean {
  return /\.(?:[cm]?[jt]sx?|json)$/.test(path);
}

/** Nothing of the change is kept. */
function everything(change: SourceChange, [fresh]: readonly TypeProblem[], known: Withheld | undefined): Withheld {
  const reason = `The removal would bring a new type error in ${fresh!.path} (TS${fresh!.code}) that no single place explains; do it by hand.`;
  const files = new Map(known?.files);
  for (const { path } of change.files) if (!files.has(path)) files.set(path, reason);
  return { ...known, files, reads: known?.reads ?? new Map() };
}

function verdictOf(report: TypeReport, change: SourceChange, withheld: Withheld | undefined): TypeVerdict {
  const reasons = new Set([...(withheld?.files.values() ?? []), ...(withheld?.reads.values() ?? [])]);
  const unchecked = new Map<string, number>();
  for (const { reason } of report.unchecked) unchecked.set(reason, (unchecked.get(reason) ?? 0) + 1);
  return {
    files: report.checked.length,
    compilers: [...new Set(report.checked.map(({ compiler }) => compiler))].sort(),
    unchecked: [...unchecked].map(([reason, files]) => ({ reason, files })),
    unresolved: report.unresolved.length,
    withheld: change.refused.filter(({ reason }) => reasons.has(reason)).length,
  };
}
