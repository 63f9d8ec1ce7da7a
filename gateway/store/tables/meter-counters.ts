/** Registers that are kept from a counter of pulses: what the dial shows at which count. */
import type { Db } from '../open.ts';
import type { MeterCounterRow } from '../rows.ts';
import { meterIds } from './meter-ids.ts';

export function writeMeterCounters(db: Db) {
  const meterId = meterIds(db);
  const put = db.prepare(
    'INSERT OR REPLACE INTO meter_counters (meter_id, device, point, value, count, at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const forget = db.prepare('DELETE FROM meter_counters WHERE meter_id = (SELECT id FROM meters WHERE number = ?)');
  return {
    /** Within a transaction of the caller. */
    put({ meter, device, point, value, count, at }: MeterCounterRow): void {
      put.run(meterId(meter), device, point, value, count, at);
    },
    /** Counting begins anew, from the last good reading. */
    forget: (meter: string): void => void forget.run(meter),
  };
}

export function readMeterCounters(db: Db) {
  const one = db.prepare(
    'SELECT m.number AS meter, c.device, c.point, c.value, c.count, c.at FROM meter_counters c JOIN meters m ON m.id = c.meter_id WHERE m.number = ?',
  );
  return {
    of: (meter: string): MeterCounterRow | undefined => one.get(meter) as MeterCounterRow | undefined,
  };
}
