/** What of the locked packages is missing or other than locked, in words; undefined when all is in place. */
export function firstDifference(folder: string): string | undefined;
