/** What a period is billed from, meter by meter: each statement is a few steps down one index, because there are thousands. */
import type { Db } from '../open.ts';
import type { MeterReadingRow } from '../rows.ts';
import { rowOf, type Columns } from './meter-readings.ts';

/** As arrays, and without names of parameters: an object for each costs as much as finding the row. */
type Cells = readonly [
  ...[id: number, at: number, value: string, quality: number, standing: number],
  ...[occasion: Columns['occasion'], notes: string | null],
];

/**
 * Beside ORDER BY. Without the sign SQLite (seen with 3.54, STAT4) compiles the statement anew for each value that is bound, which takes
 * four times as long as finding the row.
 */
const METER = 'meter_id = +?';
const OF = 'SELECT id, at, value, quality, standing, occasion, notes FROM meter_readings';
const NOTED = '(quality >= 1 OR standing = 1 OR occasion IS NOT NULL OR notes IS NOT NULL)';
const MEASURED = 'standing = 0 AND quality <= 1';

export function readBilledReadings(db: Db) {
  const meterId = db.prepare('SELECT id FROM meters WHERE number = ?').pluck();
  const within = db.prepare(`${OF} WHERE meter_id = ? AND at BETWEEN ? AND ?`).raw();
  const noted = db
    .prepare(`${OF} INDEXED BY meter_readings_noted WHERE meter_id = ? AND at BETWEEN ? AND ? AND ${NOTED}`)
    .raw();
  const last = db.prepare(`${OF} WHERE ${METER} AND at <= ? AND ${MEASURED} ORDER BY at DESC, id DESC LIMIT 1`).raw();
  // Of two at the same time the one that was stored last: asked for in one go, SQLite would sort all that follow.
  const next = db
    .prepare(
      `${OF} WHERE ${METER} AND ${MEASURED} AND at = (
         SELECT at FROM meter_readings WHERE ${METER} AND at > ? AND ${MEASURED} ORDER BY at LIMIT 1
       ) ORDER BY id DESC LIMIT 1`,
    )
    .raw();
  const lastGood = db
    .prepare(`${OF} WHERE ${METER} AND at <= ? AND standing = 0 ORDER BY at DESC, id DESC LIMIT 1`)
    .raw();
  return {
    /** Null where it was never read. */
    of(number: string) {
      const id = meterId.get(number) as number | undefined;
      if (id === undefined) return null;
      const row = ([reading, at, value, quality, standing, occasion, notes]: Cells): MeterReadingRow =>
        rowOf({ id: reading, number, at, value, quality, standing, occasion, notes });
      const some = (rows: unknown[]): MeterReadingRow[] => (rows as Cells[]).map(row);
      const one = (cells: unknown): MeterReadingRow[] => (cells === undefined ? [] : [row(cells as Cells)]);
      return {
        /** All of them; both inclusive, Unix milliseconds, in no order. */
        within: (from: number, to: number) => some(within.all(id, from, to)),
        /** Those that the meter kept, that people read or estimated, that are in doubt or have notes, or were read when people moved. */
        noted: (from: number, to: number) => some(noted.all(id, from, to)),
        /** The measured ones next to `at`: the last one up to it, and the first one after it. */
        nextTo: (at: number) => [...one(last.get(id, at)), ...one(next.get(id, id, at))],
        /** The last one up to `at` that counts, estimates included. */
        lastGood: (at: number) => one(lastGood.get(id, at)),
      };
    },
  };
}
