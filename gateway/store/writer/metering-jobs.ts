/** What is written of meters and bills. */
import type {
  NewBillingExport,
  BillingRunRow,
  MeterDoubtRow,
  NewBillingLine,
  NewMeterReading,
  RegistryFileRow,
} from '../rows.ts';
import type { AuditEntry } from '../tables/audit.ts';
import type { WriteTables } from '../tables/index.ts';
import type { Settlement } from '../tables/meter-readings.ts';
import type { Atomic } from './atomic.ts';

export function createMeteringJobs(
  { audit, registry, meterCounters, meterDoubts, meterReadings, billing }: WriteTables,
  atomic: Atomic,
) {
  return {
    keepRegistry: atomic((version: string, files: readonly RegistryFileRow[], now: number): void =>
      registry.keep(version, files, now),
    ),
    /** What people read or estimated, with the row of the audit. Returns the ids. */
    addMeterReadings: atomic((rows: readonly NewMeterReading[], entry: AuditEntry): number[] => {
      audit.append(entry);
      return rows.map((row) => meterReadings.append(row));
    }),
    /** False, and nothing written, where there is no such reading or it is settled. */
    settleMeterReading: atomic(
      (settlement: Settlement, instead: NewMeterReading | null, entry: AuditEntry): boolean => {
        if (!meterReadings.settle(settlement)) return false;
        if (instead) meterReadings.append(instead);
        audit.append(entry);
        return true;
      },
    ),
    /** Settles all of these; returns how many of them were still in doubt. */
    settleMeterReadings: atomic((settlements: readonly Settlement[], entry: AuditEntry): number => {
      audit.append(entry);
      return settlements.filter((settlement) => meterReadings.settle(settlement)).length;
    }),
    /** It was read when people moved. */
    markMove: atomic((id: number, occasion: 'moveIn' | 'moveOut', note: string, entry: AuditEntry): void => {
      meterReadings.mark(id, occasion, note);
      audit.append(entry);
    }),
    /** A person has looked. `isAnew`: counting begins anew, from the last good value. */
    lookedAtMeter: atomic((row: MeterDoubtRow, isAnew: boolean): void => {
      meterDoubts.keep(row);
      if (isAnew) meterCounters.anew(row.meter);
    }),
    /** False, and nothing written, where the run is no longer as `before` says. `entry` null: it is not worth a row of the audit. */
    saveRun: atomic((row: BillingRunRow, before: unknown, entry: AuditEntry | null): boolean => {
      if (!billing.save(row, before)) return false;
      if (entry) audit.append(entry);
      return true;
    }),
    /** In bites, so that alarms get their turn: false once there are none left. */
    clearLines: atomic((run: string): boolean => billing.clearLines(run)),
    appendLines: atomic((run: string, lines: readonly NewBillingLine[]): void => billing.appendLines(run, lines)),
    /** Whoever asks for it has the bytes no longer: they are moved here, and let go. */
    keepExport: letGo(atomic((run: string, file: NewBillingExport): void => billing.keepExport(run, file))),
    thinMeterReadings: atomic((after: number, before: number, zoneMs: number) =>
      meterReadings.thin(after, before, zoneMs),
    ),
  };
}

/** At once, whatever becomes of it: the collector sees a few bytes where there are megabytes, and would wait. */
function letGo(keep: (run: string, file: NewBillingExport) => void): typeof keep {
  return (run, file) => {
    try {
      keep(run, file);
    } finally {
      file.bytes.buffer.transfer(0);
    }
  };
}
