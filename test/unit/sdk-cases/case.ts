/**
 * A snippet and its reads, each as `key reader result type default`, in the order of their places. The result is `value`,
 * `details:field`, `binding`, `component` or `other`; `async` where it is a promise, `off` where it is true when the flag is off.
 */
export interface SdkCase {
  readonly name: string;
  readonly text: string;
  readonly reads: readonly string[];
  /** The number of reads whose key only run time knows. */
  readonly dynamic?: number;
}
