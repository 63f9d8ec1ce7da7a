/**
 * Keeps the state of every alarm and is the only one to change it. Whatever changes goes to `record` together with the
 * observation that caused it: one transaction.
 */
import type { Reading } from '../../drivers/contract.ts';
import type { Clock } from '../clock.ts';
import { DueQueue } from '../due-queue.ts';
import type { AlarmChange, AlarmRow, DeviceStateName, Observation } from '../store/rows.ts';
import type { Moment } from './deadlines.ts';
import { decisionEvent, type AlarmDecision } from './decision.ts';
import { Explanations, type Verdict } from './explanations.ts';
import { REFUSALS, transition, type RefusalCode } from './lifecycle.ts';
import { change, follow, type Moved, type Tracked } from './moved.ts';
import { RAISED_AFTER_RESTART } from './press-news.ts';
import { announce } from './press-steps.ts';
import { abandon, redefine, undefinedAlarm } from './redefine.ts';
import { elapse, look, lookAtState, nextDueOf, type Pulses } from './tracked.ts';
import type { AlarmDefinition } from './types.ts';

export interface AlarmEngineSetup {
  readonly clock: Clock;
  readonly definitions: readonly AlarmDefinition[];
  /** Every row of the store, normal ones too: an alarm's occurrences must not repeat an id. */
  readonly rows: readonly AlarmRow[];
  /** Keys of those with a press that was held back and never judged. */
  readonly unjudged?: readonly string[];
  /** Takes it; calls its `stored` once it is on the disk. */
  readonly record: (observation: Observation) => void;
}

/** An observation before its alarms are known. */
export type Sighting = Omit<Observation, 'alarms'>;

export interface Observed {
  readonly device: string;
  /**
   * Every reading of the poll, changed or not. A poll that failed is its points with quality `bad`, or nothing and a
   * state `degraded`: no delay may run on while its points are not read.
   */
  readonly seen: readonly Reading[];
  readonly pulses?: readonly Pulses[];
  /** What is to be stored of it. Its `stored` is called only if there was something to record. */
  readonly observation: Sighting;
}

const DECISION_REFUSALS = {
  ...REFUSALS,
  unknownAlarm: 'there is no such alarm',
  unstored: 'the store cannot be written: the alarm has changed and the change is not safe yet',
} as const;

export type DecisionResult =
  /** Accepted; on the disk when `isStored` says so. */
  | { readonly ok: true }
  | { readonly ok: false; readonly code: RefusalCode | 'unknownAlarm' | 'unstored'; readonly message: string };

export function createAlarmEngine(setup: AlarmEngineSetup): AlarmEngine {
  return new AlarmEngine(setup);
}

export class AlarmEngine {
  readonly #clock: Clock;
  readonly #record: AlarmEngineSetup['record'];
  /** By alarm key. Rows without a definition stay, for those who still have to deal with them. */
  readonly #alarms = new Map<string, Tracked>();
  /** Keys by device. */
  #byDevice: ReadonlyMap<string, readonly string[]> = new Map();
  /** Keys of those that wait for something. */
  readonly #waiting = new DueQueue<string>();
  readonly #explanations = new Explanations();

  constructor({ clock, definitions, rows, unjudged = [], record }: AlarmEngineSetup) {
    this.#clock = clock;
    this.#record = record;
    for (const row of rows) this.#put(undefinedAlarm(row, this.#moment()));
    this.configure(definitions);
    for (const key of unjudged) this.#announceLate(key);
  }

  /** Takes one poll. Calls `record` once, or not at all where there is nothing to store. */
  observe({ device, seen, pulses = [], observation }: Observed): void {
    const readings = new Map(seen.map((reading) => [reading.point, reading]));
    const what = { seen: readings, pulses, ...this.#moment() };
    this.#commit(
      observation,
      this.#of(device).map((tracked) => look(tracked, what)),
    );
  }

