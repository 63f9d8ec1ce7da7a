/** What is held of meters for a person: a few rows, for most meters are believed. */
import type { Db } from '../open.ts';
import type { MeterDoubtRow } from '../rows.ts';
import { meterIds } from './meter-ids.ts';

type Doubt = NonNullable<MeterDoubtRow['doubt']>;

export function writeMeterDoubts(db: Db) {
  const meterId = meterIds(db);
  const put = db.prepare('INSERT OR REPLACE INTO meter_doubts (meter_id, doubt) VALUES (?, ?)');
  const forget = db.prepare('DELETE FROM meter_doubts WHERE meter_id = ?');
  return {
    /** Within a transaction of the caller. */
    keep({ meter, doubt }: MeterDoubtRow): void {
      if (doubt === null) forget.run(meterId(meter));
      else put.run(meterId(meter), JSON.stringify(doubt));
    },
  };
}

export function readMeterDoubts(db: Db) {
  const one = db
    .prepare('SELECT d.doubt FROM meter_doubts d JOIN meters m ON m.id = d.meter_id WHERE m.number = ?')
    .pluck();
  return {
    of(meter: string): Doubt | null {
      const text = one.get(meter) as string | undefined;
      return text === undefined ? null : (JSON.parse(text) as Doubt);
    },
  };
}
