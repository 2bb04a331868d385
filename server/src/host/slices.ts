import { type CancellationToken, throwIfCancelled } from '../core/cancellation.ts';

/**
 * Visits all items on this thread, and lets the event loop run (and a cancellation arrive) about every `sliceMs` milliseconds.
 * @throws Cancelled between two slices.
 */
export async function inSlices<T>(
  items: Iterable<T>,
  visit: (item: T) => void,
  token: CancellationToken,
  sliceMs = 20,
): Promise<void> {
  throwIfCancelled(token);
  let due = performance.now() + sliceMs;
  for (const item of items) {
    if (performance.now() >= due) {
      await new Promise(setImmediate);
      throwIfCancelled(token);
      due = performance.now() + sliceMs;
    }
    visit(item);
  }
}
