/** What time it is in the community. It may run faster than the wires: a month in minutes. */
import type { LocalMs } from './local-time.ts';

export interface CommunityTime {
  /** Local time at `now` (monotonic milliseconds), which may lie in the past. */
  local(now: number): LocalMs;
  /** When it is, or was, `local`: the other way round. In the future: if the speed stays. */
  monotonic(local: LocalMs): number;
}

/** A stretch of time with one speed, from `now` on. */
interface Stretch {
  readonly now: number;
  readonly local: LocalMs;
  readonly speed: number;
}

/**
 * Time that runs at a speed, and jumps. It never goes back: meters do not. Before its beginning it has run at speed 1.
 */
export class MovableTime implements CommunityTime {
  readonly #stretches: Stretch[];

  /** It is `local` at `now`. */
  constructor(now: number, local: LocalMs, speed = 1) {
    this.#stretches = [
      { now, local, speed: 1 },
      { now, local, speed },
    ];
  }

  get speed(): number {
    return this.#last.speed;
  }

  local(now: number): LocalMs {
    const stretch = this.#stretches.findLast((each) => each.now <= now) ?? this.#first;
    return Math.floor(stretch.local + (now - stretch.now) * stretch.speed);
  }

  monotonic(local: LocalMs): number {
    const stretch = this.#stretches.findLast((each) => each.local <= local) ?? this.#first;
    return stretch.now + (local - stretch.local) / stretch.speed;
  }

  /** From `now` on. Throws RangeError where it is not above 0. */
  setSpeed(now: number, speed: number): void {
    if (!(speed > 0)) throw new RangeError(`time cannot run at speed ${speed}`);
    this.#stretches.push({ now, local: this.local(now), speed });
  }

  /** Throws RangeError where `local` is past already. */
  jump(now: number, local: LocalMs): void {
    if (local < this.local(now)) throw new RangeError('time does not go back');
    this.#stretches.push({ now, local, speed: this.speed });
  }

  get #first(): Stretch {
    return this.#stretches[0] ?? { now: 0, local: 0, speed: 1 };
  }

  get #last(): Stretch {
    return this.#stretches.at(-1) ?? this.#first;
  }
}
