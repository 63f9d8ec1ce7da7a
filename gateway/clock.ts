/** Injected time: rules and schedules take a clock, and tests move it by hand. */
export interface Clock {
  /** Wall clock, Unix milliseconds. May jump; for stamping only. */
  now(): number;
  /** Monotonic milliseconds with a fraction. For intervals, expiries and schedules. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
