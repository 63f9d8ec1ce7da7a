import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from '../clock.ts';
import { createAlarmTimer } from './timer.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('wakes the engine when its next delay is due, and never after its end, whatever the engine is told then', () => {
  let due = systemClock.monotonic() + 1_000;
  const tick = vi.fn(() => void (due += 1_000));
  const timer = createAlarmTimer({ nextDue: () => due, tick }, systemClock);
  timer.rearm();
  vi.advanceTimersByTime(1_000);
  expect(tick).toHaveBeenCalledTimes(1);
  timer.stop();
  due += 500;
  timer.rearm();
  expect(vi.getTimerCount()).toBe(0);
});
