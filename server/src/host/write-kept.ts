import { mkdirSync, renameSync, writeFileSync } from 'node:fs';

/** Keeps an answer as JSON for the next start, whole or not at all. Failure is harmless and silent. */
export function writeKept(file: string, folder: string, kept: Readonly<Record<string, unknown>>): void {
  try {
    mkdirSync(folder, { recursive: true });
    const temporary = `${file}.${process.pid}.tmp`;
    writeFileSync(temporary, JSON.stringify(kept));
    renameSync(temporary, file);
  } catch {
    // A full or read-only disk: the next start asks git again.
  }
}
