/** Time that moves by hand, with its alarms. */
import type { Clock } from '../clock.ts';
import type { Alarms } from '../wire/alarm-clock.ts';

export class ManualTime implements Clock, Alarms {
  #now = 0;
  #alarms: { readonly at: number; readonly run: () => void }[] = [];

  now(): number {
    return 1_700_000_000_000 + this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  at(at: number, run: () => void): void {
    this.#alarms.push({ at, run });
    this.#alarms.sort((a, b) => a.at - b.at);
  }

  around(at: number, run: () => void): void {
    this.at(at, run);
  }

  /** Goes on to `to`, and rings every alarm on the way at its own time. */
  advance(to: number): void {
    while (this.#alarms[0] !== undefined && this.#alarms[0].at <= to) {
      const next = this.#alarms[0];
      this.#alarms = this.#alarms.slice(1);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = to;
  }
}
