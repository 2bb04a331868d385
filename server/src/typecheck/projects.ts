import path from 'node:path';
import { ts } from '@ts-morph/common';

/** The tsconfig.json (or jsconfig.json) under which a file is checked. */
export interface Project {
  readonly config: string;
  readonly parsed: ts.ParsedCommandLine;
  /** False where it does not list the file: an import may still lead to it. */
  readonly listed: boolean;
  /** Editors find the project by themselves: `tsconfig.json`, and what it refers to. */
  readonly standard: boolean;
}

/** Finds the project of a file as editors do: the nearest configuration that takes it in, references followed. */
export function projectFinder(): (file: string) => Project | undefined {
  const configs = new Map<string, Config | undefined>();
  const load = (file: string): Config | undefined => {
    if (!configs.has(file)) configs.set(file, read(file));
    return configs.get(file);
  };
  const folders = new Map<string, readonly Candidate[]>();
  const candidatesIn = (folder: string): readonly Candidate[] => {
    let found = folders.get(folder);
    if (found === undefined) {
      found = candidates(folder, load);
      folders.set(folder, found);
    }
    return found;
  };
  return (file) => {
    let nearest: Candidate | undefined;
    for (let folder = path.posix.dirname(file); ; folder = path.posix.dirname(folder)) {
      const here = candidatesIn(folder);
      const own = here.find(({ config }) => config.files.has(file));
      if (own) return projectOf(own, true);
      nearest ??= here.find(({ config }) => config.files.size > 0);
      if (folder === path.posix.dirname(folder)) return nearest && projectOf(nearest, false);
    }
  };
}

interface Config {
  readonly name: string;
  readonly parsed: ts.ParsedCommandLine;
  readonly files: ReadonlySet<string>;
}

interface Candidate {
  readonly config: Config;
  readonly standard: boolean;
}

function projectOf({ config, standard }: Candidate, listed: boolean): Project {
  return { config: config.name, parsed: config.parsed, listed, standard };
}

/** The folder's own configuration, what it refers to, and those of other names beside it (`tsconfig.spec.json`). */
function candidates(folder: string, load: (file: string) => Config | undefined): Candidate[] {
  const found = new Map<string, Candidate>();
  const add = (name: string, standard: boolean): void => {
    const config = found.has(name) ? undefined : load(name);
    if (!config) return;
    found.set(name, { config, standard });
    for (const reference of config.parsed.projectReferences ?? [])
      add(slashes(ts.resolveProjectReferencePath(reference)), standard);
  };
  const names = new Set(ts.sys.readDirectory(folder, ['.json'], undefined, ['*'], 1).map(slashes));
  for (const name of ['tsconfig.json', 'jsconfig.json'])
    if (names.has(path.posix.join(folder, name))) add(path.posix.join(folder, name), true);
  for (const name of [...names].sort())
    if (/\/tsconfig\.[^/]+\.json$/.test(name) && !/\b(?:base|build)\b/.test(path.posix.basename(name)))
      add(name, false);
  return [...found.values()];
}

function read(file: string): Config | undefined {
  if (!ts.sys.fileExists(file)) return undefined;
  const parsed = parseConfig(ts, file);
  return parsed && { name: file, parsed, files: new Set(parsed.fileNames.map(slashes)) };
}

/** A configuration as one compiler understands it; what is wrong in it counts as absent. */
export function parseConfig(compiler: typeof ts, file: string): ts.ParsedCommandLine | undefined {
  const host = { ...compiler.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  return compiler.getParsedCommandLineOfConfigFile(file, {}, host);
}

/** The compiler writes paths with forward slashes, on every system. */
export function slashes(file: string): string {
  return file.replaceAll('\\', '/');
}
