/** Maximum demand: the highest mean power of a quarter of an hour since the last settlement day. */
import { sum } from '../metering/drawn.ts';
import { MINUTE_MS, type LocalMs } from '../metering/local-time.ts';
import type { Register } from '../metering/register.ts';

const WINDOW_MS = 15 * MINUTE_MS;
const WINDOWS_PER_HOUR = 4;

export interface Demand {
  /** W. */
  readonly watts: number;
  /** When it was reached; null where nothing has been drawn. */
  readonly at: LocalMs | null;
}

const NONE: Demand = { watts: 0, at: null };

interface Course {
  until: LocalMs;
  /** Of the total, then of each tariff. */
  best: Demand[];
}

export class DemandMeter {
  readonly #register: Register;
  /** What has been found already, by where the period begins. */
  readonly #courses = new Map<LocalMs, Course>();

  constructor(register: Register) {
    this.#register = register;
  }

  /** W, mean of the quarter of an hour that ends at `local`. */
  mean(local: LocalMs): number {
    return WINDOWS_PER_HOUR * Math.max(0, this.#register.passed(local) - this.#register.passed(local - WINDOW_MS));
  }

  /** The highest in `[from, to]`: of the total, then of each tariff. */
  highest(from: LocalMs, to: LocalMs): readonly Demand[] {
    const known = this.#courses.get(from);
    const course = known === undefined || known.until > to ? { until: firstEnd(from), best: [] } : known;
    this.#courses.set(from, course);
    for (; course.until + WINDOW_MS <= to; course.until += WINDOW_MS) this.#take(course);
    return course.best;
  }

  #take({ until, best }: Course): void {
    const before = this.#register.tariffs(until);
    const after = this.#register.tariffs(until + WINDOW_MS);
    const drawn = after.map((amount, i) => Math.max(0, amount - (before[i] ?? 0)));
    [sum(drawn), ...drawn].forEach((amount, i) => {
      const watts = WINDOWS_PER_HOUR * amount;
      const { watts: highest } = best[i] ?? NONE;
      best[i] = watts > highest ? { watts, at: until + WINDOW_MS } : (best[i] ?? NONE);
    });
  }
}

function firstEnd(from: LocalMs): LocalMs {
  return Math.ceil(from / WINDOW_MS) * WINDOW_MS;
}
