/** What the registers of meters showed, and when. Thousands of meters, years of quarters of an hour: a row is as small as can be. */
import type { Db } from '../open.ts';
import type { MeterReadingRow, NewMeterReading } from '../rows.ts';
import { meterIds } from './meter-ids.ts';

const QUALITIES = ['actual', 'frozen', 'manual', 'estimated'] as const;
const STANDINGS = ['good', 'suspect', 'rejected'] as const;

export interface Columns {
  readonly id: number;
  readonly number: string;
  readonly at: number;
  readonly value: string;
  readonly quality: number;
  readonly standing: number;
  readonly occasion: MeterReadingRow['occasion'];
  readonly notes: string | null;
}

export const SELECT = `SELECT r.id, m.number, r.at, r.value, r.quality, r.standing, r.occasion, r.notes
  FROM meter_readings r JOIN meters m ON m.id = r.meter_id`;

/** How a person settles a reading: what it counts as from now on, and why. */
export interface Settlement {
  readonly id: number;
  readonly standing: 'good' | 'rejected';
  readonly note: string;
}

export function writeMeterReadings(db: Db) {
  const meterId = meterIds(db);
  const insert = db.prepare(
    'INSERT INTO meter_readings (meter_id, at, value, quality, standing, occasion, notes) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const one = db.prepare('SELECT notes FROM meter_readings WHERE id = ? AND standing = 1');
  const settle = db.prepare('UPDATE meter_readings SET standing = ?, notes = ? WHERE id = ?');
  const marked = db.prepare('SELECT notes FROM meter_readings WHERE id = ?');
  const mark = db.prepare('UPDATE meter_readings SET occasion = ?, notes = ? WHERE id = ?');
  const some = db.prepare('SELECT id FROM meters WHERE id > ? ORDER BY id LIMIT ?').pluck();
  const thin = db.prepare(`DELETE FROM meter_readings WHERE id IN (
    SELECT id FROM (
      SELECT id, quality, standing, occasion, notes,
        row_number() OVER (PARTITION BY CAST((at + @zoneMs) / 86400000 AS INTEGER) ORDER BY standing <> 0, at) AS first
      FROM meter_readings WHERE meter_id = @meter AND at < @before)
    WHERE first > 1 AND quality = 0 AND standing = 0 AND occasion IS NULL AND notes IS NULL)`);

  return {
    /** Within a transaction of the caller. Returns the row's id. */
    append({ meter, at, value, quality, standing, occasion, notes }: NewMeterReading): number {
      const words = notes.length > 0 ? JSON.stringify(notes) : null;
      const row = [QUALITIES.indexOf(quality), STANDINGS.indexOf(standing), occasion, words];
      return Number(insert.run(meterId(meter), at, value, ...row).lastInsertRowid);
    },
    /** Within a transaction of the caller. False where there is no such reading, or it is not suspect. */
    settle({ id, standing, note }: Settlement): boolean {
      const row = one.get(id) as Pick<Columns, 'notes'> | undefined;
      if (!row) return false;
      const notes = [...notesOf(row.notes), note];
      settle.run(STANDINGS.indexOf(standing), JSON.stringify(notes), id);
      return true;
    },
    /** Within a transaction of the caller. */
    mark(id: number, occasion: 'moveIn' | 'moveOut', note: string): void {
      const row = marked.get(id) as Pick<Columns, 'notes'> | undefined;
      mark.run(occasion, JSON.stringify([...notesOf(row?.notes ?? null), note]), id);
    },
    /**
     * Of some meters after the meter id `after` (0 to begin), within a transaction of the caller: what was read by polls before
     * `before`, and has no notes, is thinned to the first good one of each day. `zoneMs`: what local time is ahead of UTC. `next`: where the
     * next bite begins.
     */
    thin(after: number, before: number, zoneMs: number): { gone: number; next: number | null } {
      const meters = some.all(after, METERS_PER_BITE) as number[];
      const gone = meters.reduce((sum, meter) => sum + thin.run({ meter, before, zoneMs }).changes, 0);
      return { gone, next: meters.at(-1) ?? null };
    },
  };
}

const METERS_PER_BITE = 20;

export interface MeterReadingsQuery {
  readonly meter: string;
  /** Unix milliseconds, inclusive. */
  readonly from: number;
  readonly to: number;
  /** The newest come when there are more. */
  readonly limit: number;
}

export function readMeterReadings(db: Db) {
  const range = db.prepare(
    `${SELECT} WHERE m.number = ? AND r.at BETWEEN ? AND ? ORDER BY r.at DESC, r.id DESC LIMIT ?`,
  );
  // The sign: see `billed-readings.ts`. These two are asked for each meter of a list.
  const lastGood = db.prepare(
    `${SELECT} WHERE m.number = +? AND r.at <= ? AND r.standing = 0 AND r.quality <> 3 ORDER BY r.at DESC, r.id DESC LIMIT 1`,
  );
  const suspects = db.prepare(`${SELECT} WHERE r.standing = 1 AND r.id > ? ORDER BY r.id LIMIT ?`);
  const next = db.prepare(
    `${SELECT} WHERE m.number = +? AND r.at > ? AND r.standing = 0 AND r.quality <> 3 ORDER BY r.at, r.id LIMIT 1`,
  );
  const suspectsOf = db.prepare(`${SELECT} WHERE m.number = ? AND r.standing = 1 ORDER BY r.at, r.id LIMIT ?`);
  const suspectsFrom = db.prepare(`${SELECT} WHERE m.number = ? AND r.standing = 1 AND r.id > ? ORDER BY r.id LIMIT ?`);
  const moves = db.prepare(
    `${SELECT} WHERE m.number = ? AND r.occasion IS NOT NULL ORDER BY r.at DESC, r.id DESC LIMIT ?`,
  );
  const one = db.prepare(`${SELECT} WHERE r.id = ?`);
  return {
    /** Oldest first. */
    list({ meter, from, to, limit }: MeterReadingsQuery): MeterReadingRow[] {
      return (range.all(meter, from, to, limit) as Columns[]).reverse().map(rowOf);
    },
    /** The last one up to `at` that counts and was not estimated. */
    lastGood(meter: string, at: number): MeterReadingRow | undefined {
      return found(lastGood.get(meter, at));
    },
    /** The first one after `at` that counts and was not estimated. */
    nextGood(meter: string, at: number): MeterReadingRow | undefined {
      return found(next.get(meter, at));
    },
    /** Those that a person has to settle, in the order in which they came. `after`: an id, exclusive. `meter`: of this one alone. */
    suspects(after: number, limit: number, meter?: string): MeterReadingRow[] {
      const rows = meter === undefined ? suspects.all(after, limit) : suspectsFrom.all(meter, after, limit);
      return (rows as Columns[]).map(rowOf);
    },
    /** Of one meter, by their time. */
    suspectsOf(meter: string, limit: number): MeterReadingRow[] {
      return (suspectsOf.all(meter, limit) as Columns[]).map(rowOf);
    },
    /** Those that were read when people moved, newest first. */
    moves(meter: string, limit: number): MeterReadingRow[] {
      return (moves.all(meter, limit) as Columns[]).map(rowOf);
    },
    get(id: number): MeterReadingRow | undefined {
      return found(one.get(id));
    },
  };
}

function found(row: unknown): MeterReadingRow | undefined {
  return row === undefined ? undefined : rowOf(row as Columns);
}

export function rowOf({ id, number: meter, at, value, quality, standing, occasion, notes }: Columns): MeterReadingRow {
  return {
    ...{ id, meter, at, value, occasion, notes: notesOf(notes) },
    quality: QUALITIES[quality] ?? 'actual',
    standing: STANDINGS[standing] ?? 'suspect',
  };
}

function notesOf(text: string | null): readonly string[] {
  return text === null ? [] : (JSON.parse(text) as string[]);
}
