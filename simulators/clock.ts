/** Time for the simulators: tests move it by hand. */
export interface Clock {
  /** Unix milliseconds; for stamping only. */
  now(): number;
  /** Monotonic milliseconds with a fraction; everything that a device does is reckoned in it. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
