/** The journal of alarms as the station has to be told it: what waits, and how far it has been acknowledged. */
import { setImmediate as turn } from 'node:timers/promises';
import type { MonitoringStation } from '../config/monitoring-station-schema.ts';
import type { EventRow } from '../store/rows.ts';
import { mayPass } from '../store/errors.ts';
import type { Store } from '../store/store.ts';
import type { AlarmNames } from './alarm-names.ts';
import { reportOf, type Report } from './report.ts';

export interface JournalOptions {
  readonly settings: Pick<MonitoringStation, 'format' | 'drills'>;
  readonly store: Pick<Store, 'events' | 'monitoringStation' | 'write'>;
  readonly names: () => AlarmNames;
}

const PAGE = 500;
/** What of a source's events is looked at for the beginning of an alarm. */
const LOOKED_BACK = 1_000;

export class Journal {
  readonly #options: JournalOptions;
  /** By seq, in its order. */
  readonly waiting = new Map<number, Report>();
  #readThrough = 0;

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  /** A site that had no station before begins with what happens from now on. */
  async begin(): Promise<void> {
    const { store } = this.#options;
    const through = store.monitoringStation.through();
    this.#readThrough = through ?? store.events.lastSeq('alarm');
    if (through === null) await this.#keep(this.#readThrough);
  }

  /** Takes what has come since, a page at a time and everybody else between two. False: the store cannot be read now. */
  async read(): Promise<boolean> {
    try {
      while (this.#readPage() === PAGE) await turn();
      return true;
    } catch (error) {
      if (!mayPass(error)) throw error;
      return false;
    }
  }

  #readPage(): number {
    const events = this.#options.store.events.list({ after: this.#readThrough, domain: 'alarm', limit: PAGE });
    for (const event of events) this.#take(event);
    return events.length;
  }

  /** Resolves when it is on the disk that the station has it, as far as that can be. */
  async done({ seq }: Report): Promise<void> {
    this.waiting.delete(seq);
    const [oldest] = this.waiting.keys();
    const through = oldest === undefined ? this.#readThrough : oldest - 1;
    await this.#keep(through);
  }

  /** A disk that is full costs reports that are sent twice. */
  async #keep(through: number): Promise<void> {
    try {
      await this.#options.store.write('monitoringStationAcknowledged', through);
    } catch (error) {
      if (!mayPass(error)) throw error;
    }
  }

  #take(event: EventRow): void {
    const { names, settings, store } = this.#options;
    const { seq, source, data } = event;
    const codes = names().codesOf(String(data['alarm']), String(data['alarmType']));
    const report = reportOf(event, codes, settings, () =>
      store.events.list({ before: seq, domain: 'alarm', source, limit: LOOKED_BACK }),
    );
    if (report) this.waiting.set(seq, report);
    this.#readThrough = seq;
  }
}
