const threeMinutes = 180_000;

/** True when the last two crashes lie within three minutes. Times in ms, oldest first. */
export function crashedTwice(times: readonly number[]): boolean {
  const last = times.at(-1);
  const before = times.at(-2);
  return last !== undefined && before !== undefined && last - before <= threeMinutes;
}
