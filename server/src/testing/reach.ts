/** Which tests reach what, told from imports. */
export interface TestReach {
  /** Test files that import the file, directly or through other files; sorted. */
  testsOf(path: string): readonly string[];
  /** True when the workspace has a test file at all. */
  readonly hasTests: boolean;
  /**
   * True when a test lies in, or imports from, the part of the workspace that holds the file: its package below `packages/`,
   * `apps/` and the like, else the workspace as a whole.
   */
  hasTestsNear(path: string): boolean;
  /** True when tests import from the folder of the file, or from one beside it, directly. */
  hasTestsBeside(path: string): boolean;
  /** True when a test imports the file directly. */
  isTested(path: string): boolean;
  /** Test files that differ from the base (changed or new), reach the file, and name the symbol as a word; sorted. */
  changedTestsNaming(path: string, symbol: string): readonly string[];
}
