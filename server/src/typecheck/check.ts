import path from 'node:path';
import type { TypeProblem, TypeReport } from '../core/type-report.ts';
import { type Checker, type FoundProblem, notTakenIn } from './checker.ts';
import { bundled, type Compiler, compilerFor } from './compilers.ts';
import { libraryChecker } from './library.ts';
import { type ProgramServer, programChecker, programServer } from './program.ts';
import { type Project, projectFinder, slashes } from './projects.ts';
import type { CheckRequest } from './request.ts';

interface Working {
  readonly compiler: string;
  readonly checker: Checker;
}

/** Checks files, each under its own project and with that project's compiler. Keeps programs from one request to the next. */
export function typeChecks(): {
  check(request: CheckRequest, progress: (done: number, all: number) => void): Promise<TypeReport>;
  close(): void;
} {
  const find = projectFinder();
  const working = new Map<string, Promise<Working>>();
  const servers = new Map<string, ProgramServer>();
  const start = async (project: Project, { root, trusted }: CheckRequest): Promise<Working> => {
    const compiler = await compilerFor(project.config, trusted);
    if (compiler.kind === 'library') return { compiler: compiler.name, checker: libraryChecker(compiler, project) };
    return startProgram(compiler, project, root);
  };
  const startProgram = async (
    compiler: Extract<Compiler, { kind: 'program' }>,
    project: Project,
    root: string,
  ): Promise<Working> => {
    const server = servers.get(compiler.file) ?? programServer(compiler, root);
    servers.set(compiler.file, server);
    try {
      await server.started;
      return { compiler: compiler.name, checker: programChecker(server, project) };
    } catch {
      const own = bundled(`, because ${compiler.name} does not start`);
      return { compiler: own.name, checker: libraryChecker(own as Extract<Compiler, { kind: 'library' }>, project) };
    }
  };
  const check = async (request: CheckRequest, progress: (done: number, all: number) => void): Promise<TypeReport> => {
    const absolute = (file: string) => slashes(path.resolve(request.root, file));
    const texts = new Map(request.texts.map(([file, text]) => [absolute(file), text]));
    const report = newReport();
    let done = 0;
    for (const [project, files] of byProject(request.files, find, absolute, report)) {
      const known = working.get(project.config) ?? start(project, request);
      working.set(project.config, known);
      const { compiler, checker } = await known;
      await checker.lay(texts, files.map(absolute));
      for (const file of files) {
        progress(done++, request.files.length);
        const found = await checker.check(absolute(file));
        if ('unchecked' in found) report.unchecked.push({ path: file, reason: found.unchecked });
        else {
          report.checked.push({ path: file, compiler });
          report.problems.push(...found.map((one) => problemOf(one, file)));
        }
      }
    }
    const unresolved = [...new Set(report.problems.flatMap(unresolvedModule))].sort();
    return { ...report, unresolved };
  };
  const close = (): void => {
    for (const started of working.values()) started.then(({ checker }) => checker.close()).catch(() => undefined);
    for (const { child } of servers.values()) child.kill();
  };
  return { check, close };
}

function newReport() {
  return {
    problems: [] as TypeProblem[],
    checked: [] as TypeReport['checked'][number][],
    unchecked: [] as TypeReport['unchecked'][number][],
  };
}

function byProject(
  files: readonly string[],
  find: (file: string) => Project | undefined,
  absolute: (file: string) => string,
  report: ReturnType<typeof newReport>,
): ReadonlyMap<Project, string[]> {
  const groups = new Map<string, { project: Project; files: string[] }>();
  for (const file of files) {
    const other = /\.(vue|svelte|astro)$/.exec(file)?.[0];
    const project = other === undefined ? find(absolute(file)) : undefined;
    if (other !== undefined) report.unchecked.push({ path: file, reason: `TypeScript does not read ${other}` });
    else if (project === undefined) report.unchecked.push({ path: file, reason: notTakenIn });
    else {
      const group = groups.get(project.config) ?? { project, files: [] };
      groups.set(project.config, group);
      group.files.push(file);
    }
  }
  return new Map([...groups.values()].map(({ project, files: list }) => [project, list]));
}

function problemOf({ file: _, ...problem }: FoundProblem, path: string): TypeProblem {
  return { path, ...problem };
}

/** TS2307, TS2792: cannot find it; TS7016, TS7041: it has no types. */
function unresolvedModule({ code, message }: TypeProblem): string[] {
  if (![2307, 2792, 7016, 7041].includes(code)) return [];
  const name = /'([^']+)'/.exec(message)?.[1];
  return name === undefined || /^[./]/.test(name) ? [] : [name];
}
