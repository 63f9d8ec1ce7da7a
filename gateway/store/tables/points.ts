/** The current value of every point; a reading to be archived also becomes a row of its history. */
import type { Quality } from '../../../drivers/contract.ts';
import type { Db } from '../open.ts';
import type { Observation, PointRow } from '../rows.ts';
import { fromColumn, kindOf, qualityToColumn, toColumn, type Kind } from './values.ts';

interface Columns extends Omit<PointRow, 'value'> {
  readonly kind: Kind | null;
  readonly value: number | string | null;
  readonly quality: Quality;
}

const CURRENT = 'SELECT device, point, kind, value, unit, quality, reason, at FROM points';

/** What the writer does to points, each within a transaction of the caller. */
export function writePoints(db: Db) {
  const upsert = db
    .prepare(
      `INSERT INTO points (device, point, kind, value, unit, quality, reason, at, good) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (device, point) DO UPDATE SET kind = coalesce(excluded.kind, kind), value = excluded.value,
         unit = excluded.unit, quality = excluded.quality, reason = excluded.reason, at = excluded.at, current = 1,
         good = CASE excluded.quality WHEN 'bad' THEN good ELSE excluded.good END
       RETURNING id`,
    )
    .pluck();
  const archive = db.prepare('INSERT OR REPLACE INTO readings (point_id, at, value, quality) VALUES (?, ?, ?, ?)');
  const retire = db.prepare('UPDATE points SET current = 0 WHERE device = ? AND point = ?');

  return {
    write(device: string, reading: NonNullable<Observation['readings']>[number]): void {
      const { point, value, unit, quality, reason, at } = reading;
      const column = toColumn(value);
      const id = upsert.get(device, point, kindOf(value), column, unit, quality, reason, at, column);
      if (reading.archive) archive.run(id, at, column, qualityToColumn(quality));
    },
    /** Has left the configuration: it has no current value any more. Its history stays. */
    retire(device: string, point: string): void {
      retire.run(device, point);
    },
  };
}

export function readPoints(db: Db) {
  const all = db.prepare(`${CURRENT} WHERE current ORDER BY device, point`);
  const ofDevice = db.prepare(`${CURRENT} WHERE current AND device = ? ORDER BY point`);
  const one = db.prepare(`${CURRENT} WHERE current AND device = ? AND point = ?`);
  const goodNumbers = db
    .prepare("SELECT point, good FROM points WHERE device = ? AND kind <> 'string' AND good IS NOT NULL")
    .raw();

  return {
    /** Current values, of one device or of all. */
    list(device?: string): PointRow[] {
      return ((device === undefined ? all.all() : ofDevice.all(device)) as Columns[]).map(toRow);
    },
    /** The last good number of each point of a device, a boolean as 0 or 1: what counters count on from, whatever happened since. */
    lastGoodNumbers(device: string): Map<string, number> {
      return new Map(goodNumbers.all(device) as [string, number][]);
    },
    get(device: string, point: string): PointRow | undefined {
      const row = one.get(device, point) as Columns | undefined;
      return row && toRow(row);
    },
  };
}

function toRow({ device, point, kind, value, unit, quality, reason, at }: Columns): PointRow {
  return { device, point, value: fromColumn(value, kind), unit, quality, reason, at };
}
