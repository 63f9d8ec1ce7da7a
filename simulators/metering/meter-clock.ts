/** A meter's own clock: it is off, it drifts, it is set; and what it keeps at midnight, it keeps at its own midnight. */
import type { LocalMs } from './local-time.ts';

export interface MeterClockOptions {
  /** When it was set for the last time before anybody looked. */
  readonly since: LocalMs;
  /** What it was ahead then, in milliseconds; behind where negative. Default 0. */
  readonly aheadMs?: number;
  /** What it gains, in millionths; half a second a day are 6. Default 0. */
  readonly driftPpm?: number;
}

/** From `since` on it shows `shown` plus what has passed. */
interface Setting {
  readonly since: LocalMs;
  readonly shown: LocalMs;
}

export class MeterClock {
  readonly #rate: number;
  readonly #settings: Setting[];

  constructor({ since, aheadMs = 0, driftPpm = 0 }: MeterClockOptions) {
    this.#rate = 1 + driftPpm / 1e6;
    this.#settings = [{ since, shown: since + aheadMs }];
  }

  /** What it shows when it is `local` in the community. */
  shows(local: LocalMs): LocalMs {
    const setting = this.#settings.findLast(({ since }) => since <= local) ?? this.#settings[0];
    return setting === undefined ? local : Math.floor(setting.shown + (local - setting.since) * this.#rate);
  }

  set(local: LocalMs, shown: LocalMs): void {
    this.#settings.push({ since: local, shown });
  }

  /**
   * When it came to show `shown`: the moment of a freeze. A clock that is set over that moment freezes at once; one that is
   * set back comes to it once more. In the future where it has not come to it yet.
   */
  reached(shown: LocalMs): LocalMs {
    for (let i = this.#settings.length - 1; i > 0; i--) {
      const setting = this.#settings[i];
      const before = this.#settings[i - 1];
      if (setting === undefined || before === undefined) break;
      if (setting.shown <= shown) return this.#when(setting, shown);
      if (this.#shownUntil(before, setting.since) < shown) return setting.since;
    }
    return this.#when(this.#settings[0] ?? { since: 0, shown: 0 }, shown);
  }

  #when(setting: Setting, shown: LocalMs): LocalMs {
    return Math.ceil(setting.since + (shown - setting.shown) / this.#rate);
  }

  #shownUntil(setting: Setting, local: LocalMs): LocalMs {
    return setting.shown + (local - setting.since) * this.#rate;
  }
}
