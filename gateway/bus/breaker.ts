/**
 * Keeps a dead device from taking its line's time: after `failures` failed exchanges in a row the device gets one probe
 * per back-off window, and each failed probe doubles the window. Pure: state in, state out, time is monotonic milliseconds.
 */
export interface BreakerSettings {
  readonly failures: number;
  readonly firstBackoffMs: number;
  readonly maxBackoffMs: number;
}

export interface Breaker {
  /** Failed exchanges in a row. */
  readonly failed: number;
  /** When the next probe may go; null while exchanges flow freely. */
  readonly probeAt: number | null;
  /** True between a probe's start and its result. */
  readonly probing: boolean;
}

export const CLOSED: Breaker = { failed: 0, probeAt: null, probing: false };

/** Whether an exchange may go now; `breaker` is the state to keep. */
export function admit(breaker: Breaker, now: number): { readonly admitted: boolean; readonly breaker: Breaker } {
  if (breaker.probeAt === null) return { admitted: true, breaker };
  if (breaker.probing || now < breaker.probeAt) return { admitted: false, breaker };
  return { admitted: true, breaker: { ...breaker, probing: true } };
}

/** The state after a failed exchange. `random` in [0, 1) spreads probes of devices that died together. */
export function afterFailure(breaker: Breaker, settings: BreakerSettings, now: number, random: number): Breaker {
  const failed = breaker.failed + 1;
  if (failed < settings.failures) return { failed, probeAt: null, probing: false };
  const window = Math.min(settings.maxBackoffMs, settings.firstBackoffMs * 2 ** (failed - settings.failures));
  return { failed, probeAt: now + window * (0.9 + 0.2 * random), probing: false };
}

/**
 * The state after a failed exchange's answer was heard after all: the device lives, and is soon asked again. Not at once: each
 * time the line waits for it in vain.
 */
export function afterLateAnswer(breaker: Breaker, settings: BreakerSettings, now: number, random: number): Breaker {
  return breaker.probeAt === null || breaker.probing
    ? breaker
    : afterFailure({ ...breaker, failed: settings.failures - 1 }, settings, now, random);
}

/** The state of a device that may be back with its line: its next probe need not wait longer than until `at`. */
export function afterRecovery(breaker: Breaker, at: number): Breaker {
  return breaker.probeAt === null || breaker.probing ? breaker : { ...breaker, probeAt: Math.min(breaker.probeAt, at) };
}

/** The state after an exchange that never reached the wire: it says nothing of the device. */
export function afterUnsent(breaker: Breaker): Breaker {
  return breaker.probing ? { ...breaker, probing: false } : breaker;
}
