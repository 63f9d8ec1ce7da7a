/** A lift with a filter, as its module shows it: one poll of the button and of the car's contacts, and what came of it. */
import type { Quality } from '../../../drivers/contract.ts';
import type { AlarmDefinition } from '../types.ts';
import { DEVICE, EMPTY, House } from './house.ts';
import { filteredCarAlarm, reading } from './site.ts';

/** Null: its reading is of bad quality. */
export interface Contacts {
  readonly button?: boolean | null;
  readonly doorOpen?: boolean | null;
  readonly running?: boolean | null;
}

export const STANDS_OPEN = { doorOpen: true, running: false };
export const STANDS_CLOSED = { doorOpen: false, running: false };
export const MOVES = { doorOpen: false, running: true };

export class LiftCar {
  readonly house = new House();
  #told = 0;

  constructor(definition: AlarmDefinition = filteredCarAlarm) {
    this.configure([definition]);
  }

  /** A start with these definitions, on what the ledger holds. */
  configure(definitions: readonly AlarmDefinition[]): void {
    this.house.restart(definitions);
  }

  /** Reads what is given, a millisecond later. Returns what changed, and `filtered` or `heldBack` where the journal has that. */
  poll({ button, doorOpen, running }: Contacts, quality: Quality = 'good'): string[] {
    this.house.wait(1);
    const levels = { level2: button, level4: doorOpen, level5: running };
    const seen = Object.entries(levels).flatMap(([point, value]) =>
      value === undefined ? [] : reading(point, value, value === null ? 'bad' : quality),
    );
    this.house.engine.observe({ device: DEVICE, seen, observation: EMPTY });
    return this.news();
  }

  /** The button's counter has moved by one. */
  press(afterOutage = false): string[] {
    this.house.pollCounter(1, afterOutage);
    return this.news();
  }

  wait(ms: number): string[] {
    this.house.wait(ms);
    return this.news();
  }

  /** What was recorded since this was last asked, in short. */
  news(): string[] {
    const fresh = this.house.ledger.observations.slice(this.#told);
    this.#told += fresh.length;
    return fresh.flatMap(({ alarms = [], events = [] }) => [
      ...events.map(({ type, data }) =>
        [type, ...(data['why'] === undefined ? [] : [data['why'], data['presses']])].join(' '),
      ),
      ...alarms.map(({ type, after, note }) => [type, after.letter, ...(note === null ? [] : [note])].join(' ')),
    ]);
  }
}
