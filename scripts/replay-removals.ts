/**
 * Replays commits in which people removed a flag: from the parent of each, `switchyard remove` does the same, and the
 * production code of both is compared token by token. See docs/replay.md.
 *
 *     node scripts/build.mjs && node --import=tsx scripts/replay-removals.ts CASES.json [--only COMMIT] [--types] [--program FILE]
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { newlySaid, typesOf } from './replay/diagnostics.ts';
import {
  type Checkout,
  checkoutOf,
  filesChangedBy,
  filesChangedNow,
  goToParent,
  isProduction,
  textAt,
  textNow,
} from './replay/repository.ts';
import { tokenDiff, tokensOf } from './replay/tokens.ts';

type Value = string | number | boolean;

interface Replay {
  readonly commit: string;
  /** Each key, and the value that stayed. */
  readonly flags: Readonly<Record<string, Value>>;
  /** What a person would have to tell the product about this repository at that time. */
  readonly policy?: object;
}

interface Cases {
  /** A clone, or a bare mirror. */
  readonly repository: string;
  readonly policy?: object;
  readonly removals: readonly Replay[];
}

const [file, ...options] = process.argv.slice(2);
const argumentOf = (option: string) => (options.includes(option) ? options[options.indexOf(option) + 1] : undefined);
const built = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../dist/switchyard.cjs');
const program = path.resolve(argumentOf('--program') ?? built);
if (file === undefined) {
  console.error('Name a file of cases: node --import=tsx scripts/replay-removals.ts CASES.json');
  process.exit(2);
}
const cases = JSON.parse(fs.readFileSync(file, 'utf8')) as Cases;
const only = argumentOf('--only');
const name = path.basename(path.resolve(cases.repository).replace(/\/(?:repo|\.git)$/, ''));
const checkout = checkoutOf(path.resolve(cases.repository), path.join(os.tmpdir(), 'switchyard-replay', name));
const totals = { removals: 0, equalRemovals: 0, equal: 0, different: 0, theirs: 0, ours: 0, typeErrors: 0 };
for (const replay of cases.removals) if (only === undefined || replay.commit.startsWith(only)) run(checkout, replay);
console.log(JSON.stringify({ repository: name, ...totals }));

function run(at: Checkout, { commit, flags, policy }: Replay): void {
  goToParent(at, commit);
  console.log(`\n=== ${commit} ${at.git('log', '-1', '--format=%cs %s', commit).trim()} ${JSON.stringify(flags)}`);
  const rules = policy ?? cases.policy;
  if (rules) fs.writeFileSync(path.join(at.folder, 'switchyard.jsonc'), JSON.stringify(rules));
  const touched = filesChangedBy(at, commit).filter(isProduction);
  const before = options.includes('--types') ? typesOf(at.folder, checkedFiles(at, touched)) : undefined;
  for (const [key, keep] of Object.entries(flags)) remove(at, key, keep);
  if (before) reportTypes(at, before, touched);
  compare(at, commit, touched);
}

function remove(at: Checkout, key: string, keep: Value): void {
  const value = typeof keep === 'string' && /^(?:true|false|[\d.]+)$/.test(keep) ? `"${keep}"` : String(keep);
  const args = [program, 'remove', key, `--keep=${value}`, '--write'];
  const { status, stdout, stderr } = spawnSync('node', args, { cwd: at.folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) console.log(`  remove ${key}: exit code ${status}`);
  console.log((stdout + stderr).replace(/^/gm, '  | ').trimEnd());
}

function compare(at: Checkout, commit: string, touched: readonly string[]): void {
  const ours = filesChangedNow(at).filter(isProduction);
  let isEqual = true;
  for (const one of [...new Set([...touched, ...ours])].sort()) {
    const [a, b] = [textNow(at, one), textAt(at, commit, one)];
    const [mine, their] = [a, b].map((text) => (text === undefined ? ['(deleted)'] : tokensOf(one, text)));
    const diff = tokenDiff(mine!, their!);
    const was = textAt(at, `${commit}^`, one);
    const old = was === undefined ? ['(deleted)'] : tokensOf(one, was);
    const same = (tokens: readonly string[]) => tokenDiff(old, tokens).length === 0;
    const who = diff.length === 0 ? 'equal' : same(mine!) ? 'theirs' : same(their!) ? 'ours' : 'different';
    totals[who]++;
    isEqual &&= diff.length === 0;
    console.log(`  ${who.toUpperCase()} ${one}`);
    for (const line of diff)
      console.log(`      ${line.length > 600 ? `${line.slice(0, 300)} ... ${line.slice(-300)}` : line}`);
  }
  totals.removals++;
  if (isEqual) totals.equalRemovals++;
}

/** The files that people changed, that we changed, and that import one of them. */
function checkedFiles(at: Checkout, touched: readonly string[]): string[] {
  return [...new Set([...touched, ...filesChangedNow(at).filter(isProduction)])].filter((one) =>
    /\.[cm]?tsx?$/.test(one),
  );
}

function reportTypes(at: Checkout, before: ReturnType<typeof typesOf>, touched: readonly string[]): void {
  const files = checkedFiles(at, touched);
  const more = files.filter((one) => !touched.includes(one));
  const after = typesOf(at.folder, files);
  let base = before;
  if (more.length > 0) {
    at.git('stash', '--quiet');
    base = new Map([...before, ...typesOf(at.folder, more)]);
    at.git('stash', 'pop', '--quiet');
  }
  for (const text of newlySaid(base, after)) {
    totals.typeErrors++;
    console.log(`  NEW TYPE ERROR ${text}`);
  }
}
