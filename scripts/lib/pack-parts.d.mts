export function packParts(bundle: string, parts: Readonly<Record<string, string>>): void;
