/**
 * Runs `switchyard check` over commits of real repositories, each against its parent, and counts what it finds. See docs/proof-change.md.
 *
 *     node scripts/build.mjs && node --import=tsx scripts/measure-changes.ts --out FOLDER [--commits N] [--sample N] REPOSITORY...
 *
 * Writes `commits.jsonl` (a commit a line) and `sample.md` (findings drawn evenly, with the lines that changed, to be judged by hand), and
 * prints findings per 100 changed functions by rule, and how many of the commits that were mended within a week are among the riskiest.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { CheckOutput } from '../server/src/cli/json.ts';
import { mendedCommits, sizeOf, sourceCommits } from './replay/history.ts';
import { type Checkout, checkoutOf } from './replay/repository.ts';

export interface Measured {
  readonly repository: string;
  readonly commit: string;
  readonly subject: string;
  /** Lines added and deleted in source files. */
  readonly size: number;
  readonly mended: boolean;
  readonly seconds: number;
  readonly functions: number;
  readonly findings: CheckOutput['findings'];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string' },
    commits: { type: 'string', default: '75' },
    sample: { type: 'string', default: '100' },
    program: { type: 'string' },
  },
});
const built = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../dist/switchyard.cjs');
const program = path.resolve(values.program ?? built);
if (values.out === undefined || positionals.length === 0) {
  console.error(
    'Name a folder and repositories: node --import=tsx scripts/measure-changes.ts --out FOLDER REPOSITORY...',
  );
  process.exit(2);
}
const out = path.resolve(values.out);
fs.mkdirSync(out, { recursive: true });
fs.rmSync(path.join(out, 'commits.jsonl'), { force: true });
const all = positionals.flatMap((repository) => measureRepository(path.resolve(repository), Number(values.commits)));
fs.writeFileSync(path.join(out, 'sample.md'), sampleOf(all, Number(values.sample)));
console.log([byRule(all), byHistory(all)].join('\n\n'));

/** Commits spread evenly over those of the last years that touch source files. */
function measureRepository(repository: string, wanted: number): Measured[] {
  const name = path.basename(repository.replace(/\/(?:repo|\.git)$/, ''));
  const checkout = checkoutOf(repository, path.join(os.tmpdir(), 'switchyard-measure', name));
  onlyText(checkout);
  const candidates = sourceCommits(checkout);
  const step = Math.max(1, candidates.length / wanted);
  const drawn = Array.from(
    { length: Math.min(wanted, candidates.length) },
    (_, i) => candidates[Math.floor(i * step)]!,
  );
  const mended = mendedCommits(checkout, drawn, candidates);
  const measured: Measured[] = [];
  for (const { commit, subject } of drawn) {
    const start = performance.now();
    const output = check(checkout, commit);
    const size = output && sizeOf(checkout, commit);
    if (!output || size === undefined) continue;
    measured.push({
      repository: name,
      commit,
      subject,
      size,
      mended: mended.has(commit),
      seconds: Math.round(performance.now() - start) / 1000,
      functions: output.summary.changedFunctions,
      findings: output.findings.filter(({ group, under }) => group !== null && under === null),
    });
    fs.appendFileSync(path.join(out, 'commits.jsonl'), `${JSON.stringify(measured.at(-1))}\n`);
  }
  console.error(`${name}: ${measured.length} of ${candidates.length} commits`);
  return measured;
}

/** Pictures and the like are not looked at, and a mirror may lack them. */
function onlyText({ git }: Checkout): void {
  const endings = 'ts tsx mts cts js jsx mjs cjs vue svelte astro json jsonc json5 yml yaml'.split(' ');
  git('sparse-checkout', 'set', '--no-cone', ...endings.map((one) => `*.${one}`), '.env*', '.gitignore');
}

function check({ folder, git }: Checkout, commit: string): CheckOutput | undefined {
  try {
    git('checkout', '--quiet', '--force', '--detach', commit);
    git('clean', '-dfq');
  } catch {
    console.error(`${commit}: cannot be checked out`);
    return undefined;
  }
  const args = ['check', folder, '--base', `${commit}^`, '--all', '--format', 'json', '--fail-on', 'never'];
  const run = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (run.status === 0) return JSON.parse(run.stdout) as CheckOutput;
  console.error(`${commit}: ${run.stderr.trim()}`);
  return undefined;
}

/** Hints stand in no list of problems, so that they are counted apart. */
function byRule(measured: readonly Measured[]): string {
  const functions = measured.reduce((sum, one) => sum + one.functions, 0);
  const counts = new Map<string, [loud: number, quiet: number]>();
  for (const { rule, severity } of measured.flatMap(({ findings }) => findings)) {
    const [loud, quiet] = counts.get(rule) ?? [0, 0];
    const isLoud = severity !== 'hint';
    counts.set(rule, isLoud ? [loud + 1, quiet] : [loud, quiet + 1]);
  }
  const per = (n: number) => ((100 * n) / Math.max(1, functions)).toFixed(2);
  const rows = [...counts]
    .sort((a, b) => b[1][0] - a[1][0])
    .map(([rule, [loud, quiet]]) => `| ${rule} | ${loud} | ${quiet} | ${per(loud)} |`);
  const [loud, quiet] = [...counts.values()].reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
  return [
    `${measured.length} commits, ${functions} changed functions`,
    '',
    '| rule | findings | hints | findings per 100 functions |',
    '| --- | --- | --- | --- |',
    ...rows,
    `| all | ${loud} | ${quiet} | ${per(loud)} |`,
  ].join('\n');
}

/** How many of the commits that were mended within a week stand among the riskiest fifth, by weight and by size alone. */
function byHistory(measured: readonly Measured[]): string {
  const fifth = Math.round(measured.length / 5);
  const mended = measured.filter((one) => one.mended).length;
  const share = (score: (one: Measured) => number) => {
    const riskiest = [...measured].sort((a, b) => score(b) - score(a)).slice(0, fifth);
    const hit = riskiest.filter((one) => one.mended).length;
    return `${hit} of ${mended} (${((100 * hit) / Math.max(1, mended)).toFixed(0)} %)`;
  };
  const weight = ({ findings }: Measured) => findings.reduce((sum, one) => sum + (one.weight?.total ?? 0), 0);
  return [
    `mended within a week: ${mended} of ${measured.length}; of them among the riskiest fifth (${fifth} commits):`,
    `by weight ${share((one) => weight(one) + one.size / 1e6)}, by lines changed ${share((one) => one.size)}`,
  ].join('\n');
}

/** Findings drawn evenly over all, each with the difference of its file around it. */
function sampleOf(measured: readonly Measured[], wanted: number): string {
  const list = measured.flatMap((one) =>
    one.findings.filter(({ severity }) => severity !== 'hint').map((finding) => ({ ...one, finding })),
  );
  const step = Math.max(1, list.length / wanted);
  const drawn = Array.from({ length: Math.min(wanted, list.length) }, (_, i) => list[Math.floor(i * step)]!);
  return drawn
    .map(({ repository, commit, subject, finding }, index) => {
      const { file, line, rule, severity, message, related } = finding;
      const old = related.flatMap(({ text }) => (text === undefined ? [] : [text]));
      return [
        `## ${index + 1}. ${rule} (${severity}), ${repository} ${commit.slice(0, 10)} ${file}:${line}`,
        `${subject}\n\n**${message}**`,
        ...old.map((text) => `It was:\n\n~~~ts\n${text}\n~~~`),
        'Judged: ',
      ].join('\n\n');
    })
    .join('\n\n');
}
