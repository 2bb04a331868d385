import path from 'node:path';
import { ts } from 'ts-morph';

/** What the type checker says of some files, each sentence as often as it is said; lines do not count. */
export type Said = ReadonlyMap<string, number>;

/** Checks files with their project's own options; modules that are not installed are unknown before and after alike. */
export function typesOf(folder: string, files: readonly string[]): Said {
  const said = new Map<string, number>();
  for (const [config, group] of byConfig(folder, files)) {
    const options = optionsOf(config);
    const roots = group.filter((file) => ts.sys.fileExists(file));
    const program = ts.createProgram([...roots, ...declarationsNear(config)], options);
    for (const root of roots) {
      const source = program.getSourceFile(root);
      for (const one of source ? [...program.getSyntacticDiagnostics(source), ...semantic(program, source)] : []) {
        const text = `${path.relative(folder, root)}: TS${one.code} ${ts.flattenDiagnosticMessageText(one.messageText, ' ')}`;
        said.set(text, (said.get(text) ?? 0) + 1);
      }
    }
  }
  return said;
}

const ofSetUp = /: TS(?:6059|6307) /;

export function newlySaid(before: Said, after: Said): string[] {
  const more = [...after].filter(([text, count]) => count > (before.get(text) ?? 0));
  return more.map(([text]) => text).filter((text) => !ofSetUp.test(text));
}

function semantic(program: ts.Program, source: ts.SourceFile): readonly ts.Diagnostic[] {
  return [...program.getSemanticDiagnostics(source)];
}

function byConfig(folder: string, files: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const full = path.join(folder, file);
    const config = ts.findConfigFile(path.dirname(full), ts.sys.fileExists) ?? path.join(folder, 'tsconfig.json');
    groups.set(config, [...(groups.get(config) ?? []), full]);
  }
  return groups;
}

function optionsOf(config: string): ts.CompilerOptions {
  const read = ts.readConfigFile(config, ts.sys.readFile);
  const host = { ...ts.sys, readDirectory: () => [] };
  const { options } = ts.parseJsonConfigFileContent(read.config ?? {}, host, path.dirname(config));
  return {
    ...options,
    noEmit: true,
    skipLibCheck: true,
    incremental: false,
    composite: false,
    types: [],
    allowJs: true,
  };
}

/** Global declarations that a project writes itself. */
function declarationsNear(config: string): string[] {
  const found = ts.sys.readDirectory(
    path.dirname(config),
    ['.d.ts'],
    ['**/node_modules/**'],
    ['*.d.ts', 'src/*.d.ts', 'src/types/*.d.ts'],
  );
  return found.slice(0, 40);
}
