/**
 * The tests of the lifts' alarms. Contacts cannot be called back, as EN 81-28 wants it of a voice every 72 h; instead a drill of
 * each lift goes the whole way, into the store and out to MQTT, and is confirmed by what came of its rows.
 */
import type { Decide } from '../alarms/decide.ts';
import type { Clock } from '../clock.ts';
import type { SiteConfig } from '../config/site-config.ts';
import type { Seen } from '../ingest/device-task.ts';
import { unknownPerson, type PersonRefusal } from '../people.ts';
import { mayPass } from '../store/errors.ts';
import type { NewEvent } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { testAlarm, testedLifts, testReading, testsAsDevice, type TestedLift } from './test-alarms.ts';
import { buttonTest, lastPress, lastTest, testConfirmed, testsBegan, type ButtonTest } from './test-journal.ts';
import { testStep, type TestState } from './test-step.ts';

export interface LiftTestsOptions {
  readonly store: Pick<Store, 'alarms' | 'devices' | 'events' | 'outbox' | 'points'>;
  readonly clock: Clock;
  readonly config: () => Pick<SiteConfig, 'alarms' | 'liftTests' | 'people'>;
  readonly observe: (seen: Seen) => void;
  readonly decide: Decide;
  /** Resolves with true once everything that was observed is on the disk, with false when it cannot be now. */
  readonly flush: () => Promise<boolean>;
}

export type ButtonTestAnswer =
  | { readonly ok: true; readonly stored: boolean; readonly pressedAt: number | null }
  | { readonly ok: false; readonly code: 'unknownLift' | 'noPress' }
  | PersonRefusal;

const EVERY_MS = 5_000;
/** A press is part of a test for so long. */
const PRESSED_WITHIN_MS = 600_000;

export class LiftTests {
  readonly #options: LiftTestsOptions;
  readonly #lastTests = new Map<string, { readonly at: number; readonly wasTested: boolean }>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  constructor(options: LiftTestsOptions) {
    this.#options = options;
  }

  start(everyMs = EVERY_MS): void {
    this.#timer = setInterval(() => {
      this.#looking ??= this.#lookOnce();
    }, everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #lookOnce(): Promise<void> {
    try {
      await this.look();
    } catch (error) {
      // The next look finds what this one has left.
      if (!mayPass(error)) throw error;
    } finally {
      this.#looking = undefined;
    }
  }

  /** Does what is due for each lift. At most one drill begins at a time. */
  async look(): Promise<void> {
    const { config, flush } = this.#options;
    const { alarms, liftTests } = config();
    // What is decided here goes by what is stored.
    if (!liftTests || !(await flush())) return;
    let mayBegin = true;
    for (const tested of testedLifts(alarms)) {
      const now = this.#options.clock.now();
      const state = this.#stateOf(tested);
      const { next, isMissing } = testStep(state, liftTests, now);
      this.#tell(tested.lift, [testReading('isMissing', isMissing, now)]);
      if (next === 'begin' && mayBegin) this.#tell(tested.lift, [testReading('isTested', true, now)]);
      if (next === 'acknowledge') await this.#acknowledge(tested.lift);
      if (next === 'end') this.#end(tested.lift, now);
      if (next !== null) mayBegin = false;
    }
  }

  /** Notes that somebody has tried the button. One that passed needs a press that was seen; one that failed does not. */
  async note(lift: string, test: ButtonTest): Promise<ButtonTestAnswer> {
    const { clock, config, store, flush } = this.#options;
    const stranger = unknownPerson(config().people, test.by);
    if (stranger) return stranger;
    const tested = testedLifts(config().alarms).find((candidate) => candidate.lift === lift);
    if (!tested) return { ok: false, code: 'unknownLift' };
    const now = clock.now();
    const last = lastPress(store.events, lift, tested.button);
    const pressedAt = last !== null && Math.abs(now - last) <= PRESSED_WITHIN_MS ? last : null;
    if (test.result === 'passed' && pressedAt === null) return { ok: false, code: 'noPress' };
    this.#tell(lift, [], [buttonTest(lift, test, pressedAt, now)]);
    if (test.result === 'passed') this.#lastTests.set(lift, { at: now, wasTested: true });
    return { ok: true, stored: await flush(), pressedAt };
  }

  #stateOf({ lift, device, contacts }: TestedLift): TestState {
    const { store } = this.#options;
    const row = store.alarms.get(testAlarm(lift));
    const { at: testedAt, wasTested } = this.#lastTest(lift);
    const heard = store.devices.get(device)?.state;
    // A module that another model has replaced may answer, and have no such contact.
    const isRead = contacts.every((contact) => store.points.get(device, contact)?.quality !== 'bad');
    const isHeard = (heard === 'online' || heard === 'degraded') && isRead;
    return { row, hasArrived: row !== undefined && this.#hasLeft(row.rev), isHeard, testedAt, wasTested };
  }

  #lastTest(lift: string): { readonly at: number; readonly wasTested: boolean } {
    const { store, clock } = this.#options;
    const known = this.#lastTests.get(lift) ?? lastTest(store.events, lift);
    const last = known ?? { at: clock.now(), wasTested: false };
    this.#lastTests.set(lift, last);
    if (!known) this.#tell(lift, [], [testsBegan(lift, last.at)]);
    return last;
  }

  /** What was refused for ever has left the outbox, and has not arrived. */
  #hasLeft(seq: number): boolean {
    const { outbox } = this.#options.store;
    const waits = outbox.next('alarm', seq - 1, 1).some((row) => row.seq === seq);
    return !waits && !outbox.listDeadLetters(100).some((row) => row.seq === seq);
  }

  async #acknowledge(lift: string): Promise<void> {
    const alarm = testAlarm(lift);
    const row = this.#options.store.alarms.get(alarm);
    if (!row) return;
    const { occurrenceId, rev } = row;
    // Refused where somebody was quicker: the next look sees what has become of it.
    await this.#options.decide({ verb: 'ack', alarm, occurrenceId, rev, by: 'gateway', note: 'the drill has arrived' });
  }

  #end(lift: string, now: number): void {
    this.#tell(lift, [testReading('isTested', false, now)], [testConfirmed(lift, testAlarm(lift), now)]);
    this.#lastTests.set(lift, { at: now, wasTested: true });
  }

  #tell(lift: string, seen: Seen['seen'], events: readonly NewEvent[] = []): void {
    const device = testsAsDevice(lift);
    this.#options.observe({ device, seen, pulses: [], observation: { device, events } });
  }
}
