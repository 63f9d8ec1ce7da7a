/** What a period is billed from, meter by meter: each statement is a few steps down one index, because there are thousands. */
import type { Db } from '../open.ts';
import type { MeterReadingRow } from '../rows.ts';
import { rowOf, type Columns } from './meter-readings.ts';

const OF = 'SELECT id, @number AS number, at, value, quality, standing, occasion, notes FROM meter_readings';
const NOTED = '(quality >= 1 OR standing = 1 OR occasion IS NOT NULL)';
const MEASURED = 'standing = 0 AND quality <= 1';

export function readBilledReadings(db: Db) {
  const meterId = db.prepare('SELECT id FROM meters WHERE number = ?').pluck();
  const within = db.prepare(`${OF} WHERE meter_id = @id AND at BETWEEN @from AND @to`);
  const noted = db.prepare(
    `${OF} INDEXED BY meter_readings_noted WHERE meter_id = @id AND at BETWEEN @from AND @to AND ${NOTED}`,
  );
  const last = db.prepare(`${OF} WHERE meter_id = @id AND at <= @at AND ${MEASURED} ORDER BY at DESC, id DESC LIMIT 1`);
  // Of two at the same time the one that was stored last: asked for in one go, SQLite would sort all that follow.
  const next = db.prepare(`${OF} WHERE meter_id = @id AND ${MEASURED} AND at = (
    SELECT at FROM meter_readings WHERE meter_id = @id AND at > @at AND ${MEASURED} ORDER BY at LIMIT 1
  ) ORDER BY id DESC LIMIT 1`);
  const lastGood = db.prepare(
    `${OF} WHERE meter_id = @id AND at <= @at AND standing = 0 ORDER BY at DESC, id DESC LIMIT 1`,
  );
  return {
    /** Null where it was never read. */
    of(number: string) {
      const id = meterId.get(number) as number | undefined;
      if (id === undefined) return null;
      const some = (rows: unknown[]): MeterReadingRow[] => (rows as Columns[]).map(rowOf);
      const one = (row: unknown): MeterReadingRow[] => (row === undefined ? [] : [rowOf(row as Columns)]);
      return {
        /** All of them; both inclusive, Unix milliseconds, in no order. */
        within: (from: number, to: number) => some(within.all({ id, number, from, to })),
        /** Those that the meter kept, that people read or estimated, that are in doubt, or were read when people moved. */
        noted: (from: number, to: number) => some(noted.all({ id, number, from, to })),
        /** The measured ones next to `at`: the last one up to it, and the first one after it. */
        nextTo: (at: number) => [...one(last.get({ id, number, at })), ...one(next.get({ id, number, at }))],
        /** The last one up to `at` that counts, estimates included. */
        lastGood: (at: number) => one(lastGood.get({ id, number, at })),
      };
    },
  };
}
