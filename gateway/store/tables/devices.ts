/** What is known of each device: its state, why, and what its driver has learned. */
import type { Knowledge } from '../../../drivers/contract.ts';
import type { Db } from '../open.ts';
import type { DeviceRow, DeviceStateName } from '../rows.ts';

interface Columns {
  device: string;
  state: DeviceStateName;
  reason: string;
  since: number;
  last_good: number | null;
  knowledge: string;
}

/** What the writer does to devices, each within a transaction of the caller. */
export function writeDevices(db: Db) {
  const setState = db.prepare(
    `INSERT INTO devices (device, state, reason, since, last_good) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (device) DO UPDATE SET state = excluded.state, reason = excluded.reason, since = excluded.since, last_good = excluded.last_good`,
  );
  const setKnowledge = db.prepare(
    `INSERT INTO devices (device, state, reason, since, knowledge) VALUES (?, 'unknown', 'not asked yet', ?, ?)
     ON CONFLICT (device) DO UPDATE SET knowledge = excluded.knowledge`,
  );
  const remove = db.prepare('DELETE FROM devices WHERE device = ?');

  return {
    state(device: string, row: Omit<DeviceRow, 'device' | 'knowledge'>): void {
      setState.run(device, row.state, row.reason, row.since, row.lastGood);
    },
    knowledge(device: string, knowledge: Knowledge, now: number): void {
      setKnowledge.run(device, now, JSON.stringify(knowledge));
    },
    /** Has left the configuration. */
    remove(device: string): void {
      remove.run(device);
    },
  };
}

export function readDevices(db: Db) {
  const all = db.prepare('SELECT * FROM devices ORDER BY device');
  const one = db.prepare('SELECT * FROM devices WHERE device = ?');

  return {
    list(): DeviceRow[] {
      return (all.all() as Columns[]).map(toRow);
    },
    get(device: string): DeviceRow | undefined {
      const row = one.get(device) as Columns | undefined;
      return row && toRow(row);
    },
  };
}

function toRow(row: Columns): DeviceRow {
  const { device, state, reason, since, last_good: lastGood } = row;
  return { device, state, reason, since, lastGood, knowledge: JSON.parse(row.knowledge) as Knowledge };
}
