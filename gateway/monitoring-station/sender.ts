/**
 * Tells a monitoring station of alarms: reads the journal from where the station has acknowledged it, sends the most urgent report
 * first and one at a time, to the second receiver while the first does not acknowledge, and asks both whether they are there.
 */
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { MonitoringStation } from '../config/monitoring-station-schema.ts';
import type { Store } from '../store/store.ts';
import type { AlarmNames } from './alarm-names.ts';
import { composeReport, composeSupervision, type Unstamped } from './compose.ts';
import { Journal } from './journal.ts';
import { ReceiverLink, type LinkState } from './receiver-link.ts';
import { nextOf, type Report } from './report.ts';
import { Sleeper } from './sleeper.ts';

export interface SenderOptions {
  readonly settings: MonitoringStation;
  /** Null: in clear. */
  readonly key: Uint8Array | null;
  readonly store: Pick<Store, 'events' | 'monitoringStation' | 'write'>;
  readonly clock: Clock;
  /** Of the configuration that runs now. */
  readonly names: () => AlarmNames;
  /** The way to the station is open, or it is not: told when it changes, and once it is known. */
  readonly onPath: (isUp: boolean) => void;
  readonly log: Logger;
}

export interface StationState {
  /** Null: not known yet. */
  readonly up: boolean | null;
  readonly receivers: readonly (LinkState & { readonly name: string })[];
  /** Reports that wait for an acknowledgement. */
  readonly waiting: number;
  /** Reports that receivers could not process, since the start. */
  readonly refused: number;
}

/** After each failure of all receivers, in milliseconds; the last one for ever. */
const PAUSES_MS = [500, 1_000, 2_000, 5_000];
/** A receiver that is down is asked at least so often, and so is a store that cannot be read. */
const RETRY_MS = 10_000;

export class StationSender {
  readonly #options: SenderOptions;
  readonly #links: readonly ReceiverLink[];
  readonly #journal: Journal;
  /** Until there is something to send. */
  readonly #idle = new Sleeper();
  /** After a failure of all receivers. */
  readonly #backOff = new Sleeper();
  readonly #supervisors: readonly Sleeper[];
  readonly #stop = new AbortController();
  #running: readonly Promise<void>[] = [];
  #path: boolean | null = null;
  #refused = 0;

  constructor(options: SenderOptions) {
    const { settings, key, clock } = options;
    const { receivers, timestamps, answerTimeoutMs } = settings;
    this.#options = options;
    const { signal } = this.#stop;
    const shared = { key, timestamps, answerTimeoutMs, clock, signal, onChanged: () => this.#pathChanged() };
    this.#links = receivers.map((address) => new ReceiverLink({ address, ...shared }));
    this.#supervisors = this.#links.map(() => new Sleeper());
    this.#journal = new Journal(options);
  }

  start(): void {
    const supervisions = this.#links.map((link, index) =>
      this.#supervise(link, this.#supervisors[index] ?? this.#idle),
    );
    this.#running = [this.#send(), ...supervisions];
  }

  /** There may be new events in the journal. */
  wake(): void {
    this.#idle.wake();
  }

  get state(): StationState {
    const { receivers } = this.#options.settings;
    const named = this.#links.map(({ state }, index) => ({ ...state, name: nameOf(receivers[index]) }));
    return { up: this.#path, receivers: named, waiting: this.#journal.waiting.size, refused: this.#refused };
  }

  /** Waits for no answer. What has not been acknowledged is sent after the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    for (const sleeper of [this.#idle, this.#backOff, ...this.#supervisors]) sleeper.end();
    await Promise.all(this.#running);
  }

  async #send(): Promise<void> {
    let failures = 0;
    await this.#journal.begin();
    while (!this.#stop.signal.aborted) {
      const isRead = await this.#journal.read();
      const report = nextOf(this.#journal.waiting.values());
      if (!report) await this.#idle.sleep(isRead ? null : RETRY_MS);
      else if (await this.#deliver(report)) {
        failures = 0;
        await this.#journal.done(report);
      } else {
        await this.#backOff.sleep(PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)] ?? RETRY_MS);
        failures += 1;
      }
    }
  }

  /** Whether no receiver needs to be asked again. */
  async #deliver(report: Report): Promise<boolean> {
    const { settings, names, clock } = this.#options;
    const message = composeReport(report, names().nameOf(report), settings, clock.now());
    const refusals: boolean[] = [];
    for (const link of this.#inOrder()) {
      if (this.#stop.signal.aborted) return false;
      const outcome = await link.send(message);
      if (outcome === 'acknowledged') return true;
      // Whoever acknowledges a link test could not process this one message, and never will.
      if (outcome === 'refused') refusals.push((await link.send(this.#test())) === 'acknowledged');
    }
    if (!refusals.includes(true)) return false;
    this.#refused += 1;
    this.#options.log.error({ report }, 'the monitoring station cannot process a report: it is not sent again');
    return true;
  }

  /** In their order, those that do not answer last. */
  #inOrder(): readonly ReceiverLink[] {
    const isDown = ({ state }: ReceiverLink): boolean => state.up === false;
    return [...this.#links.filter((link) => !isDown(link)), ...this.#links.filter(isDown)];
  }

  async #supervise(link: ReceiverLink, sleeper: Sleeper): Promise<void> {
    const { settings, clock } = this.#options;
    const everyMs = settings.supervisionS * 1_000;
    while (!this.#stop.signal.aborted) {
      const quietMs = clock.monotonic() - link.answeredAt;
      if (quietMs >= everyMs || link.state.up !== true) await link.send(this.#test());
      const dueMs = link.state.up === true ? link.answeredAt + everyMs - clock.monotonic() : everyMs;
      // A report may find it silent before that.
      await sleeper.sleep(Math.min(dueMs, RETRY_MS));
    }
  }

  #test(): Unstamped {
    return composeSupervision(this.#options.settings);
  }

  #pathChanged(): void {
    const states = this.#links.map(({ state }) => state.up);
    const isUp = states.includes(true) ? true : states.includes(null) ? null : false;
    if (isUp === this.#path || isUp === null) return;
    this.#path = isUp;
    this.#options.onPath(isUp);
    // What waits is tried again at once.
    if (isUp) this.#backOff.wake();
  }
}

function nameOf(address: MonitoringStation['receivers'][number] | undefined): string {
  return address === undefined ? '' : `${address.transport}://${address.host}:${address.port}`;
}