  /** Takes a device's state. Calls `record` once, or not at all where there is nothing to store. */
  deviceState(device: string, state: DeviceStateName, observation: Sighting): void {
    const time = this.#moment();
    this.#commit(
      observation,
      this.#of(device).map((tracked) => lookAtState(tracked, state, time)),
    );
  }

  /** Monotonic milliseconds at which `tick` is to be called; null when nothing is waited for. May be past. */
  nextDue(): number | null {
    const [own, explained] = [this.#waiting.nextDue(), this.#explanations.nextDue()];
    return own === null || explained === null ? (own ?? explained) : Math.min(own, explained);
  }

  /** Does what is due: delays that end, escalation, what was shelved. Calls `record` for what changes together, or not at all. */
  tick(): void {
    const time = this.#moment();
    const due: Tracked[] = [];
    for (let key = this.#waiting.take(time.now); key !== undefined; key = this.#waiting.take(time.now)) {
      const tracked = this.#alarms.get(key);
      if (tracked) due.push(tracked);
    }
    this.#commitAll(due.map((tracked) => elapse(tracked, time)));
    this.#commitAll(this.#follow(this.#explanations.elapse(time.now), time));
  }

  /** The alarm as it is now; undefined when there is none. */
  row(alarm: string): AlarmRow | undefined {
    return this.#alarms.get(alarm)?.row;
  }

  /** Whether everything that happened to it is on the disk: only then has it a revision that a person can have seen. */
  isStored(alarm: string): boolean {
    return (this.#alarms.get(alarm)?.unstored ?? 0) === 0;
  }

  /** Takes what a person decides. Calls `record` once if it is accepted. */
  decide(decision: AlarmDecision): DecisionResult {
    const tracked = this.#alarms.get(decision.alarm);
    if (!tracked) return refused('unknownAlarm');
    if (!this.isStored(decision.alarm)) return refused('unstored');
    const moment = this.#moment();
    const result = transition(tracked.row, decisionEvent(decision, tracked.definition?.settings ?? null, moment.at));
    if (result.kind === 'refused') return refused(result.code);
    if (result.kind === 'change')
      this.#commit({ device: tracked.row.device }, [change(tracked, result.change, moment)]);
    return { ok: true };
  }

  /**
   * Takes new definitions. An alarm whose definition is as before keeps its state and its delays. One that no rule
   * decides any more is cleared with a note that says so, and stays until it has been acknowledged and reset.
   */
  configure(definitions: readonly AlarmDefinition[]): void {
    const moment = this.#moment();
    const wanted = new Set(definitions.map(({ alarm }) => alarm));
    const byDevice = new Map<string, string[]>();
    for (const definition of definitions) {
      this.#put(redefine(this.#alarms.get(definition.alarm), definition, moment));
      const keys = byDevice.get(definition.device);
      if (keys) keys.push(definition.alarm);
      else byDevice.set(definition.device, [definition.alarm]);
    }
    this.#byDevice = byDevice;
    for (const [key, tracked] of this.#alarms) {
      if (!wanted.has(key)) this.#commit({ device: tracked.row.device }, [abandon(tracked, moment)]);
    }
    this.#commitAll(this.#follow(this.#explanations.configure(this.#alarms, moment.now), moment));
  }

  #announceLate(key: string): void {
    const tracked = this.#alarms.get(key);
    if (!tracked) return;
    const moved = announce(tracked, { note: RAISED_AFTER_RESTART, afterOutage: true }, this.#moment());
    this.#commit({ device: tracked.row.device }, [moved]);
  }

  /** Hides and shows alarms, one after the other: two verdicts may be about one alarm. */
  #follow(verdicts: readonly Verdict[], moment: Moment): Moved[] {
    return verdicts.flatMap(({ alarm, type, cause }) => {
      const tracked = this.#alarms.get(alarm);
      if (!tracked) return [];
      const moved = follow(tracked, { type, at: moment.at, cause }, moment);
      this.#put(moved.tracked);
      return moved;
    });
  }

  /** What comes of time and of other alarms, and of no observation. */
  #commitAll(moves: readonly Moved[]): void {
    const [first] = moves;
    if (first) this.#commit({ device: first.tracked.row.device }, moves);
  }

  #commit(sighting: Sighting, moves: readonly Moved[]): void {
    for (const { tracked } of moves) this.#put(tracked);
    const told = moves.flatMap(({ events = [] }) => events);
    const observation = told.length === 0 ? sighting : { ...sighting, events: [...(sighting.events ?? []), ...told] };
    const own = moves.flatMap(({ changes }) => changes);
    const alarms = own.length === 0 ? own : [...own, ...this.#explained(own)];
    if (alarms.length === 0 && isEmpty(observation)) return;
    const stored = (seqs: readonly number[]): void => {
      for (const [index, { after }] of alarms.entries()) this.#storedAs(after.alarm, seqs[index]);
      observation.stored?.(seqs);
    };
    this.#record({ ...observation, alarms, stored });
  }

  /** What changes mean for other alarms: in the same transaction. */
  #explained(changes: readonly AlarmChange[]): AlarmChange[] {
    const moment = this.#moment();
    const explained = this.#follow(this.#explanations.after(changes, moment.now), moment);
    return explained.flatMap((moved) => moved.changes);
  }

  #storedAs(alarm: string, seq: number | undefined): void {
    const tracked = this.#alarms.get(alarm);
    if (seq === undefined || !tracked) throw new Error(`the store gave no seq for a change of ${alarm}`);
    this.#put({ ...tracked, row: { ...tracked.row, rev: seq }, unstored: tracked.unstored - 1 });
  }

  #put(tracked: Tracked): void {
    const key = tracked.row.alarm;
    this.#alarms.set(key, tracked);
    const due = nextDueOf(tracked);
    if (due === null) this.#waiting.delete(key);
    else this.#waiting.set(key, due);
  }

  #of(device: string): Tracked[] {
    const keys = this.#byDevice.get(device) ?? [];
    return keys.map((key) => this.#alarms.get(key)).filter((tracked) => tracked !== undefined);
  }

  #moment(): Moment {
    return { now: this.#clock.monotonic(), at: this.#clock.now() };
  }
}

function refused(code: keyof typeof DECISION_REFUSALS): DecisionResult {
  return { ok: false, code, message: DECISION_REFUSALS[code] };
}

function isEmpty({ deviceState, knowledge, ...observation }: Sighting): boolean {
  const { readings, events, meterReadings, meterCounters, meterDoubts, registers, homes } = observation;
  const rows = [readings, events, meterReadings, meterCounters, meterDoubts, registers, homes];
  return rows.every((part = []) => part.length === 0) && deviceState === undefined && knowledge === undefined;
}
