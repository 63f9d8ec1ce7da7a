import { describe, expect, it } from 'vitest';
import { scaled } from './drawn.ts';
import { createHeating } from './heating.ts';
import { DAY_MS, HOUR_MS, localMs } from './local-time.ts';

const SINCE = localMs(2025, 1, 1);
const heating = createHeating(7, SINCE);
const drawnIn = (drawn: (typeof heating)['heat'], month: number): number =>
  (drawn(localMs(2026, month + 1, 1))[0] ?? 0) - (drawn(localMs(2026, month, 1))[0] ?? 0);

describe('what a flat draws from its heating', () => {
  it('is heat in winter alone, 60 to 180 MJ on a day of January', () => {
    const perDay = drawnIn(heating.heat, 1) / 31;
    expect(perDay).toBeGreaterThan(45_000);
    expect(perDay).toBeLessThan(200_000);
    expect(drawnIn(heating.heat, 7)).toBe(0);
    expect(drawnIn(heating.heat, 11)).toBeLessThan(drawnIn(heating.heat, 1));
  });

  it('is brought by water that cools down by ten degrees', () => {
    const kilojoules = drawnIn(heating.heat, 1);
    const litres = drawnIn(heating.heatingWater, 1);
    expect(kilojoules / (litres * 4.1868)).toBeCloseTo(10, 1);
  });

  it('is hot water all year', () => {
    for (const month of [1, 7]) expect(drawnIn(heating.hotWater, month) / 31).toBeGreaterThan(10);
  });

  it('never falls, and is the same at every asking', () => {
    for (const drawn of [heating.heat, heating.heatingWater, heating.hotWater]) {
      const hours = Array.from({ length: 24 * 60 }, (_, hour) => drawn(localMs(2025, 11, 1) + hour * HOUR_MS)[0] ?? 0);
      expect(hours.every((amount, hour) => hour === 0 || amount >= (hours[hour - 1] ?? 0))).toBe(true);
      expect(hours.every(Number.isInteger)).toBe(true);
      const again = createHeating(7, SINCE);
      expect(again.heat(SINCE + 400 * DAY_MS)).toEqual(heating.heat(SINCE + 400 * DAY_MS));
    }
    expect(createHeating(8, SINCE).heat(SINCE + 400 * DAY_MS)).not.toEqual(heating.heat(SINCE + 400 * DAY_MS));
  });

  it('can be a share of something else, cut off', () => {
    expect(scaled(() => [7, 11], 0.5)(0)).toEqual([3, 5]);
  });
});
