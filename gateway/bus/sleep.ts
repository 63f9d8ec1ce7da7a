/** Waiting to a fraction of a millisecond without burning a core. */
import type { Clock } from '../clock.ts';

/**
 * Resolves when the monotonic clock reaches `at`; at once when it has. A timer has a grain of a millisecond: it covers the
 * whole milliseconds, and what is left (mostly nothing) is spent turn by turn in the event loop.
 */
export async function sleepUntil(at: number, clock: Clock): Promise<void> {
  let left = at - clock.monotonic();
  if (left >= 1) await new Promise((resolve) => setTimeout(resolve, Math.floor(left)));
  for (left = at - clock.monotonic(); left > 0; left = at - clock.monotonic()) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
