import { describe, expect, it } from 'vitest';
import { FollowedClock, isTrialAddress } from './simulated-time.ts';

const START = Date.UTC(2026, 9, 31);

function followed(speed: number) {
  const machine = { ms: 1_000 };
  const clock = new FollowedClock({ unixMs: START, speed, at: 1_000 }, () => machine.ms);
  return { machine, clock };
}

describe('a clock that follows the simulators', () => {
  it('runs on from what it was told last, at its speed', () => {
    const { machine, clock } = followed(720);
    machine.ms += 5_000;
    expect(clock.now()).toBe(START + 3_600_000);
    clock.set({ unixMs: START + 3_600_000, speed: 10, at: 6_000 });
    machine.ms += 1_000;
    expect(clock.now()).toBe(START + 3_610_000);
    expect(clock.speed).toBe(10);
  });

  it('waits where it was ahead, and never goes back', () => {
    const { machine, clock } = followed(100);
    machine.ms += 1_000;
    expect(clock.now()).toBe(START + 100_000);
    clock.set({ unixMs: START + 90_000, speed: 5, at: 2_000 });
    expect(clock.now()).toBe(START + 100_000);
    machine.ms += 4_000;
    expect(clock.now()).toBe(START + 110_000);
  });

  it("leaves intervals to the machine's own clock", () => {
    const { machine, clock } = followed(720);
    machine.ms += 5_000;
    expect(clock.monotonic()).toBe(6_000);
  });
});

describe('an address that can only be a trial', () => {
  it.each([
    ['http://127.0.0.1:15000', true],
    ['http://localhost:15000/', true],
    ['http://[::1]:15000', true],
    ['http://192.168.1.5:15000', false],
    ['http://127.0.0.1.example.org', false],
    ['https://example.org', false],
    ['127.0.0.1:15000', false],
  ])('%s: %s', (url, is) => expect(isTrialAddress(url)).toBe(is));
});
