/** Lines that differ between two texts, for a person: what the ends have in common is left out, but for a line or two. */
export function lineDiff(base: string, now: string): string {
  const [a, b] = [base.split('\n'), now.split('\n')];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const cut = (lines: readonly string[], mark: string): string[] => {
    const changed = lines.slice(head, lines.length - tail);
    const shown = changed.length > 30 ? [...changed.slice(0, 15), '...', ...changed.slice(-10)] : changed;
    return shown.map((line) => `${mark} ${line}`);
  };
  const around = (from: number, to: number): string[] =>
    a.slice(Math.max(0, from), Math.max(0, to)).map((line) => `  ${line}`);
  const after = a.length - tail;
  return [
    `@@ line ${head + 1}`,
    ...around(head - 3, head),
    ...cut(a, '-'),
    ...cut(b, '+'),
    ...around(after, after + 2),
  ].join('\n');
}
