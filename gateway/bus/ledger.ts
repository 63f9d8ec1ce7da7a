/** What a bus remembers of one device: whether it rests, how late its answers come, and its figures. */
import { DriverError } from '../../drivers/errors.ts';
import type { Clock } from '../clock.ts';
import type { DeviceStatistics } from '../statistics.ts';
import {
  admit,
  afterFailure,
  afterLateAnswer,
  afterUnsent,
  CLOSED,
  type Breaker,
  type BreakerSettings,
} from './breaker.ts';
import { ExchangeCounters } from './statistics.ts';

export class DeviceLedger {
  readonly #settings: BreakerSettings;
  readonly #clock: Clock;
  readonly #counters = new ExchangeCounters();
  #breaker: Breaker = CLOSED;
  #lastAnswer: number | null = null;
  #lateMs: number | null = null;
  #lastError: DeviceStatistics['lastError'] = null;

  constructor(settings: BreakerSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  /** How long after its request the last answer was heard that nobody waited for any more; null since one came in time. */
  get lateMs(): number | null {
    return this.#lateMs;
  }

  /** Null when an exchange may go now, otherwise why it may not. */
  admit(): DriverError | null {
    const { admitted, breaker } = admit(this.#breaker, this.#clock.monotonic());
    this.#breaker = breaker;
    return admitted ? null : new DriverError('unsent', `resting after ${breaker.failed} failures in a row`);
  }

  /** What was admitted tells nothing of the device: it was not even queued, or nobody owed the answer that did not come. */
  toldNothing(): void {
    this.#breaker = afterUnsent(this.#breaker);
  }

  sent(): void {
    this.#counters.sent();
  }

  answered(latencyMs: number): void {
    this.#counters.answered(latencyMs);
    this.#breaker = CLOSED;
    this.#lastAnswer = this.#clock.now();
    this.#lateMs = null;
  }

  /** `waitedMs`: from the request's last byte to the answer's first. */
  answeredLate(waitedMs: number): void {
    this.#lateMs = Math.round(waitedMs);
    this.#breaker = afterLateAnswer(this.#breaker, this.#settings, this.#clock.monotonic(), Math.random());
  }

  failed(error: DriverError): void {
    this.#counters.failed(error.code);
    this.#lastError = { code: error.code, message: error.message, at: this.#clock.now() };
    this.#breaker = error.retryable
      ? afterFailure(this.#breaker, this.#settings, this.#clock.monotonic(), Math.random())
      : afterUnsent(this.#breaker);
  }

  statistics(device: string): DeviceStatistics {
    return {
      device,
      ...this.#counters.snapshot(),
      lastAnswer: this.#lastAnswer,
      breaker: this.#breaker.probeAt === null ? 'closed' : 'open',
      failedInARow: this.#breaker.failed,
      lateMs: this.#lateMs,
      lastError: this.#lastError,
    };
  }
}
