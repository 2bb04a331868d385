import { ts } from 'ts-morph';
import { join } from '../../server/src/core/paths.ts';
import type { Flags } from './programs.ts';
import type { Behaviour } from './run-program.ts';

/** Runs `src/main.ts` with its flags fixed, and tells what was noted; undefined where it cannot be run. */
export function runWorkspace(files: ReadonlyMap<string, string>, flags: Flags): Behaviour {
  const log: string[] = [];
  const note = (...args: unknown[]): unknown => {
    if (log.length < 3000) log.push(args.map((one) => JSON.stringify(one) ?? String(typeof one)).join(' '));
    return args[1];
  };
  const loaded = new Map<string, Record<string, unknown>>();
  const sdk = {
    isEnabled: (key: string) => flags[key],
    getVariant: (key: string) => ({ name: flags[key], enabled: true }),
  };
  const load = (path: string): Record<string, unknown> => {
    const known = loaded.get(path);
    if (known) return known;
    const text = files.get(path);
    if (text === undefined) throw new Error(`There is no ${path}`);
    const exported: Record<string, unknown> = {};
    loaded.set(path, exported);
    const require = (specifier: string): unknown => {
      if (specifier === 'unleash-client') return sdk;
      const target = join(path.replace(/\/[^/]*$/, ''), specifier)!;
      return load([`${target}.ts`, `${target}/index.ts`].find((one) => files.has(one)) ?? target);
    };
    const apply = (callee: (arg: unknown) => unknown, arg: unknown) => callee(arg);
    new Function('exports', 'require', 'log', 'apply', transpiled(text))(exported, require, note, apply);
    return exported;
  };
  try {
    load('src/main.ts');
  } catch (error) {
    if (error instanceof SyntaxError || (error as Error).message.startsWith('There is no')) return undefined;
    log.push(`threw ${(error as Error).name}`);
  }
  return log;
}

function transpiled(text: string): string {
  return ts.transpileModule(text, {
    fileName: 'a.ts',
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ESNext },
  }).outputText;
}
