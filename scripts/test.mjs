// `npm test`: installs what is missing, builds, and runs every check, each in its own stage. The last line counts them.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { installBasics, installBrowserHost } from './install.mjs';
import { runMocha } from './lib/mocha.mjs';
import { artifacts, root } from './lib/paths.mjs';
import { main, Problem, run, seconds } from './lib/step.mjs';

/** A stage gives `{ passed, failed, output, note }`; one without tests of its own counts as one. */
const stages = {
  lint: () => program('biome', ['check', '.']),
  types: () => program('tsc', ['-p', 'tsconfig.json']),
  generated: () => node(['--import=tsx', 'scripts/generate.ts', '--check']),
  unit: (options) => runMocha('unit', 'test/unit/**/*.test.ts', options),
  property: (options) => runMocha('property', 'test/property/**/*.test.ts', options),
  protocol: (options) => runMocha('protocol', 'test/protocol/**/*.test.ts', options),
  cli: (options) => runMocha('cli', 'test/cli/**/*.test.ts', options),
  package: (options) => runMocha('package', 'test/package/**/*.test.ts', options),
  e2e: async (options) => (await import('../test/e2e/run.mjs')).runExtensionHost(options),
  ui: async (options) => (await import('../test/e2e/run.mjs')).runWorkbench(options),
};
const withoutTitles = new Set(['lint', 'types', 'generated']);
const inBrowser = new Set(['e2e', 'ui']);

const help = `npm test [-- --only STAGE]... [--grep TEXT]
  --only STAGE  run only this stage; repeat for several. Nothing is installed for stages left out.
  --grep TEXT   run only tests whose title holds TEXT; stages without titles are left out
Stages: ${Object.keys(stages).join(', ')}
`;

async function test() {
  const { only, grep, help: wanted } = readArguments();
  if (wanted) return void process.stdout.write(`${help}\n`);
  const chosen = only ?? Object.keys(stages).filter((name) => grep === undefined || !withoutTitles.has(name));
  const start = Date.now();
  if (only === undefined) forgetLastRun();
  await installBasics();
  // First of all: a machine on which the last stage cannot run should say so at once.
  const host = chosen.some((name) => inBrowser.has(name)) ? await installBrowserHost() : undefined;
  await build();
  let passed = 0;
  let failed = 0;
  for (const name of chosen) {
    const result = await runStage(name, { grep, host });
    passed += result.passed;
    failed += result.failed;
  }
  const empty = passed + failed === 0;
  process.stdout.write(
    `${empty ? 'nothing ran' : `all stages in ${seconds(start)}`}\n${passed} passed, ${failed} failed\n`,
  );
  return failed > 0 || empty ? 1 : 0;
}

/** Logs, reports and screenshots of a whole run are of that run alone. */
function forgetLastRun() {
  for (const name of ['logs', 'reports', 'screens'])
    fs.rmSync(path.join(artifacts, name), { recursive: true, force: true });
}

async function runStage(name, options) {
  process.stdout.write(`${name} ...`);
  const start = Date.now();
  const result = await stages[name](options).catch((error) => ({
    passed: 0,
    failed: 1,
    output: error instanceof Problem ? error.message : error.stack,
  }));
  const { passed, failed, output, note } = result;
  process.stdout.write(` ${passed} passed${failed ? `, ${failed} FAILED` : ''} (${seconds(start)})\n`);
  if (note) process.stdout.write(`  ${note}\n`);
  if (failed && output) process.stdout.write(`${excerpt(name, output.trim()).replace(/^/gm, '  ')}\n`);
  return result;
}

/** What a stage said, as much as a person reads; the whole of it is kept in .artifacts/logs/. */
function excerpt(name, output) {
  const lines = output.split('\n');
  if (lines.length <= 300) return output;
  const file = path.join(artifacts, 'logs', `${name}.log`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, output);
  return [...lines.slice(0, 200), `... (all ${lines.length} lines are in ${file})`, ...lines.slice(-80)].join('\n');
}

async function program(name, args) {
  return asOne(await run(path.join(root, 'node_modules/.bin', name), args, { cwd: root }));
}

async function node(args) {
  return asOne(await run(process.execPath, args, { cwd: root }));
}

function asOne({ code, output }) {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output };
}

function readArguments() {
  const options = { only: { type: 'string', multiple: true }, grep: { type: 'string' }, help: { type: 'boolean' } };
  let values;
  try {
    ({ values } = parseArgs({ options }));
  } catch (error) {
    throw new Problem(`${error.message}\n\n${help}`);
  }
  const unknown = values.only?.find((name) => !Object.hasOwn(stages, name));
  if (unknown) throw new Problem(`There is no stage ${unknown}. Stages: ${Object.keys(stages).join(', ')}.`);
  return values;
}

// Stages lead process groups of their own, which end with this process: let signals end it the ordinary way.
for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }))
  process.once(signal, () => process.exit(code));
await main(test);
