/** A line on a terminal that says how far the work has come, once it takes longer than a second. */
export function openProgress(stream: NodeJS.WriteStream): {
  show(done: number, all: number, what?: string): void;
  clear(): void;
} {
  const started = performance.now();
  let shownAt = 0;
  return {
    show(done, all, what = 'Reading') {
      const now = performance.now();
      if (!stream.isTTY || now - started < 1000 || now - shownAt < 100) return;
      shownAt = now;
      stream.write(`\r\u001b[K${what} ${done} of ${all} files`);
    },
    clear() {
      if (shownAt > 0) stream.write('\r\u001b[K');
      shownAt = 0;
    },
  };
}
