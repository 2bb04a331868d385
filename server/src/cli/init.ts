import { UserError } from '../core/user-error.ts';
import type { Inventory } from '../flags/flag.ts';
import { policyPath } from '../policy/policy-file.ts';
import { starterPolicy } from '../policy/starter.ts';
import type { Analysis } from '../session/analysis.ts';
import { at, placer } from '../session/places.ts';
import type { DetectedShapes } from '../session/shape-detection.ts';
import { analysed } from './analysed.ts';
import { type ExitCode, exitCodes, type Face } from './face.ts';

export interface InitOptions {
  readonly write: boolean;
  readonly force: boolean;
}

/** `switchyard init`: what reads and defines flags in a folder, with the evidence, and a policy to start from. */
export async function init(face: Face, folder: string, { write, force }: InitOptions): Promise<ExitCode> {
  const open = face.openFolder(folder);
  const analysis = await analysed(face, open);
  const shapes = await open.session.detectShapes(undefined, (done, all) => face.progress(done, all));
  face.progressDone();
  const before = analysis.world.text(policyPath);
  face.out(evidence(analysis, shapes, face));
  const text = starterPolicy(analysis.inventory, analysis.change?.baseName, shapes.proposals);
  if (!write && !force) {
    face.out(
      `\n${face.paint.bold(policyPath)}${before === undefined ? '' : ' (there is one already: this one is not written)'}\n`,
    );
    face.out(text);
    face.out(
      face.paint.dim(
        before === undefined ? 'Write it with: switchyard init --write' : 'Replace yours with: switchyard init --force',
      ),
    );
    return exitCodes.fine;
  }
  if (before !== undefined && !force)
    throw new UserError(`${policyPath} is there already and stays as it is. Replace it with --force.`);
  const range = { start: 0, end: before?.length ?? 0 };
  const edit = { range, newText: text, kind: 'policy' as const, reason: 'A policy to start from' };
  open.write([{ path: policyPath, before, edits: [edit] }]);
  face.out(`\nWrote ${policyPath}.`);
  return exitCodes.fine;
}

function evidence({ inventory, world }: Analysis, { proposals, readers }: DetectedShapes, { paint }: Face): string {
  const place = placer((path) => world.text(path));
  const blocks: string[] = [];
  const add = (title: string, rows: readonly string[], none: string) =>
    blocks.push([paint.bold(title), ...(rows.length > 0 ? rows : [none]).map((row) => `  ${row}`)].join('\n'));
  add('Flags are read through', readRows(inventory), 'nothing that Switchyard knows');
  if (readers.length > 0)
    add(
      'Functions of this folder that read flags for their callers',
      limited(
        readers.map(
          ({ reader, uses }) =>
            `${reader.name}: it ${reader.reason}; ${times(uses)}  ${paint.dim(at(place(reader.path, reader.nameRange)))}`,
        ),
      ),
      '',
    );
  add('Flags are defined in', definitionRows(inventory), 'no file that Switchyard knows');
  add(
    'Ways to read or list flags that nobody named',
    limited(
      proposals.flatMap((one) => [
        `${one.title}${one.likely ? '' : paint.dim(' (not sure)')}: ${one.reason}`,
        ...one.evidence.map(({ path, range }) => `  ${paint.dim(at(place(path, range)))}`),
      ]),
      40,
    ),
    'none were found',
  );
  return blocks.join('\n\n');
}

function readRows(inventory: Inventory): string[] {
  const counts = new Map<string, number>();
  for (const { reads } of inventory.flags.values())
    for (const { reader } of reads) counts.set(reader, (counts.get(reader) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([reader, count]) => `${reader}: ${times(count)}`);
}

function definitionRows(inventory: Inventory): string[] {
  const counts = new Map<string, number>();
  for (const { definitions } of inventory.flags.values())
    for (const { path, source } of definitions) {
      const file = `${path} (${source})`;
      counts.set(file, (counts.get(file) ?? 0) + 1);
    }
  return [...counts].sort().map(([file, count]) => `${file}: ${count} ${count === 1 ? 'flag' : 'flags'}`);
}

function times(count: number): string {
  return `${count} ${count === 1 ? 'read' : 'reads'}`;
}

function limited(rows: readonly string[], most = 20): readonly string[] {
  return rows.length <= most ? rows : [...rows.slice(0, most), `and ${rows.length - most} more lines`];
}
