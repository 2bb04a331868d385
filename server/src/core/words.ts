/** Words of four letters and more of a code: names, and words in strings. Each once. */
export function wordsOfCode(text: string): string[] {
  return [...new Set(text.match(/[A-Za-z_$][\w$]{3,}/g) ?? [])];
}
