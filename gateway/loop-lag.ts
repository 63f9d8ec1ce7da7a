/** How late the event loop is: what a watchdog and an operator want to know of a program that does everything on it. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 10;
const WINDOW_MS = 10_000;

export interface LoopLag {
  /** Milliseconds over the last ten seconds. */
  read(): { readonly p99: number; readonly max: number };
  stop(): void;
}

export function watchLoopLag(): LoopLag {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  let last = { p99: 0, max: 0 };
  const ms = (nanoseconds: number): number => Math.max(0, Math.round(nanoseconds / 1e4) / 100 - RESOLUTION_MS);
  const timer = setInterval(() => {
    last = { p99: ms(histogram.percentile(99)), max: ms(histogram.max) };
    histogram.reset();
  }, WINDOW_MS).unref();
  return {
    read: () => last,
    stop: () => {
      clearInterval(timer);
      histogram.disable();
    },
  };
}
