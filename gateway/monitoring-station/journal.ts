/** The journal of alarms as the station has to be told it: what waits, and how far it has been acknowledged. */
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

  /** Takes what has come since. */
  read(): void {
    const { store } = this.#options;
    for (let isMore = true; isMore;) {
      const events = store.events.list({ after: this.#readThrough, domain: 'alarm', limit: PAGE });
      for (const event of events) this.#take(event);
      isMore = events.length === PAGE;
    }
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
    const { names, settings } = this.#options;
    const { alarm, alarmType } = event.data;
    const report = reportOf(event, names().codesOf(String(alarm), String(alarmType)), settings);
    if (report) this.waiting.set(event.seq, report);
    this.#readThrough = event.seq;
  }
}
