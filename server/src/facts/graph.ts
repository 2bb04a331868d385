/** The import graph of a workspace folder, folded from the facts of its files. */
export interface ModuleGraph {
  /**
   * The workspace file that a specifier leads to: relative paths (with TypeScript's extension rules and index files),
   * `paths` and `baseUrl` of the nearest tsconfig or jsconfig, and the packages of the workspace by name. Undefined for
   * everything outside the folder.
   */
  resolve(fromPath: string, specifier: string): string | undefined;
  /** Files that the file imports, sorted; type-only imports are left out. */
  importsOf(path: string): readonly string[];
  /** Files that import the file, sorted; type-only imports are left out. */
  importersOf(path: string): readonly string[];
  /** Another object as soon as some file imports other files: what follows from imports alone can be kept by it. */
  readonly edges?: object;
}
