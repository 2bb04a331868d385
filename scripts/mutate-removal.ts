/**
 * `npm run fuzz -- --mutate`: skips one guard of the removal at a time, in a copy of the sources, and tells whether generated code
 * finds it. Exit code 1 when a guard is missed by the fuzz and by the fixtures.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fuzz } from '../test/fuzz/fuzz.ts';
import { type Guard, guards } from '../test/fuzz/guards.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
/** How many cases a guard may take. */
const usual = { programs: 3000, components: 1500, workspaces: 600 };

interface Proof {
  readonly guard: Guard;
  /** `programs after 12`: the family, and how many of its cases it took. */
  readonly fuzz: string | undefined;
  /** Asked only where generated code found nothing. */
  readonly fixtures: boolean;
}

/** Prints a table of all guards, or of those whose text holds `only`. */
export async function mutate(
  seed: number,
  workers: number,
  only = '',
  most: Partial<typeof usual> = {},
): Promise<number> {
  const chosen = guards.filter(({ keeps, file }) => `${keeps} ${file}`.includes(only));
  const proofs: Proof[] = [];
  process.stdout.write(`${chosen.length} guards; seed ${seed}\n| guard | in | found by |\n| --- | --- | --- |\n`);
  for (const guard of chosen) {
    const copy = copyWithout(guard);
    try {
      const found = await foundBy(copy, guard, seed, workers, { ...usual, ...most });
      const proof = { guard, fuzz: found, fixtures: found === undefined && fixturesFind(copy) };
      proofs.push(proof);
      process.stdout.write(
        `| ${guard.keeps} | ${guard.file} | ${found ?? (proof.fixtures ? 'fixtures only' : '**nothing**')} |\n`,
      );
    } finally {
      fs.rmSync(copy, { recursive: true, force: true });
    }
  }
  const missed = proofs.filter((proof) => !proof.fuzz && !proof.fixtures);
  process.stdout.write(
    `${proofs.filter((proof) => proof.fuzz).length} of ${proofs.length} found by generated code, ${missed.length} by nothing\n`,
  );
  return missed.length > 0 ? 1 : 0;
}

/** The sources and what judges them, one guard left out. A guard that is not there any more is an error: skipping nothing proves nothing. */
function copyWithout({ file, from, to }: Guard): string {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'switchyard-guard-'));
  for (const part of ['server', 'test/fuzz', 'test/unit', 'test/harness', 'test/fixtures'])
    fs.cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  for (const name of ['package.json', 'tsconfig.json', '.mocharc.json'])
    fs.copyFileSync(path.join(root, name), path.join(copy, name));
  fs.symlinkSync(fs.realpathSync(path.join(root, 'node_modules')), path.join(copy, 'node_modules'));
  const target = path.join(copy, 'server/src/removal', file);
  const parts = fs.readFileSync(target, 'utf8').split(from);
  if (parts.length !== 2)
    throw new Error(`\`${from}\` stands ${parts.length - 1} times in ${file}: bring test/fuzz/guards.ts up to date`);
  fs.writeFileSync(target, parts.join(to));
  return copy;
}

async function foundBy(
  copy: string,
  { family = 'programs' }: Guard,
  seed: number,
  workers: number,
  most: typeof usual,
): Promise<string | undefined> {
  const counts = { [family]: most[family] };
  const worker = path.join(copy, 'test/fuzz/worker.ts');
  const reports = await fuzz({ counts, seed, workers, worker, enough: 1, asDrawn: true });
  const seeds = [...reports.values()].flatMap(({ found }) => found.map((one) => one.seed));
  return seeds.length > 0 ? `${family} after ${Math.min(...seeds) - seed + 1}` : undefined;
}

function fixturesFind(copy: string): boolean {
  const tests = ['removal', 'removal-files', 'removal-fixtures', 'removal-sdks'].map(
    (name) => `test/unit/${name}.test.ts`,
  );
  const mocha = path.join(copy, 'node_modules/mocha/bin/mocha.js');
  return spawnSync(process.execPath, ['--import=tsx', mocha, ...tests], { cwd: copy, stdio: 'ignore' }).status !== 0;
}
