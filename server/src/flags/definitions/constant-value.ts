import type { FlagDefinition, FlagValue } from '../flag.ts';
import { declaringFormats } from './detect.ts';

/** The one value that everybody gets, and the definition that says so. */
export interface ConstantValue {
  readonly value: FlagValue;
  readonly why: string;
  readonly definition: FlagDefinition;
}

/**
 * The value for everybody according to a flag's definitions: at least one says so, and none says otherwise. Manifests and
 * registries only declare a key and say nothing; a definition that could say and does not (a disabled flag, a broken file)
 * makes it uncertain.
 */
export function constantValue(definitions: readonly FlagDefinition[]): ConstantValue | undefined {
  let found: ConstantValue | undefined;
  for (const definition of definitions) {
    const { state, source } = definition;
    if (state.kind === 'unknown' && declares(source)) continue;
    if (state.kind !== 'constant') return undefined;
    if (found && found.value !== state.value) return undefined;
    found ??= { value: state.value, why: state.why, definition };
  }
  return found;
}

/** Formats that list keys without saying what people get. */
function declares(source: string): boolean {
  return declaringFormats.has(source) || source.startsWith('typescript-');
}
