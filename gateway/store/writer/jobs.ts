/** Everything that is ever written, by name. A job is one transaction: all of it is on the disk when it returns, or none. */
import type { Db, OpenOptions } from '../open.ts';
import type { AuditEntry } from '../tables/audit.ts';
import type { CommandEnd, CommandTaken, NewCommand } from '../tables/commands.ts';
import type { GapRow } from '../tables/gaps.ts';
import { writeTables } from '../tables/index.ts';
import type { Atomic } from './atomic.ts';
import { createMeteringJobs } from './metering-jobs.ts';
import { createShiftJobs } from './shift-jobs.ts';
import { createSupplyJobs } from './supply-jobs.ts';
import { writeObservation, type PlainObservation } from './observe.ts';
import { closeReserve, openReserve } from './reserve.ts';

export type Jobs = ReturnType<typeof createJobs>;
export type JobName = keyof Jobs;

/** What has left the configuration. */
export interface Forgotten {
  readonly points: readonly { readonly device: string; readonly point: string }[];
  readonly devices: readonly string[];
}

export function createJobs(db: Db, options: OpenOptions) {
  const tables = writeTables(db);
  const { points, history, devices, events, outbox, commands, audit, gaps, retentionTime, monitoringStation } = tables;
  const atomic: Atomic =
    (write) =>
    (...args) =>
      db.transaction(() => write(...args)).immediate();

  return {
    /** Observations in their order. Returns the seq of each alarm event of each. `now`: Unix milliseconds, as everywhere here. */
    observe: atomic((batch: readonly PlainObservation[], now: number): number[][] =>
      batch.map((observation) => writeObservation(tables, observation, now)),
    ),
    gap: atomic((gap: GapRow): void => gaps.append(gap)),
    audit: atomic((entry: AuditEntry): void => audit.append(entry)),
    /** With its row in the audit. */
    acceptCommand: atomic((command: NewCommand, mostUnfinished: number): CommandTaken => {
      const taken = commands.accept(command, mostUnfinished);
      const { id, device, action, value, via, by, acceptedAt } = command;
      const detail = { id, device, action, value, via };
      if (taken.kind === 'accepted') audit.append({ at: acceptedAt, who: by, what: 'command', detail });
      return taken;
    }),
    markSent: atomic((id: string, now: number): boolean => commands.markSent(id, now)),
    finishCommand: atomic((id: string, end: CommandEnd, now: number): void => commands.finish(id, end, now)),
    outboxSent: atomic((seqs: readonly number[], now: number): void => outbox.sent(seqs, now)),
    outboxDone: atomic((seqs: readonly number[]): void => outbox.done(seqs)),
    outboxDoneThrough: atomic((seq: number): number => outbox.doneThrough(seq)),
    deadLetter: atomic((seq: number, reason: string, now: number): void => outbox.deadLetter(seq, reason, now)),
    monitoringStationAcknowledged: atomic((through: number): void => monitoringStation.acknowledged(through)),
    monitoringStationForgotten: atomic((): void => monitoringStation.forget()),
    forget: atomic(({ points: gone, devices: removed }: Forgotten): void => {
      for (const { device, point } of gone) points.retire(device, point);
      for (const device of removed) devices.remove(device);
    }),
    /** Returns the time to judge old rows by. */
    advanceRetention: atomic((elapsedMs: number, now: number): number => retentionTime.advance(elapsedMs, now)),
    pruneHistory: atomic((after: number, before: number) => history.prune(after, before)),
    /** What is left of an occurrence that is not wholly old stays with it. Returns how many left the journal. */
    pruneEvents: atomic((before: number, keep: number): number => {
      tables.occurrences.prune(events.cut(before, keep));
      tables.outages.prune(before);
      return events.prune(before, keep);
    }),
    ...createMeteringJobs(tables, atomic),
    ...createSupplyJobs(tables, atomic),
    ...createShiftJobs(tables, options.site, atomic),
    openReserve: (): void => openReserve(db, options),
    closeReserve: (): boolean => closeReserve(db, options),
  };
}
