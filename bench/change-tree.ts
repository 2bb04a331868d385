import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { randomFrom } from './random.ts';
import { blocks, closing, flagged, opening, testText } from './service-blocks.ts';

/** The file of the change that the bench types in: its length, and that of the others. */
export const typedFile = 'src/orders/part-0/service-0.ts';
const linesOfTypedFile = 1500;
const linesPerFile = 110;
const fileCount = 1000;
const filesPerFolder = 25;
const testShare = 0.25;
/** As in the repositories that the other tree is like. */
const filesPerFlagReader = 25;
const areas = ['orders', 'billing', 'users', 'search', 'shipping', 'reports', 'mail', 'stock'];
/** What changes: sources with their tests, new files and files that are gone. */
const changedSources = 72;
const changedTests = 20;
const addedFiles = 5;
const deletedFiles = 3;

/** What git says of the change. */
export interface ChangeSize {
  readonly files: number;
  readonly inserted: number;
  readonly deleted: number;
}

/**
 * A repository of services, about 1,000 files, with a change of 100 files and 5,000 new or other lines against `main`: half of it
 * committed on a branch, half of it in the working tree. The same bytes each time.
 */
export function writeChangedTree(root: string): ChangeSize {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...args], {
      cwd: root,
      encoding: 'utf8',
    });
  fs.rmSync(root, { recursive: true, force: true });
  const files = Array.from({ length: fileCount }, (_, i) => fileOf(i));
  for (const file of files) write(root, file.path, file.text(false));
  write(root, 'package.json', packageText('4.18.2'));
  write(root, 'tsconfig.json', '{ "compilerOptions": { "strict": true, "baseUrl": "." } }\n');
  write(root, '.github/workflows/ci.yml', workflow('npm run lint && npm test'));
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'Start');
  git('checkout', '-qb', 'change');
  const sources = spread(files.filter((one) => !one.isTest));
  const tests = spread(files.filter((one) => one.isTest));
  const changed = [...sources.slice(0, changedSources), ...tests.slice(0, changedTests)];
  const half = changed.length / 2;
  for (const file of changed.slice(0, half)) write(root, file.path, file.text(true));
  write(root, 'package.json', packageText('5.0.1'));
  git('add', '-A');
  git('commit', '-qm', 'Work on the services');
  for (const file of changed.slice(half)) write(root, file.path, file.text(true));
  for (let i = 0; i < addedFiles; i++)
    write(root, `src/orders/part-0/added-${i}.ts`, sourceText(fileCount + i, linesPerFile));
  for (const { path: gone } of sources.slice(-deletedFiles)) fs.rmSync(path.join(root, gone));
  git('add', '-AN');
  const stat = git('diff', '--no-renames', '--shortstat', 'main', '--', '*.ts');
  const figure = (of: RegExp) => Number(of.exec(stat)?.[1] ?? 0);
  return {
    files: figure(/(\d+) files? changed/),
    inserted: figure(/(\d+) insertion/),
    deleted: figure(/(\d+) deletion/),
  };
}

interface GeneratedFile {
  readonly path: string;
  readonly isTest: boolean;
  text(changed: boolean): string;
}

function fileOf(i: number): GeneratedFile {
  const area = areas[i % areas.length]!;
  const isTest = i > 0 && randomFrom(i)() < testShare;
  const path = `src/${area}/part-${Math.floor(i / (areas.length * filesPerFolder))}/service-${i}${isTest ? '.test' : ''}.ts`;
  const subject = i - areas.length;
  if (isTest) return { path, isTest, text: (changed) => testText(i, Math.max(0, subject), changed) };
  const lines = path === typedFile ? linesOfTypedFile : linesPerFile;
  return { path, isTest, text: (changed) => sourceText(i, lines, changed) };
}

/** The same file of base and now: of its blocks two in five change, one in seven is gone, and new ones come. */
function sourceText(i: number, lines: number, changed = false): string {
  const random = randomFrom(i);
  const readsFlags = i % filesPerFlagReader === 0;
  const parts = [opening(i, areas.length, readsFlags)];
  if (readsFlags) parts.push(flagged(i, 0, changed));
  let length = 0;
  for (let block = 0; length < lines; block++) {
    const kind = blocks[Math.floor(random() * blocks.length)]!;
    const before = kind(i, block, false);
    length += before.split('\n').length;
    if (!changed) parts.push(before);
    else if (block % 5 < 2) parts.push(kind(i, block, true));
    else if (block % 7 !== 5) parts.push(before);
    if (changed && block % 3 === 1) parts.push(kind(i, block + 1000, true));
  }
  parts.push(closing(i));
  return parts.join('\n');
}

/** Spread over the whole list, its first one first. */
function spread<T>(all: readonly T[]): T[] {
  const step = 7;
  return Array.from({ length: step }, (_, from) => all.filter((_, i) => i % step === from)).flat();
}

function packageText(express: string): string {
  const dependencies = { express, zod: '^3.22.0', pg: '^8.11.0', '@openfeature/server-sdk': '^1.13.0' };
  const scripts = { test: 'vitest', lint: 'eslint .' };
  return `${JSON.stringify({ name: 'services', private: true, scripts, dependencies }, null, 2)}\n`;
}

function workflow(run: string): string {
  return `on: [push]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: ${run}\n`;
}

function write(root: string, file: string, text: string): void {
  const target = path.join(root, file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, text);
}
