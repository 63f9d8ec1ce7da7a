/** Times between attempts to connect: doubling, capped, and scattered so that many boxes do not come back as one. Pure. */

const FIRST_MS = 500;
const MAX_MS = 30_000;

/**
 * Milliseconds to wait before attempt `attempt` (0 is the first retry). `random` is uniform in [0, 1): the result is
 * between half of the step and all of it.
 */
export function reconnectDelay(attempt: number, random: number): number {
  const step = Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
  return step * (0.5 + random / 2);
}
