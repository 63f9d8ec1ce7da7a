/** Counters of one line or one device on it. */
import type { DriverError, DriverErrorCode } from '../../drivers/errors.ts';
import type { ExchangeStatistics } from '../statistics.ts';

const LATENCIES_KEPT = 256;
const BUSY_SLOT_MS = 5_000;
const BUSY_SLOTS = 12;

export class ExchangeCounters {
  #exchanges = 0;
  readonly #errors: Partial<Record<DriverErrorCode, number>> = {};
  readonly #latencies = new Float32Array(LATENCIES_KEPT);
  #latencyCount = 0;

  sent(): void {
    this.#exchanges += 1;
  }

  /** `refusal`: what was refused by the answer; it counts as an error of its kind. */
  answered(latencyMs: number, refusal: DriverError | null): void {
    if (refusal !== null) this.failed(refusal.code);
    this.#latencies[this.#latencyCount % LATENCIES_KEPT] = latencyMs;
    this.#latencyCount += 1;
  }

  failed(code: DriverErrorCode): void {
    this.#errors[code] = (this.#errors[code] ?? 0) + 1;
  }

  snapshot(): ExchangeStatistics {
    return { exchanges: this.#exchanges, errors: { ...this.#errors }, latencyMs: this.#percentiles() };
  }

  #percentiles(): ExchangeStatistics['latencyMs'] {
    const sorted = this.#latencies.slice(0, Math.min(this.#latencyCount, LATENCIES_KEPT)).sort();
    const max = sorted.at(-1);
    if (max === undefined) return null;
    const at = (share: number): number =>
      round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? max);
    return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: round(max) };
  }
}

/** Share of the last minute in which something was busy, in slots of five seconds. */
export class Utilisation {
  readonly #busyMs = new Float64Array(BUSY_SLOTS);
  readonly #startedAt: number;
  #slot: number;

  constructor(now: number) {
    this.#startedAt = now;
    this.#slot = Math.floor(now / BUSY_SLOT_MS);
  }

  add(busyMs: number, now: number): void {
    this.#advance(now);
    this.#busyMs[this.#slot % BUSY_SLOTS] = (this.#busyMs[this.#slot % BUSY_SLOTS] ?? 0) + busyMs;
  }

  share(now: number): number {
    this.#advance(now);
    const covered = Math.min(now - this.#startedAt, (BUSY_SLOTS - 1) * BUSY_SLOT_MS + (now % BUSY_SLOT_MS));
    if (covered <= 0) return 0;
    return Math.min(1, this.#busyMs.reduce((sum, busy) => sum + busy, 0) / covered);
  }

  #advance(now: number): void {
    const slot = Math.floor(now / BUSY_SLOT_MS);
    for (; this.#slot < slot; this.#slot += 1) this.#busyMs[(this.#slot + 1) % BUSY_SLOTS] = 0;
  }
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
