/** How a home's day is spread over its half hours, and a day's amount over its tariffs. */
import type { Drawn } from './drawn.ts';
import { DAY_MS, type LocalMs } from './local-time.ts';

export const SLOTS = 48;
const SLOT_MS = DAY_MS / SLOTS;

export interface DayCurve {
  /** Nothing is drawn before that day (days since 1970-01-01). */
  readonly firstDay: number;
  /** What is drawn on a day, a whole number. The same day is asked for once. */
  readonly amountOn: (day: number) => number;
  /** 48 weights, the half hour from midnight on first. */
  readonly weights: readonly number[];
  /** The tariff of each half hour, from 0 on. Default: one tariff. */
  readonly tariffs?: readonly number[];
}

/** What has been drawn: the sum of the days that are over, and of today up to now. */
export function drawnByDays({ firstDay, amountOn, weights, tariffs = [] }: DayCurve): Drawn {
  const count = 1 + Math.max(0, ...tariffs);
  const shares = cumulative(weights);
  /** `before[i]` is what had been drawn, by tariff, when day `firstDay + i` began. */
  const before: number[][] = [new Array<number>(count).fill(0)];
  const amounts: number[] = [];

  const upTo = (day: number, slots: number, ofSlot: number): number[] => {
    const index = day - firstDay;
    const amount = (amounts[index] ??= amountOn(day));
    const drawn = [...(before[index] ?? [])];
    const at = (slot: number): number => Math.floor(amount * (shares[slot] ?? 1));
    for (let slot = 0; slot <= slots && slot < SLOTS; slot++) {
      const tariff = tariffs[slot] ?? 0;
      const whole = at(slot + 1) - at(slot);
      drawn[tariff] = (drawn[tariff] ?? 0) + (slot < slots ? whole : Math.floor(whole * ofSlot));
    }
    return drawn;
  };

  return (local: LocalMs) => {
    const day = Math.floor(local / DAY_MS);
    if (day < firstDay) return new Array<number>(count).fill(0);
    while (before.length <= day - firstDay) before.push(upTo(firstDay + before.length - 1, SLOTS, 0));
    const slot = (local - day * DAY_MS) / SLOT_MS;
    return upTo(day, Math.floor(slot), slot % 1);
  };
}

function cumulative(weights: readonly number[]): number[] {
  const all = weights.reduce((total, weight) => total + weight, 0);
  const shares = [0];
  for (const weight of weights) shares.push((shares.at(-1) ?? 0) + weight / all);
  shares[SLOTS] = 1;
  return shares;
}
