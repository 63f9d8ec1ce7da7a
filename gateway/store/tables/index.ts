/** The things kept, one object each: for reading, and for the writer alone. */
import type { Db } from '../open.ts';
import { readAlarms, writeAlarms } from './alarms.ts';
import { readAudit, writeAudit } from './audit.ts';
import { readBilledReadings } from './billed-readings.ts';
import { readBilling, writeBilling } from './billing.ts';
import { readCommands, writeCommands } from './commands.ts';
import { readDevices, writeDevices } from './devices.ts';
import { readEvents, writeEvents } from './events.ts';
import { readGaps, writeGaps } from './gaps.ts';
import { readHandovers, writeHandovers } from './handovers.ts';
import { readHistory, writeHistory } from './history.ts';
import { readHomes, writeHomes } from './homes.ts';
import { readMeterCounters, writeMeterCounters } from './meter-counters.ts';
import { readMeterDoubts, writeMeterDoubts } from './meter-doubts.ts';
import { readMeterReadings, writeMeterReadings } from './meter-readings.ts';
import { readMonitoringStation, writeMonitoringStation } from './monitoring-station.ts';
import { readOutages, writeOutages } from './outages.ts';
import { readOccurrences, writeOccurrences } from './occurrences.ts';
import { readOutbox, writeOutbox } from './outbox.ts';
import { readPoints, writePoints } from './points.ts';
import { readRegistry, writeRegistry } from './registry.ts';
import { writeRetentionTime } from './retention-time.ts';
import { readShiftNotes, writeShiftNotes } from './shift-notes.ts';
import { readShifts, writeShifts } from './shifts.ts';
import { readSupplyRequests, writeSupplyRequests } from './supply-requests.ts';
import { readTransitions } from './transitions.ts';

/** `gateway` names this gateway in the ids of its events. */
export function readTables(db: Db, gateway: string) {
  const epoch = Number(db.prepare("SELECT value FROM meta WHERE key = 'epoch'").pluck().get());
  return {
    epoch,
    points: readPoints(db),
    history: readHistory(db),
    devices: readDevices(db),
    events: readEvents(db, gateway, epoch),
    transitions: readTransitions(db),
    alarms: readAlarms(db),
    occurrences: readOccurrences(db),
    outbox: readOutbox(db),
    commands: readCommands(db),
    audit: readAudit(db),
    gaps: readGaps(db),
    registry: readRegistry(db),
    meterCounters: readMeterCounters(db),
    meterDoubts: readMeterDoubts(db),
    meterReadings: readMeterReadings(db),
    billing: readBilling(db),
    supplyRequests: readSupplyRequests(db),
    billedReadings: readBilledReadings(db),
    monitoringStation: readMonitoringStation(db),
    homes: readHomes(db),
    shifts: readShifts(db),
    shiftNotes: readShiftNotes(db),
    handovers: readHandovers(db),
    outages: readOutages(db),
  };
}

export type WriteTables = ReturnType<typeof writeTables>;

export function writeTables(db: Db) {
  const events = writeEvents(db);
  return {
    points: writePoints(db),
    history: writeHistory(db),
    devices: writeDevices(db),
    events,
    alarms: writeAlarms(db),
    occurrences: writeOccurrences(db),
    outbox: writeOutbox(db),
    commands: writeCommands(db, events),
    audit: writeAudit(db),
    gaps: writeGaps(db),
    registry: writeRegistry(db),
    meterCounters: writeMeterCounters(db),
    meterDoubts: writeMeterDoubts(db),
    meterReadings: writeMeterReadings(db),
    retentionTime: writeRetentionTime(db),
    billing: writeBilling(db),
    supplyRequests: writeSupplyRequests(db),
    monitoringStation: writeMonitoringStation(db),
    homes: writeHomes(db),
    shifts: writeShifts(db),
    shiftNotes: writeShiftNotes(db),
    handovers: writeHandovers(db),
    outages: writeOutages(db),
  };
}
