import { describe, expect, it } from 'vitest';
import { judgeClock, USUAL_REPORT_BEYOND_S, type ClockRules } from './meter-clock.ts';
import { at } from './testing/on-paper.ts';

const RULES: ClockRules = { zone: 'Asia/Shanghai', reportBeyondS: USUAL_REPORT_BEYOND_S, mayBroadcast: true };
const judged = (meterTime: string, now: string, setAt: string | null = null, rules = RULES) =>
  judgeClock({ meterTime, at: at(now) }, setAt === null ? null : at(setAt), rules);

describe('judgeClock', () => {
  it.each([
    ['2026-11-15T12:00:00', 0],
    ['2026-11-15T12:01:00', 60],
    ['2026-11-15T11:59:00', -60],
  ])('leaves %s at noon alone', (meterTime, offS) => {
    expect(judged(meterTime, '11-15 12:00')).toEqual({ kind: 'right', offS });
  });

  it('sets a clock that is minutes off, where the site allows it', () => {
    expect(judged('2026-11-15T12:01:01', '11-15 12:00')).toEqual({
      ...{ kind: 'off', offS: 61, broadcast: true },
      words: { zh: '表内时钟快 61 秒', en: "the meter's clock is 61 s ahead" },
    });
    expect(judged('2026-11-15T11:55:00', '11-15 12:00')).toMatchObject({ offS: -300, broadcast: true });
  });

  it.each([
    [
      'the site does not allow it',
      '2026-11-15T12:03:00',
      '11-15 12:00',
      null,
      { ...RULES, mayBroadcast: false },
      'does not allow',
    ],
    ['it is an hour off', '2026-11-15T11:00:00', '11-15 12:00', null, RULES, 'beyond 5 min'],
    ['it was set today', '2026-11-15T12:03:00', '11-15 12:00', '11-15 00:20', RULES, 'today already'],
    ['midnight is near for it', '2026-11-15T23:55:30', '11-15 23:51', null, RULES, 'around midnight'],
    ['midnight was just now', '2026-11-15T00:02:00', '11-15 00:05', null, RULES, 'around midnight'],
  ])('reports and does not set it when %s', (_, meterTime, now, setAt, rules, why) => {
    const judgement = judged(meterTime, now, setAt, rules);
    expect(judgement).toMatchObject({ kind: 'off', broadcast: false });
    expect('words' in judgement && judgement.words.en).toContain(why);
  });

  it('sets it again on the next day', () => {
    expect(judged('2026-11-15T12:03:00', '11-15 12:00', '11-14 23:00')).toMatchObject({ broadcast: true });
  });

  it('reports what is no time', () => {
    expect(judged('2000-00-00T00:00:00', '11-15 12:00')).toMatchObject({ kind: 'off', offS: null, broadcast: false });
  });

  it('does not take the hour that comes twice for an hour of error', () => {
    const berlin = { ...RULES, zone: 'Europe/Berlin' };
    const second = Date.parse('2026-10-25T01:30:00Z');
    expect(judgeClock({ meterTime: '2026-10-25T02:30:00', at: second }, null, berlin)).toEqual({
      kind: 'right',
      offS: 0,
    });
  });
});
