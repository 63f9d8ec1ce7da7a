/** Registers that are kept from a counter of pulses: what the dial shows at which count. */
import type { Db } from '../open.ts';
import type { MeterCounterRow } from '../rows.ts';
import { meterIds } from './meter-ids.ts';

interface Columns extends Omit<MeterCounterRow, 'doubt'> {
  readonly doubt_count: number | null;
  readonly doubt_at: number | null;
}

export function writeMeterCounters(db: Db) {
  const meterId = meterIds(db);
  const put = db.prepare(
    'INSERT OR REPLACE INTO meter_counters (meter_id, value, count, at, doubt_count, doubt_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const forget = db.prepare('DELETE FROM meter_counters WHERE meter_id = (SELECT id FROM meters WHERE number = ?)');
  return {
    /** Within a transaction of the caller. */
    put({ meter, value, count, at, doubt }: MeterCounterRow): void {
      put.run(meterId(meter), value, count, at, doubt?.count ?? null, doubt?.at ?? null);
    },
    /** Counting begins anew, from the last good reading. */
    forget: (meter: string): void => void forget.run(meter),
  };
}

export function readMeterCounters(db: Db) {
  const one = db.prepare(`SELECT m.number AS meter, c.value, c.count, c.at, c.doubt_count, c.doubt_at
    FROM meter_counters c JOIN meters m ON m.id = c.meter_id WHERE m.number = ?`);
  return {
    of(meter: string): MeterCounterRow | undefined {
      const row = one.get(meter) as Columns | undefined;
      return row && rowOf(row);
    },
  };
}

function rowOf({ meter, value, count, at, doubt_count, doubt_at }: Columns): MeterCounterRow {
  const doubt = doubt_count === null || doubt_at === null ? null : { count: doubt_count, at: doubt_at };
  return { meter, value, count, at, doubt };
}
