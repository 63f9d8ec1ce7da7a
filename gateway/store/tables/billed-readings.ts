/** What a period is billed from, meter by meter: each statement is a few steps down one index, because there are thousands. */
import type { Db } from '../open.ts';
import type { MeterReadingRow } from '../rows.ts';
import { rowOf, SELECT, type Columns } from './meter-readings.ts';

const NOTED = '(r.quality >= 2 OR r.standing = 1 OR r.occasion IS NOT NULL)';

export function readBilledReadings(db: Db) {
  const within = db.prepare(`${SELECT} WHERE m.number = ? AND r.at BETWEEN ? AND ?`);
  const noted = db.prepare(`${SELECT.replace('meter_readings r', 'meter_readings r INDEXED BY meter_readings_noted')}
    WHERE m.number = ? AND r.at BETWEEN ? AND ? AND ${NOTED}`);
  const lastGood = db.prepare(
    `${SELECT} WHERE m.number = ? AND r.at <= ? AND r.standing = 0 ORDER BY r.at DESC, r.id DESC LIMIT 1`,
  );
  return {
    /** All of them; both inclusive, Unix milliseconds, in no order. */
    within: (meter: string, from: number, to: number): MeterReadingRow[] =>
      (within.all(meter, from, to) as Columns[]).map(rowOf),
    /** Those that people read or estimated, that are in doubt, or that were read when people moved. */
    noted: (meter: string, from: number, to: number): MeterReadingRow[] =>
      (noted.all(meter, from, to) as Columns[]).map(rowOf),
    /** The last one up to `at` that counts, estimates included. */
    lastGood(meter: string, at: number): MeterReadingRow | undefined {
      const row = lastGood.get(meter, at) as Columns | undefined;
      return row && rowOf(row);
    },
  };
}
