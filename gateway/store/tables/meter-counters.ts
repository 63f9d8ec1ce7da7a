/** Registers that are kept from a counter of pulses: what the dial shows at which count. */
import type { Db } from '../open.ts';
import type { MeterCounterRow } from '../rows.ts';
import { meterIds } from './meter-ids.ts';

export function writeMeterCounters(db: Db) {
  const meterId = meterIds(db);
  const put = db.prepare(
    'INSERT OR REPLACE INTO meter_counters (meter_id, device, point, value, count, at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const anew = db.prepare(
    'UPDATE meter_counters SET anew = 1 WHERE meter_id = (SELECT id FROM meters WHERE number = ?)',
  );
  return {
    /** Within a transaction of the caller. */
    put({ meter, device, point, value, count, at }: Omit<MeterCounterRow, 'isAnew'>): void {
      put.run(meterId(meter), device, point, value, count, at);
    },
    /** Counting begins anew, from the last good reading. */
    anew: (meter: string): void => void anew.run(meter),
  };
}

export function readMeterCounters(db: Db) {
  const one = db.prepare(
    'SELECT m.number AS meter, c.device, c.point, c.value, c.count, c.at, c.anew FROM meter_counters c JOIN meters m ON m.id = c.meter_id WHERE m.number = ?',
  );
  return {
    of(meter: string): MeterCounterRow | undefined {
      const row = one.get(meter) as (Omit<MeterCounterRow, 'isAnew'> & { anew: number }) | undefined;
      if (!row) return undefined;
      const { anew, ...rest } = row;
      return { ...rest, isAnew: anew === 1 };
    },
  };
}
