import { describe, expect, it } from 'vitest';
import { admit, afterFailure, afterLateAnswer, afterRecovery, CLOSED, type Breaker } from './breaker.ts';

const settings = { failures: 3, firstBackoffMs: 1_000, maxBackoffMs: 8_000 };
const MIDDLE = 0.5;

function failTimes(times: number, now: number): Breaker {
  let breaker = CLOSED;
  for (let i = 0; i < times; i++) breaker = afterFailure(breaker, settings, now, MIDDLE);
  return breaker;
}

describe('breaker', () => {
  it('lets everything through until the failures in a row reach the limit', () => {
    expect(admit(failTimes(2, 0), 0).admitted).toBe(true);
    expect(admit(failTimes(3, 0), 0).admitted).toBe(false);
  });

  it('admits exactly one probe per window', () => {
    const open = failTimes(3, 0);
    expect(admit(open, 999).admitted).toBe(false);
    const probe = admit(open, 1_000);
    expect(probe.admitted).toBe(true);
    expect(admit(probe.breaker, 1_001).admitted).toBe(false);
  });

  it('doubles the window with each failed probe, up to its maximum', () => {
    const windows = [3, 4, 5, 6, 7, 40].map((times) => failTimes(times, 0).probeAt);
    expect(windows).toEqual([1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
  });

  it('spreads the windows of devices that died together by a tenth either way', () => {
    expect(afterFailure(failTimes(2, 0), settings, 0, 0).probeAt).toBe(900);
    expect(afterFailure(failTimes(2, 0), settings, 0, 0.999).probeAt).toBeCloseTo(1_099.8);
  });

  it('asks a device soon whose answer was heard after all, however long it had been dead', () => {
    const late = afterLateAnswer(failTimes(40, 0), settings, 500, MIDDLE);
    expect(late.probeAt).toBe(1_500);
    expect(afterFailure(late, settings, 1_500, MIDDLE).probeAt).toBe(3_500);
  });

  it('does not rest for a late answer alone', () => {
    expect(afterLateAnswer(failTimes(2, 0), settings, 0, MIDDLE)).toEqual(failTimes(2, 0));
  });

  it('asks a device once soon when its line answers again, and rests on when that fails', () => {
    const back = afterRecovery(failTimes(6, 0), 500);
    expect(back.probeAt).toBe(500);
    expect(afterFailure(back, settings, 500, MIDDLE).probeAt).toBe(8_500);
    expect(afterRecovery(failTimes(3, 0), 5_000).probeAt).toBe(1_000);
    expect(afterRecovery(failTimes(2, 0), 500)).toEqual(failTimes(2, 0));
  });
});
