import { describe, expect, it } from 'vitest';
import { judgeClock, USUAL_REPORT_BEYOND_S, type ClockRules } from './meter-clock.ts';
import { at } from './testing/on-paper.ts';

const RULES: ClockRules = { zone: 'Asia/Shanghai', reportBeyondS: USUAL_REPORT_BEYOND_S };
const judged = (meterTime: string, now: string) => judgeClock({ meterTime, at: at(now) }, RULES);

describe('judgeClock', () => {
  it.each([
    ['2026-11-15T12:00:00', 0],
    ['2026-11-15T12:01:00', 60],
    ['2026-11-15T11:59:00', -60],
  ])('leaves %s at noon alone', (meterTime, offS) => {
    expect(judged(meterTime, '11-15 12:00')).toEqual({ kind: 'right', offS });
  });

  it('says how far off a clock is that is more than that', () => {
    expect(judged('2026-11-15T12:01:01', '11-15 12:00')).toEqual({
      ...{ kind: 'off', offS: 61 },
      words: { zh: '表内时钟快 61 秒', en: "the meter's clock is 61 s ahead" },
    });
    expect(judged('2026-11-15T11:55:00', '11-15 12:00')).toMatchObject({ offS: -300 });
  });

  it('reports what is no time', () => {
    expect(judged('2000-00-00T00:00:00', '11-15 12:00')).toMatchObject({ kind: 'off', offS: null });
  });

  it('does not take the hour that comes twice for an hour of error', () => {
    const berlin = { ...RULES, zone: 'Europe/Berlin' };
    const second = Date.parse('2026-10-25T01:30:00Z');
    expect(judgeClock({ meterTime: '2026-10-25T02:30:00', at: second }, berlin)).toEqual({
      kind: 'right',
      offS: 0,
    });
  });
});
