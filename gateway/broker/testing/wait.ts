import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a condition; fails when it does not come true within `withinMs`. */
export async function until(what: string, condition: () => boolean, withinMs = 10_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await sleep(5);
  }
}
