/**
 * Replays commits in which people removed a flag: from the parent of each, `switchyard remove` does the same, and the
 * production code of both is compared token by token. See docs/replay.md.
 *
 *     node scripts/build.mjs && node --import=tsx scripts/replay-removals.ts CASES.json [--only COMMIT]... [--types] [--no-typecheck] [--program FILE]
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
const only = options.filter((_, index) => options[index - 1] === '--only');
const name = path.basename(path.resolve(cases.repository).replace(/\/(?:repo|\.git)$/, ''));
const checkout = checkoutOf(path.resolve(cases.repository), path.join(os.tmpdir(), 'switchyard-replay', name));
const totals = { removals: 0, equalRemovals: 0, equal: 0, different: 0, theirs: 0, ours: 0, typeErrors: 0 };
for (const replay of cases.removals)
  if (only.length === 0 || only.some((commit) => replay.commit.startsWith(commit))) run(checkout, replay);
console.log(JSON.stringify({ repository: name, ...totals }));

function run(at: Checkout, { commit, flags, policy }: Replay): void {
  goToParent(at, commit);
  console.log(`\n=== ${commit} ${at.git('log', '-1', '--format=%cs %s', commit).trim()} ${JSON.stringify(flags)}`);
  const rules = policy ?? cases.policy;
  if (rules) fs.writeFileSync(path.join(at.folder, 'switchyard.jsonc'), JSON.stringify(rules));
  const touched = filesChangedBy(at, commit).filter(isProduction);
  for (const [key, keep] of Object.entries(flags)) remove(at, key, keep);
  const unlike = compare(at, commit, touched);
  if (options.includes('--types')) reportTypes(at, unlike);
}

function remove(at: Checkout, key: string, keep: Value): void {
  const value = typeof keep === 'string' && /^(?:true|false|[\d.]+)$/.test(keep) ? `"${keep}"` : String(keep);
  const unchecked = options.includes('--no-typecheck') ? ['--no-typecheck'] : [];
  const args = [program, 'remove', key, `--keep=${value}`, '--write', ...unchecked];
  const { status, stdout, stderr } = spawnSync('node', args, { cwd: at.folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) console.log(`  remove ${key}: exit code ${status}`);
  console.log((stdout + stderr).replace(/^/gm, '  | ').trimEnd());
}

/** Returns the files that we changed in another way than people did. */
function compare(at: Checkout, commit: string, touched: readonly string[]): string[] {
  const ours = filesChangedNow(at).filter(isProduction);
  const unlike: string[] = [];
  let isEqual = true;
  for (const one of [...new Set([...touched, ...ours])].sort()) {
    const [was, mine, their] = [textAt(at, `${commit}^`, one), textNow(at, one), textAt(at, commit, one)].map((text) =>
      text === undefined ? ['(deleted)'] : tokensOf(one, text),
    ) as [string[], string[], string[]];
    const diff = tokenDiff(mine, their);
    const isSame = (tokens: readonly string[]) => tokenDiff(was, tokens).length === 0;
    const who = diff.length === 0 ? 'equal' : isSame(mine) ? 'theirs' : isSame(their) ? 'ours' : 'different';
    totals[who]++;
    isEqual &&= who === 'equal';
    if (who === 'ours' || who === 'different') unlike.push(one);
    console.log(`  ${who.toUpperCase()} ${one}`);
    for (const line of diff)
      console.log(`      ${line.length > 600 ? `${line.slice(0, 300)} ... ${line.slice(-300)}` : line}`);
  }
  totals.removals++;
  if (isEqual) totals.equalRemovals++;
  return unlike;
}

/** What the type checker says after our change and did not say before; what people wrote alike is not ours to check. */
function reportTypes(at: Checkout, unlike: readonly string[]): void {
  const files = unlike.filter((one) => /\.[cm]?tsx?$/.test(one));
  if (files.length === 0) return;
  const after = typesOf(at.folder, files);
  at.git('stash', '--quiet');
  for (const text of newlySaid(typesOf(at.folder, files), after)) {
    totals.typeErrors++;
    console.log(`  NEW TYPE ERROR ${text}`);
  }
  at.git('stash', 'drop', '--quiet');
}
