/** An engine with its ledger, a clock that is moved by hand, and the alarms of ./site.ts. */
import type { Value } from '../../../drivers/contract.ts';
import type { DeviceStateName, Observation } from '../../store/rows.ts';
import type { AlarmDecision } from '../decision.ts';
import { createAlarmEngine, type AlarmEngine } from '../engine.ts';
import type { AlarmDefinition } from '../types.ts';
import { createLedger } from './ledger.ts';
import { carAlarm, liftFault, offline, powerLoss, reading } from './site.ts';

export const DEVICE = 'lift-io-3';
export const EMPTY = { device: DEVICE };
export const EVERYTHING: readonly AlarmDefinition[] = [carAlarm, liftFault, powerLoss, offline];

interface DecisionChanges {
  readonly verb?: Exclude<AlarmDecision['verb'], 'drill'>;
  readonly rev?: number;
  readonly until?: number;
}

export class House {
  readonly ledger = createLedger();
  /** Milliseconds since the beginning, on the wall clock and on the monotonic one. */
  time = 0;
  /** By how much the wall clock has been set. */
  clockOffset = 0;
  engine: AlarmEngine;

  constructor() {
    this.engine = this.#start(EVERYTHING);
  }

  /** Starts another engine on what the ledger holds. Returns what it records. */
  restart(definitions = EVERYTHING, record?: (observation: Observation) => void): string[] {
    this.engine = this.#start(definitions, record);
    return this.ledger.news();
  }

  /** Reads points of a device; null is a reading of bad quality. Returns what changed, as everything here does. */
  poll(points: Record<string, Value>, device = DEVICE): string[] {
    const seen = Object.entries(points).map(([point, value]) => reading(point, value));
    this.engine.observe({ device, seen, observation: { device } });
    return this.ledger.news();
  }

  /** Reads the counter of the car alarm, which has moved by `count`. */
  pollCounter(count: number, afterOutage = false): string[] {
    const pulses = count === 0 ? [] : [{ point: 'counter2', count, afterOutage }];
    this.engine.observe({ device: DEVICE, seen: [reading('counter2', 7)], pulses, observation: EMPTY });
    return this.ledger.news();
  }

  state(name: DeviceStateName): string[] {
    this.engine.deviceState(DEVICE, name, EMPTY);
    return this.ledger.news();
  }

  /** Lets time pass as a caller with one timer does. */
  wait(ms: number): string[] {
    const end = this.time + ms;
    for (let due = this.engine.nextDue(); due !== null && due <= end; due = this.engine.nextDue()) {
      this.time = Math.max(this.time, due);
      this.engine.tick();
    }
    this.time = end;
    return this.ledger.news();
  }

  /** An acknowledgement, or whatever else `changes` says, by somebody who has the stored row before them. */
  decision(alarm: string, changes: DecisionChanges = {}): AlarmDecision {
    const { occurrenceId, rev } = this.ledger.row(alarm);
    return { verb: 'ack', alarm, occurrenceId, rev, by: 'li', note: 'seen to', until: 0, ...changes };
  }

  #start(definitions: readonly AlarmDefinition[], record = this.ledger.record): AlarmEngine {
    const clock = { now: () => 1_700_000_000_000 + this.time + this.clockOffset, monotonic: () => this.time };
    return createAlarmEngine({ clock, definitions, rows: this.ledger.rows(), record });
  }
}
