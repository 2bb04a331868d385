/**
 * `npm run fuzz:changes`: makes changes in real sources, some of which have to be told and some of which may not be, and counts
 * what Switchyard says. Exit code 1 below the wanted shares. A seed gives the same changes again.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Change } from '../test/seeded/change.ts';
import { changesOf } from '../test/seeded/changes.ts';
import { createJudge } from '../test/seeded/judge.ts';
import { kinds } from '../test/seeded/kinds.ts';
import { readSources } from '../test/seeded/packages.ts';
import { judged, type Outcome, printed, reportOf } from '../test/seeded/report.ts';
import { lineDiff } from '../test/seeded/show.ts';

const usage = `npm run fuzz:changes [-- --seed N] [--changes N] [--kind NAME] [--show] [--sources DIR] [--write DIR]
  --seed N       which changes are drawn (default: the time)
  --changes N    how many (default: 3000)
  --kind NAME    only kinds whose name holds this; several, separated by commas
  --show         prints each change that was judged wrongly; --show all prints every one
  --sources DIR  a folder of packages instead of node_modules
  --write DIR    writes each change as DIR/N/base and DIR/N/now with DIR/N/change.json, for other tools; judges nothing
`;

async function main(): Promise<number> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values, positionals } = parseArgs({
    options: { seed: text, changes: text, kind: text, show: flag, sources: text, write: text, help: flag },
    allowPositionals: true,
  });
  if (values.help) return process.stdout.write(usage) ? 0 : 1;
  const seed = Number(values.seed ?? Date.now() % 0x3fffffff);
  const count = Number(values.changes ?? 3000);
  const names = values.kind?.split(',');
  const wanted = kinds.filter(({ name }) => !names || names.some((one) => name.includes(one)));
  const { workspaces, missing } = readSources(values.sources);
  const files = workspaces.reduce((sum, one) => sum + one.files.size, 0);
  tell(`${wanted.length} kinds, ${files} files of ${workspaces.length} workspaces; seed ${seed}`);
  if (missing.length > 0) tell(`not installed: ${missing.join(', ')}`);
  const changes = first(count, changesOf(workspaces, wanted, seed));
  if (values.write) return write(values.write, changes);
  const judge = createJudge();
  const outcomes: Outcome[] = [];
  const start = Date.now();
  for (const change of changes) {
    const outcome = await judged(change, judge);
    outcomes.push(outcome);
    if (values.show && (positionals.includes('all') || !outcome.right)) show(outcome);
    if (outcomes.length % 500 === 0) tell(`${outcomes.length}, ${Math.round((Date.now() - start) / 1000)} s`);
  }
  const report = reportOf(outcomes);
  tell(printed(report));
  tell(`${outcomes.length} changes, ${Math.round((Date.now() - start) / 1000)} s`);
  return report.recall >= 0.95 && report.silence >= 0.99 ? 0 : 1;
}

function* first<T>(count: number, all: Iterable<T>): Iterable<T> {
  let n = 0;
  for (const one of all) {
    if (n++ >= count) return;
    yield one;
  }
}

function show({ change, right, said }: Outcome): void {
  const { kind, workspace, files, fires } = change;
  tell(
    `\n=== ${kind} (${fires.join(', ') || 'silence'}): ${right ? 'right' : 'wrong'}, said ${said.join(', ') || 'nothing'}`,
  );
  for (const [path, now] of files) {
    tell(`--- ${workspace.name} ${path}`);
    tell(lineDiff(workspace.files.get(path)?.text ?? '', now ?? ''));
  }
}

function write(folder: string, changes: Iterable<Change>): number {
  let n = 0;
  for (const { kind, fires, path: at, workspace, files } of changes) {
    const below = path.join(folder, String(n++));
    for (const [name, now] of files) {
      put(path.join(below, 'base', name), workspace.files.get(name)?.text);
      put(path.join(below, 'now', name), now);
    }
    put(path.join(below, 'change.json'), JSON.stringify({ kind, fires, path: at, workspace: workspace.name }, null, 2));
  }
  tell(`${n} changes in ${folder}`);
  return 0;
}

function put(file: string, text: string | undefined): void {
  if (text === undefined) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = await main();
