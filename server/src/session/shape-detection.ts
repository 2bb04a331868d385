import { type CancellationToken, throwIfCancelled } from '../core/cancellation.ts';
import { isScriptHost, isSourcePath } from '../core/snapshot.ts';
import type { SourceChange } from '../core/source-change.ts';
import type { TextRange } from '../core/text.ts';
import { UserError } from '../core/user-error.ts';
import { isTestPath } from '../facts/tests.ts';
import type { InferredReader } from '../flags/flag.ts';
import { detectShapes, type FileSigns, type ShapeProposal } from '../flags/inference/detect-shapes.ts';
import { pinEntry } from '../flags/inference/pin.ts';
import type { Host } from '../host/ports.ts';
import { withShapes } from '../policy/pin-shapes.ts';
import { policyPath } from '../policy/policy-file.ts';
import type { Analysis } from './analysis.ts';
import type { Engine } from './engine.ts';
import type { Progress } from './facts-store.ts';

/** A reader that was inferred, with the entry that would say so in the policy. */
export interface PinnableReader {
  readonly id: string;
  readonly reader: InferredReader;
  /** How many reads go through it. */
  readonly uses: number;
  /** Undefined where no entry can say it. */
  readonly entry: Readonly<Record<string, unknown>> | undefined;
}

export interface DetectedShapes {
  readonly proposals: readonly ShapeProposal[];
  readonly readers: readonly PinnableReader[];
}

/** Looks through all sources of a folder for shapes that nobody named. It parses much, and takes seconds. @throws Cancelled */
export async function shapesOf(
  { snapshot, inventory, world }: Analysis,
  host: Host,
  engine: Engine,
  token: CancellationToken,
  progress?: Progress,
): Promise<DetectedShapes> {
  const found: FileSigns[] = [];
  let done = 0;
  const holdsCode = (path: string) => isSourcePath(path) || isScriptHost(path);
  const paths = [...snapshot.files.keys()].filter((path) => holdsCode(path) && !world.facts(path)?.generated).sort();
  const look = (path: string, text: string | undefined): void => {
    throwIfCancelled(token);
    const signs = text === undefined ? [] : engine.flagSigns(path, text);
    if (signs.length > 0) found.push({ path, signs, inTest: isTestPath(path, snapshot.policy.tests.files) });
    progress?.(++done, paths.length);
  };
  const isOpen = (path: string) => snapshot.files.get(path)?.openVersion !== undefined;
  for (const path of paths.filter(isOpen)) look(path, snapshot.files.get(path)?.text());
  await host.files.readAll(
    paths.filter((path) => !isOpen(path)),
    look,
    token,
  );
  found.sort((a, b) => (a.path < b.path ? -1 : 1));
  const reads = [...inventory.flags.values()].flatMap((flag) => flag.reads);
  const known = new Set([...reads, ...inventory.dynamicReads].map(({ path, range }) => placeId(path, range)));
  const defined = new Set(
    [...inventory.flags.values()].flatMap((flag) =>
      flag.definitions.map(({ path, registry }) => `${path}\n${registry?.name}`),
    ),
  );
  const proposals = detectShapes(found, (path, range) => known.has(placeId(path, range))).filter(
    ({ setting, entry }) => setting !== 'definitions' || !defined.has(`${entry.file}\n${entry.name}`),
  );
  const readers = inventory.readers
    .filter(({ key }) => key >= 0)
    .map((reader) => ({
      id: `reader:${reader.path}#${reader.name}`,
      reader,
      uses: reads.filter(({ through }) => through?.path === reader.path && through.name === reader.name).length,
      entry: pinEntry(reader, reads),
    }));
  return { proposals, readers };
}

function placeId(path: string, { start }: TextRange): string {
  return `${path}\n${start}`;
}

/**
 * Writes proposals and readers, by their ids, into the policy; `not:` and the id of a reader says that it is none.
 * @throws UserError for an id that is not there any more
 */
export function pinned(
  ids: readonly string[],
  { proposals, readers }: DetectedShapes,
  text: string | undefined,
): SourceChange {
  const reads: Readonly<Record<string, unknown>>[] = [];
  const definitions: Readonly<Record<string, unknown>>[] = [];
  const notReaders: string[] = [];
  for (const id of ids) {
    const denied = readers.find((one) => `not:${one.id}` === id);
    if (denied) {
      notReaders.push(denied.reader.name);
      continue;
    }
    const proposal = proposals.find((one) => one.id === id);
    const entry = proposal?.entry ?? readers.find((one) => one.id === id)?.entry;
    if (entry === undefined)
      throw new UserError(`'${id}' is not found any more, or no entry of the policy can say it.`);
    (proposal?.setting === 'definitions' ? definitions : reads).push(entry);
  }
  const before = text ?? '';
  const after = withShapes(before, { reads, definitions, notReaders });
  const newText = text === undefined ? after.trimStart() : after;
  const range = { start: 0, end: before.length };
  const reason = 'Says how this folder reads its flags';
  return {
    title: 'Name ways to read flags in the policy',
    files:
      after === before ? [] : [{ path: policyPath, before: text, edits: [{ range, newText, kind: 'policy', reason }] }],
    refused: [],
  };
}
