import type { ReadResult } from '../flag.ts';
import type { InnerRead } from './inner-reads.ts';
import type { ReaderShape } from './reader.ts';

/**
 * What calling a function yields that reads a flag inside: the read's value where the function hands it on as it is, and otherwise
 * something that depends on it.
 */
export function shapeOfReader(inner: InnerRead, key: ReaderShape['key'], reads: string): ReaderShape {
  const { wrapper, spelling } = inner;
  const result = resultOf(inner);
  const fallback = inner.default?.value;
  return {
    key,
    result,
    ...(fallback?.kind === 'parameter' && fallback.field === undefined && { default: fallback.index }),
    ...(result.kind !== 'other' && (wrapper.inverted === true) !== inner.inverted && { inverted: true as const }),
    type: inner.type,
    ...(spelling !== undefined && { spelling }),
    ...(inner.members !== undefined && { members: inner.members }),
    ...(wrapper.renders !== undefined && result.kind === 'other' && isTruth(inner) && { renders: wrapper.renders }),
    reads,
  };
}

export function isExact({ result, renders }: ReaderShape): boolean {
  return result.kind !== 'other' || renders !== undefined;
}

function resultOf({ wrapper, result, awaited, type }: InnerRead): ReadResult {
  if (result.kind === 'other') return result;
  if (!wrapper.exact) return mixes(wrapper.name);
  if (result.kind === 'component' || result.kind === 'binding') return mixes(wrapper.name);
  const waits = result.async && !awaited;
  if (waits && (wrapper.member !== undefined || wrapper.coerced)) return mixes(wrapper.name);
  const async = wrapper.async || waits;
  if (wrapper.coerced && type !== 'boolean')
    return { kind: 'other', how: `${wrapper.name} yields only whether the flag's value is true` };
  if (result.kind === 'details') {
    if (wrapper.member === undefined) return { ...result, async };
    if (wrapper.member === result.field) return { kind: 'value', async };
    return { kind: 'other', how: `${wrapper.name} yields '${wrapper.member}' of what it is told of the flag` };
  }
  return wrapper.member === undefined ? { kind: 'value', async } : mixes(wrapper.name);
}

function mixes(name: string): ReadResult {
  return { kind: 'other', how: `${name} does more with the flag than to hand its value on` };
}

/** The element goes by whether the value itself holds. */
function isTruth({ result, inverted }: InnerRead): boolean {
  return !inverted && (result.kind === 'other' ? false : result.kind === 'value' && !result.async);
}
