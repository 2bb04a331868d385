import type { FileFacts } from '../facts/file-facts.ts';
import { isTestPath } from '../facts/tests.ts';
import type { Policy } from '../policy/schema.ts';

/** Which files are tests, by path or by what they import. Each file is looked at once for each of its contents. */
export class TestPaths {
  #policy: Policy | undefined;
  readonly #seen = new Map<string, FileFacts>();
  readonly #tests = new Set<string>();

  /** The same set each time, brought up to date. */
  of(facts: ReadonlyMap<string, FileFacts>, policy: Policy): ReadonlySet<string> {
    if (policy !== this.#policy) {
      this.#seen.clear();
      this.#tests.clear();
    }
    this.#policy = policy;
    for (const [path, one] of facts) {
      if (this.#seen.get(path) === one) continue;
      this.#seen.set(path, one);
      if (one.test || isTestPath(path, policy.tests.files)) this.#tests.add(path);
      else this.#tests.delete(path);
    }
    // Every file of the facts is seen now: a larger number means that some are gone.
    if (this.#seen.size > facts.size) for (const path of this.#seen.keys()) if (!facts.has(path)) this.#forget(path);
    return this.#tests;
  }

  #forget(path: string): void {
    this.#seen.delete(path);
    this.#tests.delete(path);
  }
}
