import { describe, expect, it } from 'vitest';
import { retentionTime } from './retention-time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 0, 15);

describe('the time that old rows are judged by', () => {
  it('is that of the clock, while the clock goes as time does', () => {
    expect(retentionTime(NOW, HOUR, NOW + HOUR)).toBe(NOW + HOUR);
  });

  it('follows a clock that has leapt ten years by what has passed, twice', () => {
    expect(retentionTime(NOW, HOUR, NOW + 3_650 * DAY)).toBe(NOW + 2 * HOUR);
  });

  it('stands at the start of a run, whatever the clock says', () => {
    expect(retentionTime(NOW, 0, NOW + 3_650 * DAY)).toBe(NOW);
  });

  it('has caught up after a time of rest', () => {
    let time = NOW;
    for (let hour = 1; hour <= 24 * 30; hour += 1) time = retentionTime(time, HOUR, NOW + 30 * DAY + hour * HOUR);
    expect(time).toBe(NOW + 60 * DAY);
  });

  it('does not go back with a clock that has lost its time', () => {
    expect(retentionTime(NOW, HOUR, 0)).toBe(NOW);
  });
});
