import type { Node } from 'jsonc-parser';
import type { DefinitionState, FlagDefinition } from '../flag.ts';

/** A format of definition files, told and read by one file of this folder. */
export interface DefinitionFormat {
  /** As named in the policy and in `FlagDefinition.source`. */
  readonly id: 'flagd' | 'openfeature-manifest' | 'unleash-export';
  /** A quick look at the text, so that other JSON is never parsed. */
  mentions(text: string): boolean;
  /** A sure look at the tree. */
  recognises(root: Node): boolean;
  /** All definitions of a file, in the order of the text. Entries that are no flags are left out. */
  read(path: string, root: Node): FlagDefinition[];
}

export type { DefinitionState };

export const unknownState: DefinitionState = { kind: 'unknown' };
export const varyingState: DefinitionState = { kind: 'varies' };

/** The date of an ISO date or instant; undefined for anything else. */
export function isoDate(text: unknown): string | undefined {
  return typeof text === 'string' ? /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(text)?.[0] : undefined;
}
