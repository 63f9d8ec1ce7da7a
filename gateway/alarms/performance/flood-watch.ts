/**
 * Notes in the journal when a flood of alarms begins and when it ends. All that it goes by is read from there: after a restart
 * it goes on, with nothing noted twice and nothing left out.
 */
import type { Clock } from '../../clock.ts';
import { mayPass } from '../../store/errors.ts';
import type { Observation } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';
import { isAnnouncement } from './entry.ts';
import { announce, CALM, DECIDING, endsAt, isRecent, passTime, type FloodRate, type FloodStep } from './flood.ts';

/** Of its events, which are of type `began` and `ended`. */
export const FLOOD_DOMAIN = 'alarmFlood';

export interface FloodWatchOptions {
  readonly store: Pick<Store, 'events' | 'transitions'>;
  readonly record: (observation: Observation) => void;
  readonly clock: Clock;
  /** Its id: what a flood is of. */
  readonly site: string;
  /** Calls `listener` after each commit that changed alarms. Returns what ends that. */
  readonly onAlarms: (listener: () => void) => () => void;
}

const PAGE = 500;

export class FloodWatch {
  readonly #options: FloodWatchOptions;
  readonly #unsubscribe: () => void;
  #rate: FloodRate = CALM;
  #readThrough = 0;
  #timer: NodeJS.Timeout | undefined;

  /** Reads how things stood, and notes what happened to that since. */
  constructor(options: FloodWatchOptions) {
    this.#options = options;
    const { store, clock, onAlarms } = options;
    this.#readThrough = store.transitions.list({ limit: 1 })[0]?.seq ?? 0;
    const since = floodSince(store.events);
    const newest = newestAnnouncements(store.transitions, clock.now(), since !== null);
    if (since === null) for (const at of newest) this.#take(announce(this.#rate, at));
    else this.#rate = { newest, since };
    this.#passTime();
    this.#unsubscribe = onAlarms(() => this.look());
  }

  /** Takes what has been announced since it last looked, and the time. */
  look(): void {
    try {
      this.#read();
    } catch (error) {
      // It is read the next time.
      if (!mayPass(error)) throw error;
    }
    this.#passTime();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#unsubscribe();
  }

  #read(): void {
    const { transitions } = this.#options.store;
    for (let isMore = true; isMore;) {
      const page = transitions.list({ after: this.#readThrough, limit: PAGE });
      for (const row of page) {
        if (isAnnouncement(row)) this.#take(announce(this.#rate, row.at));
        this.#readThrough = row.seq;
      }
      isMore = page.length === PAGE;
    }
  }

  #passTime(): void {
    const { clock } = this.#options;
    const now = clock.now();
    this.#take(passTime(this.#rate, now));
    clearTimeout(this.#timer);
    const end = endsAt(this.#rate);
    if (end !== null) this.#timer = setTimeout(() => this.look(), end - now).unref();
  }

  #take({ rate, turns }: FloodStep): void {
    const { record, site } = this.#options;
    this.#rate = rate;
    if (turns.length === 0) return;
    const events = turns.map(({ turn, at }) => ({ domain: FLOOD_DOMAIN, type: turn, source: site, at, data: {} }));
    record({ device: site, events });
  }
}

/** When the flood began that is on now, as the journal has it; null where there is none. */
export function floodSince(events: Pick<Store['events'], 'list'>): number | null {
  const [last] = events.list({ domain: FLOOD_DOMAIN, limit: 1 });
  return last?.type === 'began' ? last.at : null;
}

/** Oldest first. Those before the last 10 minutes decide only when a flood ended. */
function newestAnnouncements(transitions: Store['transitions'], now: number, inFlood: boolean): number[] {
  const found: number[] = [];
  for (let before = Number.MAX_SAFE_INTEGER; found.length < DECIDING;) {
    const page = transitions.list({ before, limit: PAGE });
    const wanted = inFlood ? page : page.filter(({ at }) => isRecent(at, now));
    found.push(...wanted.filter(isAnnouncement).map(({ at }) => at));
    if (wanted.length < PAGE) break;
    before = page.at(-1)?.seq ?? 0;
  }
  return found.slice(0, DECIDING).reverse();
}
