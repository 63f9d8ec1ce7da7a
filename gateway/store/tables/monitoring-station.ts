/** How far the journal of alarms has been acknowledged by the monitoring station. */
import type { Db } from '../open.ts';

const KEY = 'monitoringStation';

export function writeMonitoringStation(db: Db) {
  const keep = db.prepare(`INSERT OR REPLACE INTO meta (key, value) VALUES ('${KEY}', ?)`);
  const drop = db.prepare(`DELETE FROM meta WHERE key = '${KEY}'`);
  return {
    acknowledged(through: number): void {
      keep.run(String(through));
    },
    forget(): void {
      drop.run();
    },
  };
}

export function readMonitoringStation(db: Db) {
  const kept = db.prepare(`SELECT value FROM meta WHERE key = '${KEY}'`).pluck();
  return {
    /** Every event up to this seq is acknowledged, or need not be sent; null before the first. */
    through(): number | null {
      const value = kept.get();
      return value === undefined ? null : Number(value);
    },
  };
}
