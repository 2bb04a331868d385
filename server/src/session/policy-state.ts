import type { FileVersion } from '../core/snapshot.ts';
import { type PolicyProblem, parsePolicy, policyPath } from '../policy/policy-file.ts';
import { defaultPolicy, type Policy } from '../policy/schema.ts';
import { rules } from '../rules/registry.generated.ts';

/** The policy in force: the file's, or the last good one while the file is broken. */
export class PolicyState {
  current: Policy = defaultPolicy;
  problems: readonly PolicyProblem[] = [];
  #file: FileVersion | undefined;
  #text: string | undefined;

  /** Reads the policy when its file changed. True when another policy is in force than before. */
  read(files: ReadonlyMap<string, FileVersion>): boolean {
    const file = files.get(policyPath);
    if (file === this.#file) return false;
    this.#file = file;
    return this.readText(file?.text());
  }

  /** The same from the text, for a start that does not wait for the list of files. Undefined: there is no policy. */
  readText(text: string | undefined): boolean {
    if (text === this.#text) return false;
    this.#text = text;
    const before = this.current;
    if (text === undefined) {
      this.current = defaultPolicy;
      this.problems = [];
    } else {
      const { policy, problems } = parsePolicy(text, ruleIds);
      this.problems = problems;
      if (policy) this.current = policy;
    }
    return this.current !== before;
  }
}

const ruleIds = rules.map((rule) => rule.id);
