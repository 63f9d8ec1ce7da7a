/**
 * The retained topics on their way to the broker: alarm states before devices before points, each the latest row.
 * They are not in the outbox: after a restart or a reconnection all of them are published again from the store's rows.
 * After them what meters answered, which nothing retains: of each the latest, while the broker cannot take it.
 */
import type { AlarmRow, Collected, PointRow } from '../../store/rows.ts';
import type { DeviceState, FeedChange, FeedSource, Removed } from '../feed-source.ts';
import { alarmStateMessage, deletion, deviceMessage, pointMessage, readingMessage } from '../messages.ts';
import { PublishError, type Message, type Publisher } from '../publisher.ts';
import type { Topics } from '../topics.ts';
import type { AlarmHead } from './alarm-head.ts';
import { StateTopics } from './state-topics.ts';

/** Messages in flight, per kind. */
const WINDOW = 128;
/** The topic of an alarm that is normal again is deleted after this time. */
export const NORMAL_KEPT_MS = 24 * 3_600_000;

export interface StateSettings {
  readonly source: FeedSource;
  readonly publisher: Publisher;
  readonly topics: Topics;
  readonly head: AlarmHead;
  readonly wake: () => void;
  /** One was accepted. */
  readonly accepted: () => void;
}

export interface StateCounters {
  published: number;
  /** Refused by the broker or its client library, for ever: dropped until they change. */
  refused: number;
}

type AlarmDeletion = { readonly deleted: string };

export class StateSender {
  readonly counters: StateCounters = { published: 0, refused: 0 };
  readonly #settings: StateSettings;
  readonly #alarms = new StateTopics<AlarmRow | AlarmDeletion>();
  readonly #devices = new StateTopics<DeviceState | null>();
  readonly #points = new StateTopics<PointRow | null>();
  /** By topic and what was asked for: what a meter keeps comes in other answers than what it shows. */
  readonly #readings = new StateTopics<Collected>();

  constructor(settings: StateSettings) {
    this.#settings = settings;
  }

  /** Messages that the broker has not accepted yet. */
  get inFlight(): number {
    return this.#alarms.inFlight + this.#devices.inFlight + this.#points.inFlight + this.#readings.inFlight;
  }

  /** No alarm state that could go waits for its turn. */
  get alarmsUpToDate(): boolean {
    return this.#alarms.waiting === 0;
  }

  /** Everything is published again. `now`: Unix milliseconds. */
  connected(now: number): void {
    const { source } = this.#settings;
    this.#settings.head.clear();
    this.changed({ points: source.points.list(), devices: source.devices.list() });
    for (const row of source.alarms.list('all')) {
      const served = row.letter === 'A' && row.changedAt < now - NORMAL_KEPT_MS;
      if (served) this.#deleteAlarm(row.alarm);
      else this.#markAlarm(row);
    }
  }

  changed({ points = [], devices = [], alarms = [], collected = [], removed }: FeedChange): void {
    const { topics } = this.#settings;
    for (const row of points) this.#points.mark(topics.point(row.device, row.point), row);
    for (const row of devices) this.#devices.mark(topics.device(row.device), row);
    for (const row of alarms) this.#markAlarm(row);
    for (const answer of collected) this.#readings.mark(answerKey(answer), answer);
    if (removed) this.#remove(removed);
  }

  /** Deletes the topics of alarms that have been normal for long. `now`: Unix milliseconds. */
  retire(now: number): void {
    for (const alarm of this.#settings.head.normalSinceBefore(now - NORMAL_KEPT_MS)) this.#deleteAlarm(alarm);
  }

  /** Sends what may be sent now. `mayPublish` tells whether the event of an alarm's revision has gone. */
  pump(mayPublish: (rev: number) => boolean): void {
    const { topics, source, head } = this.#settings;
    const mayGo = (row: AlarmRow | AlarmDeletion) => 'deleted' in row || mayPublish(row.rev);
    this.#send(this.#alarms, mayGo, (topic, row) => {
      if ('deleted' in row) {
        head.forget(row.deleted);
        return deletion(topic);
      }
      head.statePublished(row);
      return alarmStateMessage(topics, row, source.epoch);
    });
    this.#send(this.#devices, always, (topic, row) => (row ? deviceMessage(topics, row) : deletion(topic)));
    this.#send(this.#points, always, (topic, row) => (row ? pointMessage(topics, row) : deletion(topic)));
    this.#send(this.#readings, always, (_key, answer) => readingMessage(topics, answer));
  }

  #send<Row>(states: StateTopics<Row>, mayGo: (row: Row) => boolean, render: (topic: string, row: Row) => Message) {
    for (const [topic, row] of states.take(WINDOW - states.inFlight, mayGo)) {
      void this.#carry(states, topic, render(topic, row));
    }
  }

  async #carry<Row>(states: StateTopics<Row>, topic: string, message: Message): Promise<void> {
    try {
      await this.#settings.publisher.publish(message);
      this.counters.published += 1;
      states.settled(topic);
      this.#settings.accepted();
    } catch (error) {
      if (!(error instanceof PublishError)) throw error;
      if (error.code === 'refused') {
        this.counters.refused += 1;
        states.settled(topic);
      } else states.lost(topic);
    }
    this.#settings.wake();
  }

  #markAlarm(row: AlarmRow): void {
    this.#alarms.mark(this.#settings.topics.alarmState(row.alarm), row);
  }

  #deleteAlarm(alarm: string): void {
    this.#alarms.mark(this.#settings.topics.alarmState(alarm), { deleted: alarm });
  }

  #remove({ points = [], devices = [], alarms = [] }: Removed): void {
    const { topics } = this.#settings;
    for (const { device, point } of points) this.#points.mark(topics.point(device, point), null);
    for (const device of devices) this.#devices.mark(topics.device(device), null);
    for (const alarm of alarms) this.#deleteAlarm(alarm);
  }
}

function answerKey({ device, registers }: Collected): string {
  return [device, ...registers.map(({ point }) => point)].join(' ');
}

function always(): true {
  return true;
}
