/** What meters would have shown: registers that rise evenly, each at its own pace; a few stand still, and a few are not read any more. */
import type { Meter } from '../../../gateway/metering/model.ts';
import type { NewMeterReading } from '../../../gateway/store/rows.ts';

/** Unix milliseconds; each meter is read once in `everyMs`, spread over it. */
export interface Stretch {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly everyMs: number;
}

const DAY_MS = 86_400_000;
/** When the registers stood at 0. */
const BEGINNING = Date.parse('2024-05-01T00:00:00+08:00');
/** Hundredths a day: two to fifteen units. */
const LEAST = 200;
const SPREAD = 1_300;
/** One meter in so many has nobody at home, or has fallen silent in the latest stretch. */
const STILL = 100;
const SILENT = 200;

/** In the order of time, as they would have been stored. */
export function* readingsIn(
  meters: readonly Meter[],
  stretches: readonly Stretch[],
): Generator<NewMeterReading, undefined> {
  const numbered = meters.map(({ number }, i) => ({ number, i, share: i / meters.length }));
  for (const [n, { from, to, everyMs }] of stretches.entries()) {
    const isLatest = n > 0 && n === stretches.length - 1;
    for (let at = from; at < to; at += everyMs) {
      for (const { number, i, share } of numbered) {
        if (isLatest && i % SILENT === 1) continue;
        yield reading(number, i, Math.floor(at + share * everyMs));
      }
    }
  }
  return undefined;
}

function reading(meter: string, i: number, at: number): NewMeterReading {
  const perDay = i % STILL === 0 ? 0 : LEAST + ((i * 7) % SPREAD);
  const hundredths = Math.floor(((at - BEGINNING) * perDay) / DAY_MS);
  const fraction = String(hundredths % 100).padStart(2, '0');
  const value = `${Math.floor(hundredths / 100)}.${fraction}`;
  return { meter, at, value, quality: 'actual', standing: 'good', occasion: null, notes: [] };
}
