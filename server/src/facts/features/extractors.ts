import type { Extractor } from './extractor.ts';

/** Every extractor that is not part of the walk itself. One line each: adding a kind of feature is a file and a line here. */
export const extractors: readonly Extractor[] = [];
