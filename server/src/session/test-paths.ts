import type { FileFacts } from '../facts/file-facts.ts';
import { isTestFile, isTestPath } from '../facts/tests.ts';
import type { World } from '../fixes/fix.ts';
import type { Policy } from '../policy/schema.ts';

/** Which files are tests, by path or by what they import. */
export class TestPaths {
  #policy: Policy | undefined;
  readonly #tests = new Set<string>();

  /**
   * The same set each time, brought up to date.
   * @param changed paths whose facts may have changed since the last time
   */
  of(facts: ReadonlyMap<string, FileFacts>, policy: Policy, changed: ReadonlySet<string>): ReadonlySet<string> {
    const all = policy !== this.#policy;
    this.#policy = policy;
    if (all) this.#tests.clear();
    for (const path of all ? facts.keys() : changed) {
      const one = facts.get(path);
      if (one && (one.test || isTestPath(path, policy.tests.files))) this.#tests.add(path);
      else this.#tests.delete(path);
    }
    return this.#tests;
  }
}

/** Tells which files of a world are tests. */
export function testsIn({ facts, policy }: World): (path: string) => boolean {
  return (path) => isTestFile(path, facts(path), policy.tests.files);
}
