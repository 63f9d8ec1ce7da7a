import { describe, expect, it } from 'vitest';
import { LoginThrottle } from './login-throttle.ts';

describe('LoginThrottle', () => {
  it('lets a few mistakes pass, then makes whoever guesses wait, longer each time', () => {
    const throttle = new LoginThrottle();
    for (let n = 0; n < 4; n += 1) throttle.failed('a', 0);
    expect(throttle.mayTry('a', 0)).toBe(true);
    throttle.failed('a', 0);
    expect(throttle.mayTry('a', 4_999)).toBe(false);
    expect(throttle.mayTry('a', 5_000)).toBe(true);
    throttle.failed('a', 5_000);
    expect(throttle.mayTry('a', 14_999)).toBe(false);
    expect(throttle.mayTry('b', 5_000)).toBe(true);
  });

  it('never makes anybody wait longer than five minutes', () => {
    const throttle = new LoginThrottle();
    for (let n = 0; n < 2_000; n += 1) throttle.failed('a', 0);
    expect(throttle.mayTry('a', 300_000)).toBe(true);
  });

  it('forgets at a success', () => {
    const throttle = new LoginThrottle();
    for (let n = 0; n < 9; n += 1) throttle.failed('a', 0);
    throttle.succeeded('a');
    expect(throttle.mayTry('a', 0)).toBe(true);
  });

  it('remembers a bounded number of them, the newest', () => {
    const throttle = new LoginThrottle();
    for (let n = 0; n < 5; n += 1) throttle.failed('first', 0);
    for (let n = 0; n < 1_000; n += 1) throttle.failed(`other${n}`, 0);
    expect(throttle.mayTry('first', 0)).toBe(true);
  });
});
