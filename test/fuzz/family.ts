/** What came of one case. */
export type Verdict =
  | { readonly kind: 'same'; readonly changed: boolean; readonly refused: number }
  /** It cannot be judged (it does not run, or does not end): nothing was shown. */
  | { readonly kind: 'void' }
  /** A law is broken, and `how` says which. */
  | { readonly kind: 'diverged'; readonly how: string; readonly after: string };

/** A kind of generated code, and how a removal in it is judged. */
export interface Family<Case = unknown> {
  readonly name: string;
  /** The same case for the same seed. */
  draw(seed: number): Case;
  judge(made: Case): Verdict | Promise<Verdict>;
  /** A smaller case that still fails as told. */
  shrink(made: Case, fails: (smaller: Case) => Promise<boolean>): Promise<Case>;
  print(made: Case): string;
}

/** Which law a divergence breaks: a smaller case has to break the same one. */
export function lawOf(verdict: Verdict): string | undefined {
  return verdict.kind === 'diverged' ? verdict.how.replace(/:.*/s, '') : undefined;
}
