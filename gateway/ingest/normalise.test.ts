import { describe, expect, it } from 'vitest';
import type { Point, Reading } from '../../drivers/contract.ts';
import { pulseOf, report, type Reported } from './normalise.ts';

const MINUTE = 60_000;
const pressure: Point = { key: 'pressure', nameZh: '压力', unit: 'MPa', poll: 'fast', deadband: 0.01 };
const contact: Point = { key: 'di0', nameZh: '输入', poll: 'alarm', channel: 0, role: 'level' };
const counter: Point = { key: 'di0Count', nameZh: '计数', poll: 'alarm', channel: 0, role: 'counter' };
const latch: Point = { key: 'di0Latch', nameZh: '锁存', poll: 'alarm', channel: 0, role: 'latch' };

function good(value: Reading['value'], at = 0): Reading {
  return { point: 'any', value, quality: 'good', at };
}

/** The values that are reported of a series taken every second. */
function reportedOf(point: Point, values: Reading['value'][]): (Reading['value'] | undefined)[] {
  const reported: Reported = new Map();
  return values.map((value, second) => report(reported, point, good(value, second * 1_000), MINUTE)?.value);
}

describe('report', () => {
  it('is silent while a value stays within its deadband of the last report', () => {
    expect(reportedOf(pressure, [0.4, 0.405, 0.409, 0.41, 0.402])).toEqual([
      0.4,
      undefined,
      undefined,
      0.41,
      undefined,
    ]);
  });

  it('does not let a slow drift slip through the deadband', () => {
    const drift = Array.from({ length: 11 }, (_, i) => 0.4 + i * 0.002);
    expect(reportedOf(pressure, drift).filter((value) => value !== undefined)).toHaveLength(3);
  });

  it('reports every change of a contact and archives each', () => {
    const reported: Reported = new Map();
    const archived = [false, true, false].map((value, i) => report(reported, contact, good(value, i), MINUTE)?.archive);
    expect(archived).toEqual([true, true, true]);
  });

  it('archives a restless number once per period although it reports every change', () => {
    const reported: Reported = new Map();
    const rows = Array.from({ length: 180 }, (_, s) => report(reported, pressure, good(s, s * 1_000), MINUTE));
    expect(rows.filter((row) => row !== null)).toHaveLength(180);
    expect(rows.filter((row) => row?.archive)).toHaveLength(3);
  });

  it('reports a resting value again each period, so that its age shows', () => {
    const reported: Reported = new Map();
    const rows = Array.from({ length: 121 }, (_, s) => report(reported, pressure, good(1, s * 1_000), MINUTE));
    expect(rows.flatMap((row) => (row ? [row.at] : []))).toEqual([0, 60_000, 120_000]);
  });

  it('reports a loss of quality at once, with null and the reason, never with 0', () => {
    const reported: Reported = new Map();
    report(reported, pressure, good(0.4), MINUTE);
    const lost = report(
      reported,
      pressure,
      { point: 'any', value: null, quality: 'bad', reason: 'no answer', at: 1 },
      MINUTE,
    );
    expect(lost).toMatchObject({ value: null, quality: 'bad', reason: 'no answer', archive: true });
  });
});

const open = () => false;
const closed = () => true;

describe('pulseOf', () => {
  it('takes the first value of a counter as the baseline and counts from there', () => {
    const baselines = new Map<string, number>();
    const counts = [7, 7, 8, 11].map((value) => pulseOf(baselines, counter, good(value), false, open)?.count);
    expect(counts).toEqual([undefined, undefined, 1, 3]);
  });

  it('takes a smaller value for what was counted since the module has restarted', () => {
    const baselines = new Map([['di0Count', 100]]);
    const pulses = [2, 3, 0].map((value) => pulseOf(baselines, counter, good(value), false, open));
    expect(pulses).toMatchObject([{ count: 2, afterOutage: true }, { count: 1, afterOutage: false }, null]);
  });

  it('keeps the baseline through bad readings, so that a pulse during an outage is not lost', () => {
    const baselines = new Map([['di0Count', 5]]);
    expect(pulseOf(baselines, counter, { ...good(null), quality: 'bad' }, false, open)).toBeNull();
    expect(pulseOf(baselines, counter, good(6), true, open)).toEqual({
      channel: 0,
      point: 'di0Count',
      count: 1,
      afterOutage: true,
    });
  });

  it('does not take the contact that was closed when its module restarted for an alarm', () => {
    const baselines = new Map([['di0Count', 100]]);
    const pulses = [1, 2].map((value) => pulseOf(baselines, counter, good(value), false, closed));
    expect(pulses).toMatchObject([null, { count: 1, afterOutage: false }]);
    baselines.set('di0Count', 100);
    expect(pulseOf(baselines, counter, good(2), false, closed)?.count).toBe(1);
  });

  it('reads a latch that has been set since it was last seen as one pulse, once', () => {
    const baselines = new Map<string, number>();
    const counts = [false, true, true, false, true].map(
      (set) => pulseOf(baselines, latch, good(set), false, open)?.count,
    );
    expect(counts).toEqual([undefined, 1, undefined, undefined, 1]);
  });

  it('finds a latch that was set while nobody was looking', () => {
    expect(pulseOf(new Map([['di0Latch', 0]]), latch, good(true), true, open)?.afterOutage).toBe(true);
  });

  it('says nothing of a level or of a point that is no channel', () => {
    expect(pulseOf(new Map(), contact, good(true), false, open)).toBeNull();
    expect(pulseOf(new Map(), pressure, good(1), false, open)).toBeNull();
  });
});
