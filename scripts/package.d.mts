/** Builds and packs the extension; the size is in bytes. */
export function makeVsix(): Promise<{ vsix: string; size: number }>;
