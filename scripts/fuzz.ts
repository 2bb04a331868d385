/**
 * `npm run fuzz`: removes flags from generated code, and tells whether it still does the same. Exit code 1 on a divergence, which is
 * printed as small as it became; `--seed N --programs 1` shows it again.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { families } from '../test/fuzz/families.ts';
import { type Found, fuzz, type Report } from '../test/fuzz/fuzz.ts';
import { mutate } from './mutate-removal.ts';

const usage = `npm run fuzz [-- --seed N] [--workers N] [--enough N] ${families.map(({ name }) => `[--${name} N]`).join(' ')}
  --seed N      the first seed; the next ones follow (default: the time)
  --enough N    stops at so many divergences (default: 10)
  --mutate      skips one guard of the engine at a time, and tells whether it is found; --guard TEXT names some
  --${families[0]!.name} N  how many cases of a family (default: 50000 in all)
`;

/** Shares of the families in a run, until somebody says otherwise. */
const usual: Readonly<Record<string, number>> = { programs: 40_000, components: 5_000, workspaces: 5_000 };

async function main(): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      seed: text,
      workers: text,
      enough: text,
      guard: text,
      mutate: { type: 'boolean' },
      help: { type: 'boolean' },
      ...Object.fromEntries(families.map(({ name }) => [name, text])),
    },
  }) as unknown as { values: Record<string, string | undefined> };
  if (values.help) return process.stdout.write(usage) ? 0 : 1;
  const seed = Number(values.seed ?? Date.now() % 0x3fffffff);
  const workers = Number(values.workers ?? availableParallelism());
  const given = families.some(({ name }) => values[name] !== undefined);
  const counts = Object.fromEntries(
    families
      .map(({ name }) => [name, Number(values[name] ?? (given ? 0 : usual[name]))] as const)
      .filter(([, n]) => n > 0),
  );
  if (values.mutate) return mutate(seed, workers, values.guard, given ? counts : {});
  const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const start = Date.now();
  process.stdout.write(
    `${Object.entries(counts)
      .map(([name, n]) => `${n} ${name}`)
      .join(', ')}; seed ${seed}\n`,
  );
  let told = 0;
  const reports = await fuzz({
    counts,
    seed,
    workers,
    enough: Number(values.enough ?? 10),
    progress(done, report) {
      report.found.forEach(tell);
      if (done - told < Math.max(1000, all / 50) && done < all) return;
      told = done;
      process.stdout.write(`${done} of ${all}, ${Math.round((Date.now() - start) / 1000)} s\n`);
    },
  });
  for (const [name, report] of reports) process.stdout.write(`${name}: ${summary(report)}\n`);
  const found = [...reports.values()].flatMap((report) => report.found);
  if (found.length > 0)
    process.stdout.write(
      `${found.length} diverged; seeds ${found.map((one) => `${one.family} ${one.seed}`).join(', ')}\n`,
    );
  return found.length > 0 ? 1 : 0;
}

function tell({ family, seed, how, before, after }: Found): void {
  process.stdout.write(`\n=== ${family}, seed ${seed}: ${how}\n${before}\n--- after\n${after}\n\n`);
}

function summary({ same, changed, refused, void: lost, found }: Report): string {
  return `${same} the same (${changed} changed, ${refused} with a refusal), ${lost} not judged, ${found.length} diverged`;
}

process.exitCode = await main();
