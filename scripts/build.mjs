// Bundles what ships into dist/: the extension, its server with the compiler as a lazy chunk, and the command line as one file.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { packParts } from './lib/pack-parts.mjs';
import { root } from './lib/paths.mjs';
import { main, Problem, step } from './lib/step.mjs';

const dist = path.join(root, 'dist');
const stampFile = path.join(dist, '.stamp');
/** Everything that the bundles depend on. The locked versions stand for node_modules. */
const inputs = [
  'client/src',
  'server/src',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'scripts/build.mjs',
  'scripts/lib/pack-parts.mjs',
];

const bundles = [
  { name: 'client', entry: 'client/src/extension.ts', external: ['vscode'] },
  { name: 'server', entry: 'server/src/lsp/main.ts', chunks: 'chunks' },
  { name: 'switchyard', entry: 'server/src/cli/start/main.ts', executable: true },
  { name: 'cli/main', entry: 'server/src/cli/main.ts', chunks: 'cli', packedInto: 'switchyard' },
];

/** Builds all bundles, unless nothing changed since the last build. */
export async function build({ force = false } = {}) {
  for (const { entry } of bundles)
    if (!fs.existsSync(path.join(root, entry)))
      throw new Problem(`The entry point ${entry} is missing: restore it from git, then build again.`);
  const stamp = stampOf(inputs);
  if (!force && isCurrent(stamp)) return;
  await step('building', async () => {
    const { rolldown } = await import('rolldown');
    // Beside its place first: who runs dist/ at this moment, or builds as well, never meets half of it.
    const partial = path.join(root, `.artifacts/build-${process.pid}`);
    const old = `${partial}-old`;
    try {
      for (const bundle of bundles) await write(rolldown, bundle, partial, stamp);
      for (const { name, packedInto } of bundles) if (packedInto) pack(partial, path.dirname(name), packedInto);
      fs.writeFileSync(path.join(partial, '.stamp'), stamp);
      if (fs.existsSync(dist)) fs.renameSync(dist, old);
      fs.renameSync(partial, dist);
    } finally {
      for (const folder of [partial, old]) fs.rmSync(folder, { recursive: true, force: true });
    }
  });
}

async function write(rolldown, { name, entry, external = [], chunks, executable = false }, folder, stamp) {
  const warnings = [];
  const complain = (what) => {
    throw new Problem(`The bundle ${name}.cjs cannot be made from ${entry}:\n${what}`);
  };
  const bundle = await rolldown({
    input: { [name]: path.join(root, entry) },
    platform: 'node',
    // Some packages have a CommonJS build that no bundler can follow (jsonc-parser), but all have a sound ESM one.
    resolve: { mainFields: ['module', 'main'] },
    external: (id) => external.includes(id),
    // What is kept between runs depends on every line of the program.
    transform: { define: { 'process.env.SWITCHYARD_PROGRAM': JSON.stringify(stamp) } },
    onLog: (level, log) => level === 'warn' && warnings.push(log.message),
  });
  const output = {
    dir: folder,
    format: 'cjs',
    exports: 'named',
    entryFileNames: '[name].cjs',
    chunkFileNames: `${chunks}/[name].cjs`,
    codeSplitting: chunks !== undefined,
    // Names of functions and classes and the lines stay, so that a stack in a log can be read: 0.35 MB of the VSIX.
    minify: {
      mangle: { keepNames: true },
      compress: { keepNames: { function: true, class: true } },
      codegen: { removeWhitespace: false },
    },
    comments: { legal: true, annotation: false, jsdoc: false },
    banner: executable ? '#!/usr/bin/env node' : undefined,
  };
  await bundle.write(output).catch((error) => complain(error.message));
  await bundle.close();
  if (warnings.length) complain(warnings.join('\n'));
  if (executable) fs.chmodSync(path.join(folder, `${name}.cjs`), 0o755);
}

function pack(folder, parts, into) {
  const from = path.join(folder, parts);
  const textOf = (name) => fs.readFileSync(path.join(from, name), 'utf8');
  packParts(
    path.join(folder, `${into}.cjs`),
    Object.fromEntries(fs.readdirSync(from).map((name) => [name, textOf(name)])),
  );
  fs.rmSync(from, { recursive: true });
}

function isCurrent(stamp) {
  if (!fs.existsSync(stampFile) || fs.readFileSync(stampFile, 'utf8') !== stamp) return false;
  return bundles.every(({ name, packedInto }) => packedInto || fs.existsSync(path.join(dist, `${name}.cjs`)));
}

function stampOf(places) {
  const hash = createHash('sha256');
  for (const file of places.flatMap((place) => filesBelow(path.join(root, place))).sort())
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(fs.readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

function filesBelow(place) {
  if (!fs.statSync(place).isDirectory()) return [place];
  return fs
    .readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await main(() => build({ force: process.argv.includes('--force') }));
