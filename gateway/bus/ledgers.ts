/** The devices of one line: what it remembers of each, and what they do together. */
import type { Clock } from '../clock.ts';
import type { DeviceStatistics } from '../statistics.ts';
import type { BreakerSettings } from './breaker.ts';
import { DeviceLedger } from './ledger.ts';

export class Ledgers {
  readonly #settings: BreakerSettings;
  readonly #clock: Clock;
  readonly #devices = new Map<string, DeviceLedger>();
  /** When any of them last answered, in monotonic milliseconds. */
  #lastAnswer = -Infinity;

  constructor(settings: BreakerSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  of(device: string): DeviceLedger {
    let ledger = this.#devices.get(device);
    if (!ledger) {
      ledger = new DeviceLedger(this.#settings, this.#clock);
      this.#devices.set(device, ledger);
    }
    return ledger;
  }

  /** Undefined when it was never asked. */
  find(device: string): DeviceLedger | undefined {
    return this.#devices.get(device);
  }

  forget(device: string): void {
    this.#devices.delete(device);
  }

  /** One of them has answered. The first after a silence of all: whoever has fallen silent with the line may be back with it. */
  lineAnswers(isFirst: boolean): void {
    const before = this.#lastAnswer;
    this.#lastAnswer = this.#clock.monotonic();
    if (isFirst) for (const ledger of this.#devices.values()) ledger.lineAnswers(before);
  }

  /** Those that have lately answered more often than they were asked. */
  repeating(): string[] {
    return [...this.#devices].flatMap(([device, ledger]) => (ledger.repeats ? [device] : []));
  }

  statistics(): DeviceStatistics[] {
    return [...this.#devices].map(([device, ledger]) => ledger.statistics(device));
  }
}
