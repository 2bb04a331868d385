export const root: string;
export const artifacts: string;
export function cacheFolder(env?: Record<string, string | undefined>): string;
