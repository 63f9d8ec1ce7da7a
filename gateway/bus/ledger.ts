/** What a bus remembers of one device: whether it rests, how late its answers come, and its figures. */
import { DriverError } from '../../drivers/errors.ts';
import type { Clock } from '../clock.ts';
import type { DeviceStatistics } from '../statistics.ts';
import {
  admit,
  afterFailure,
  afterLateAnswer,
  afterRecovery,
  afterUnsent,
  CLOSED,
  type Breaker,
  type BreakerSettings,
} from './breaker.ts';
import { ExchangeCounters } from './statistics.ts';

/** A device that has answered more often than it was asked is said to do so for this long after the last time. */
const REPEATS_FOR_MS = 300_000;

/** Devices that may be back with their line are probed spread over so long. */
const PROBES_WITHIN_MS = 2_000;

export interface DeviceKnown {
  /** `silent`: it has not answered its last exchange. `resting`: an exchange with it would be refused now. */
  readonly standing: 'answers' | 'silent' | 'resting';
  /** How long after its request the last answer was heard that nobody waited for any more; null since one came in time. */
  readonly lateMs: number | null;
  /** Whether it has lately answered more often than it was asked. */
  readonly repeats: boolean;
}

export const NEVER_ASKED: DeviceKnown = { standing: 'answers', lateMs: null, repeats: false };

export class DeviceLedger implements DeviceKnown {
  readonly #settings: BreakerSettings;
  readonly #clock: Clock;
  readonly #counters = new ExchangeCounters();
  #breaker: Breaker = CLOSED;
  /** When the first of its failures in a row was, in monotonic milliseconds; -Infinity while there is none. */
  #failingSince = -Infinity;
  #lastAnswer: number | null = null;
  #lateMs: number | null = null;
  #lastError: DeviceStatistics['lastError'] = null;
  #surplusReplies = 0;
  #lastSurplus = -Infinity;

  constructor(settings: BreakerSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  get standing(): DeviceKnown['standing'] {
    if (this.#breaker.failed === 0) return 'answers';
    if (!admit(this.#breaker, this.#clock.monotonic()).admitted) return 'resting';
    return this.#lastError?.code === 'timeout' ? 'silent' : 'answers';
  }

  get lateMs(): number | null {
    return this.#lateMs;
  }

  get repeats(): boolean {
    return this.#clock.monotonic() - this.#lastSurplus < REPEATS_FOR_MS;
  }

  /** Null when an exchange may go now, otherwise why it may not. One that is `doubtful` is no probe. */
  admit(doubtful: boolean): DriverError | null {
    const { admitted, breaker } =
      doubtful && this.#breaker.probeAt !== null
        ? { admitted: false, breaker: this.#breaker }
        : admit(this.#breaker, this.#clock.monotonic());
    this.#breaker = breaker;
    return admitted ? null : new DriverError('unsent', `resting after ${breaker.failed} failures in a row`);
  }

  /** Somebody answers on the line, the first since `before`: a device that has fallen silent since then may be back too. */
  lineAnswers(before: number): void {
    if (this.#failingSince <= before) return;
    this.#breaker = afterRecovery(this.#breaker, this.#clock.monotonic() + Math.random() * PROBES_WITHIN_MS);
  }

  /** What was admitted tells nothing of the device: it was not even queued, or nobody owed the answer that did not come. */
  toldNothing(): void {
    this.#breaker = afterUnsent(this.#breaker);
  }

  sent(): void {
    this.#counters.sent();
  }

  /** `refusal`: what it refused by its answer. It is there all the same. */
  answered(latencyMs: number, refusal: DriverError | null): void {
    this.#counters.answered(latencyMs, refusal);
    if (refusal !== null) this.#note(refusal);
    this.#breaker = CLOSED;
    this.#failingSince = -Infinity;
    this.#lastAnswer = this.#clock.now();
    this.#lateMs = null;
  }

  /** `waitedMs`: from the request's last byte to the answer's first. */
  answeredLate(waitedMs: number): void {
    this.#lateMs = Math.round(waitedMs);
    this.#breaker = afterLateAnswer(this.#breaker, this.#settings, this.#clock.monotonic(), Math.random());
  }

  /** A reply of it was heard that answers no request. */
  repeated(): void {
    this.#surplusReplies += 1;
    this.#lastSurplus = this.#clock.monotonic();
  }

  /** One that is `doubtful` says nothing of the device by failing. */
  failed(error: DriverError, doubtful: boolean): void {
    this.#counters.failed(error.code);
    this.#note(error);
    const now = this.#clock.monotonic();
    const isCharged = error.retryable && !doubtful;
    if (isCharged && this.#breaker.failed === 0) this.#failingSince = now;
    this.#breaker = isCharged
      ? afterFailure(this.#breaker, this.#settings, now, Math.random())
      : afterUnsent(this.#breaker);
  }

  #note({ code, message }: DriverError): void {
    this.#lastError = { code, message, at: this.#clock.now() };
  }

  statistics(device: string): DeviceStatistics {
    return {
      device,
      ...this.#counters.snapshot(),
      lastAnswer: this.#lastAnswer,
      breaker: this.#breaker.probeAt === null ? 'closed' : 'open',
      failedInARow: this.#breaker.failed,
      lateMs: this.#lateMs,
      surplusReplies: this.#surplusReplies,
      lastError: this.#lastError,
    };
  }
}
