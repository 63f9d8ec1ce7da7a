import { describe, expect, it } from 'vitest';
import { Silence } from './silence.ts';

/** What becomes of these in order: a lower-case letter is a device that answers, an upper-case one a request of it that meets silence. */
function after(events: string, limit = 4): boolean[] {
  const silence = new Silence(limit);
  return Array.from(events).flatMap((event) => {
    const device = event.toLowerCase();
    if (event !== device) return [silence.met(device)];
    silence.answered(device);
    return [];
  });
}

describe('a connection', () => {
  it.each([
    ['of one device that falls silent counts as cut', 'aAAAA', true],
    ['not before it was silent often enough', 'aAAA', false],
    ['that has never carried an answer does not', 'AAAAAA', false],
    ['is there when only a device is silent that has never answered', 'aBBBBBBBB', false],
    ['is there when only one is silent of two that answered', 'abBBBBBB', false],
    ['counts as cut when the other is silent too', 'abBBBBA', true],
    ['is there as long as another answers in between', 'abBBBaBBBaBBBB', false],
    ['need not wait for one that was dead before it was cut', 'abBBaAAAA', true],
    ['needs the silence of four of many', 'abcdefABC', false],
    ['counts as cut at the fourth', 'abcdefABCD', true],
  ])('%s', (_, events, isCut) => {
    expect(after(events).at(-1)).toBe(isCut);
  });

  it('never counts as cut without a limit', () => {
    expect(after('aAAAAAAAA', 0)).not.toContain(true);
  });
});
