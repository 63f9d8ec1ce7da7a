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

/** How long a jump takes: every time that it passes over has been, and can be asked about. */
export const JUMP_MS = 100;

/** Time that runs at a speed, and jumps. It never goes back: meters do not. Before its beginning it has run at speed 1. */
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
    return Math.round(stretch.local + (now - stretch.now) * stretch.speed);
  }

  monotonic(local: LocalMs): number {
    const stretch = this.#stretches.findLast((each) => each.local <= local) ?? this.#first;
    return stretch.now + (local - stretch.local) / stretch.speed;
  }

  /** From `now` on, or from the end of the jump that is under way. Throws RangeError where it is not above 0. */
  setSpeed(now: number, speed: number): void {
    if (!(speed > 0)) throw new RangeError(`time cannot run at speed ${speed}`);
    const last = this.#last;
    if (last.now > now) this.#stretches[this.#stretches.length - 1] = { ...last, speed };
    else this.#stretches.push({ now, local: this.local(now), speed });
  }

  /** It is `local` when JUMP_MS have passed. Throws RangeError where that is past already, or a jump is under way. */
  jump(now: number, local: LocalMs): void {
    const { speed } = this;
    const from = this.local(now);
    if (this.#last.now > now) throw new RangeError('time is jumping already');
    if (local <= from) throw new RangeError('time does not go back');
    this.#stretches.push({ now, local: from, speed: (local - from) / JUMP_MS }, { now: now + JUMP_MS, local, speed });
  }

  get #first(): Stretch {
    return this.#stretches[0] ?? { now: 0, local: 0, speed: 1 };
  }

  get #last(): Stretch {
    return this.#stretches.at(-1) ?? this.#first;
  }
}
