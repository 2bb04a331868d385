import type { CancellationToken } from '../core/cancellation.ts';
import type { FirstMention, Git } from '../host/ports.ts';

/**
 * When git first knew each flag. Asked on demand, in the background of everything else: it is shown, and no finding depends on
 * it. One question at a time, for all keys at once, so that a history is looked through once; kept until HEAD or the keys change.
 */
export class KeyAges {
  readonly #git: Git;
  #asked:
    | { readonly head: string; readonly keys: string; readonly answer: Promise<Map<string, FirstMention>> }
    | undefined;

  constructor(git: Git) {
    this.#git = git;
  }

  of(all: Iterable<string>, token: CancellationToken): Promise<ReadonlyMap<string, FirstMention>> {
    const keys = [...all];
    const named = keys.join('\n');
    const head = this.#git.headState();
    if (this.#asked?.head === head && this.#asked.keys === named) return this.#asked.answer;
    const before: Promise<unknown> = this.#asked?.answer ?? Promise.resolve();
    const answer = before.catch(() => undefined).then(() => this.#git.firstMentions(keys, token));
    const asked = { head, keys: named, answer };
    this.#asked = asked;
    // One that was cancelled is asked again.
    answer.catch(() => {
      if (this.#asked === asked) this.#asked = undefined;
    });
    return answer;
  }
}
