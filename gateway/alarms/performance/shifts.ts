/** The shifts of a site. Pure. */
import { instantOf, localOf } from '../../metering/rules/zone.ts';
import type { Stretch } from './stretch.ts';

const DAY_MS = 86_400_000;

export interface Shift extends Stretch {
  /** When it begins on the wall clock, such as `2026-11-22T07:00`. */
  readonly shift: string;
}

/** Those that a stretch touches, oldest first; of the first and the last what lies in it. `starts`: times of day. `zone`: IANA name. */
export function shiftsIn({ from, to }: Stretch, starts: readonly string[], zone: string): Shift[] {
  const begins = daysAround(from, to, zone)
    .flatMap((day) => starts.map((start) => `${day}T${start}`))
    .map((shift) => ({ shift, at: instantOf(`${shift}:00`, zone) }))
    .sort((a, b) => a.at - b.at);
  return begins
    .map(({ shift, at }, index) => ({
      ...{ shift, from: Math.max(from, at) },
      to: Math.min(to, begins[index + 1]?.at ?? to),
    }))
    .filter((shift) => shift.from < shift.to);
}

/** From the day before, whose last shift may reach into the stretch, to the day after. */
function daysAround(from: number, to: number, zone: string): string[] {
  const midnightOf = (at: number): number => Date.parse(`${localOf(at, zone).slice(0, 10)}T00:00:00Z`);
  const days: string[] = [];
  for (let day = midnightOf(from) - DAY_MS; day <= midnightOf(to) + DAY_MS; day += DAY_MS) {
    days.push(new Date(day).toISOString().slice(0, 10));
  }
  return days;
}
