import type { FileFacts } from '../facts/file-facts.ts';
import { isTestFile, isTestPath } from '../facts/tests.ts';
import type { World } from '../fixes/fix.ts';
import type { Policy } from '../policy/schema.ts';

/** Which files are tests, by path or by what they import. */
export class TestPaths {
  #policy: Policy | undefined;
  #tests: ReadonlySet<string> = new Set();

  /**
   * The same set as long as the same files are tests.
   * @param changed paths whose facts may have changed since the last time
   */
  of(facts: ReadonlyMap<string, FileFacts>, policy: Policy, changed: ReadonlySet<string>): ReadonlySet<string> {
    const all = policy !== this.#policy;
    this.#policy = policy;
    const isTest = (path: string) => {
      const one = facts.get(path);
      return one !== undefined && (one.test !== undefined || isTestPath(path, policy.tests.files));
    };
    const others = all ? [] : [...changed].filter((path) => isTest(path) !== this.#tests.has(path));
    if (all) this.#tests = new Set([...facts.keys()].filter(isTest));
    else if (others.length > 0) {
      const gone = new Set(others.filter((path) => this.#tests.has(path)));
      this.#tests = new Set([...[...this.#tests].filter((path) => !gone.has(path)), ...others.filter(isTest)]);
    }
    return this.#tests;
  }
}

/** Tells which files of a world are tests. */
export function testsIn({ facts, policy }: World): (path: string) => boolean {
  return (path) => isTestFile(path, facts(path), policy.tests.files);
}
