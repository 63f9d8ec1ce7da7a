/** The relay of an electricity meter or the valve of a water meter: while it is open, or closed, nothing passes. */
import type { Drawn } from './drawn.ts';
import type { LocalMs } from './local-time.ts';

interface Move {
  readonly at: LocalMs;
  readonly on: boolean;
}

export class SupplySwitch {
  readonly #moves: Move[] = [];

  isOn(local: LocalMs): boolean {
    return this.#moves.findLast(({ at }) => at <= local)?.on ?? true;
  }

  /** Times come in their order. */
  move(at: LocalMs, on: boolean): void {
    if (this.isOn(at) !== on) this.#moves.push({ at, on });
  }

  /** How often it has been switched off, and on again. */
  count(on: boolean, local: LocalMs): number {
    return this.#moves.filter((move) => move.on === on && move.at <= local).length;
  }

  /** What of `drawn` has passed: nothing while it was off. */
  passed(drawn: Drawn, local: LocalMs): readonly number[] {
    const total = [...drawn(local)];
    this.#moves.forEach((move, i) => {
      if (move.on || move.at > local) return;
      const until = Math.min(local, this.#moves[i + 1]?.at ?? local);
      const [from, to] = [drawn(move.at), drawn(until)];
      for (let k = 0; k < total.length; k++) total[k] = (total[k] ?? 0) - ((to[k] ?? 0) - (from[k] ?? 0));
    });
    return total;
  }
}
