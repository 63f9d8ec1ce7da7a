import { describe, expect, it } from 'vitest';
import { secondsBetween, shifted } from './local-time.ts';
import { legsOf, lengthOf, paceOf } from './pace.ts';

const FROM = '2026-11-01T00:00:00';
const TO = '2026-12-01T00:00:00';
/** Ten homes on a line of 2400 baud, as the gateway reckons it. */
const TEN_HOMES = { registersMs: 25_274, keptMs: 109_221 };

describe('the pace of a month', () => {
  it('leaves two fifths of the slowest line to what is asked again', () => {
    const { registersEveryS, keptEveryS } = paceOf(TEN_HOMES);
    expect(registersEveryS).toBe(85);
    expect(keptEveryS).toBe(365);
    expect(TEN_HOMES.registersMs / registersEveryS + TEN_HOMES.keptMs / keptEveryS).toBeLessThanOrEqual(600);
  });

  it('has a reading within two hours of each cut', () => {
    const { atCuts, registersEveryS } = paceOf(TEN_HOMES);
    expect(atCuts).toBe(84);
    expect(atCuts * registersEveryS).toBeLessThanOrEqual(7_200);
  });

  it('has ten readings of each register and two looks at what was kept in the shortest month', () => {
    const { fastest, registersEveryS, keptEveryS } = paceOf(TEN_HOMES);
    expect(fastest).toBe(2_846);
    expect((28 * 86_400) / fastest / registersEveryS).toBeGreaterThanOrEqual(10);
    expect((28 * 86_400) / fastest / keptEveryS).toBeGreaterThanOrEqual(2);
  });

  it('gives a day twenty seconds where the lines would bear more', () => {
    expect(paceOf({ registersMs: 1, keptMs: 1 }).fastest).toBe(4_320);
  });

  it('is never slower than the meters live, on however slow a line', () => {
    expect(paceOf({ registersMs: 1e8, keptMs: 1e9 })).toMatchObject({ fastest: 1, atCuts: 1 });
  });
});

describe('the legs of a month', () => {
  const pace = paceOf(TEN_HOMES);

  it('are slow around both ends, and as fast as asked for between', () => {
    expect(legsOf(pace, 2_000, FROM, TO)).toEqual([
      { until: '2026-10-31T21:00:00', rate: 2_000 },
      { until: '2026-11-01T03:00:00', rate: 84 },
      { until: '2026-11-30T21:00:00', rate: 2_000 },
      { until: '2026-12-01T03:00:00', rate: 84 },
    ]);
  });

  it('are never faster around the ends than between them', () => {
    expect(legsOf(pace, 10, FROM, TO).map(({ rate }) => rate)).toEqual([10, 10, 10, 10]);
  });

  it('take as long as their rates say', () => {
    const legs = legsOf(pace, 60, FROM, TO);
    expect(lengthOf(legs, shifted(FROM, -86_400))).toBeCloseTo(secondsBetween(FROM, TO) / 60 + 86_400 / 60 + 180, 6);
  });
});
