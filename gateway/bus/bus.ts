/** A bus: one line with its queue, its breakers and its figures, connected for ever. */
import type { Exchange, Priority } from '../../drivers/contract.ts';
import { DriverError } from '../../drivers/errors.ts';
import type { Clock } from '../clock.ts';
import type { BusStatistics } from '../statistics.ts';
import type { BreakerSettings } from './breaker.ts';
import { Conversation } from './conversation.ts';
import { hintOf } from './hints.ts';
import { Ledgers } from './ledgers.ts';
import { Line, type LineSettings } from './line.ts';
import type { LineRequest } from './line-job.ts';
import { LineQueue } from './line-queue.ts';
import { NEVER_ASKED, type DeviceKnown } from './ledger.ts';
import { Reconnection } from './reconnection.ts';
import { Silence } from './silence.ts';
import { ExchangeCounters, Utilisation } from './statistics.ts';
import type { SerialSettings, Transport } from './transport.ts';

export interface BusSettings extends LineSettings {
  readonly id: string;
  readonly serial?: SerialSettings | undefined;
  readonly breaker: BreakerSettings;
  /**
   * Reconnect when a connection that has carried replies meets silence this many times in a row, and from as many devices
   * or all that have answered over it: a half-open one looks like that. One that never carried any says nothing new by being
   * opened again. 0: never.
   */
  readonly silenceLimit: number;
}

/** One exchange on behalf of a device. The same object for all exchanges of one link, which may keep the line for the next. */
export interface BusRequest extends LineRequest {
  readonly device: string;
  readonly priority: Priority;
  /**
   * What it asks has failed again and again while the device answered other questions: by failing it says nothing of the
   * device, and while the device rests it does not probe it.
   */
  readonly doubtful?: boolean;
  /** Asked when its turn has come: it leaves once this has resolved; a DriverError that it rejects with stops the exchange. */
  readonly permit?: ((exchange: Exchange) => Promise<void>) | undefined;
}

interface Waiting {
  readonly request: BusRequest;
  readonly exchange: Exchange;
  readonly resolve: (reply: Uint8Array) => void;
  readonly reject: (error: DriverError) => void;
}

const QUEUE_CAPACITY = 4_096;

export class Bus {
  readonly id: string;
  readonly #settings: BusSettings;
  readonly #clock: Clock;
  readonly #transport: Transport;
  readonly #line: Line;
  readonly #queue = new LineQueue<Waiting>(QUEUE_CAPACITY);
  readonly #conversation = new Conversation(() => this.#serve());
  readonly #counters = new ExchangeCounters();
  readonly #utilisation: Utilisation;
  readonly #devices: Ledgers;
  readonly #onChange: () => void;
  readonly #onRepeats: (device: string) => void;
  #state: BusStatistics['state'] = 'closed';
  #reason: string | null = null;
  #serving = false;
  #stopped = false;
  readonly #silence: Silence;
  /** Exchanges that have failed since anybody answered. */
  #failedSince = 0;
  #dropped = 0;
  #surplusReplies = 0;
  readonly #reconnection = new Reconnection();
  #retryTimer: NodeJS.Timeout | undefined;

  /**
   * `onChange` is called after each opening and each loss; `onRepeats` when a device is found out that answers more often than
   * it is asked: what it was read as lately may have been copies.
   */
  constructor(
    transport: Transport,
    settings: BusSettings,
    clock: Clock,
    onChange: () => void = () => undefined,
    onRepeats: (device: string) => void = () => undefined,
  ) {
    this.id = settings.id;
    this.#settings = settings;
    this.#clock = clock;
    this.#transport = transport;
    this.#line = new Line(transport, settings, clock, settings.serial);
    this.#utilisation = new Utilisation(clock.monotonic());
    this.#devices = new Ledgers(settings.breaker, clock);
    this.#silence = new Silence(settings.silenceLimit);
    this.#onChange = onChange;
    this.#onRepeats = onRepeats;
  }

  get state(): BusStatistics['state'] {
    return this.#state;
  }

  get reason(): string | null {
    return this.#reason;
  }

  /** Starts connecting; never gives up until `stop`. */
  start(): void {
    this.#stopped = false;
    void this.#connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retryTimer);
    this.#lose('stopped');
    await this.#transport.close();
  }

  /** Sends when its turn comes and resolves with the reply's bytes. Rejects with DriverError. */
  exchange(exchange: Exchange, request: BusRequest): Promise<Uint8Array> {
    if (this.#state !== 'open')
      return Promise.reject(new DriverError('unsent', this.#reason ?? 'the line is still being opened'));
    const ledger = this.#devices.of(request.device);
    // A person's command is worth a try on a device that does not answer polls.
    const refusal = request.priority === 'command' ? null : ledger.admit(request.doubtful === true);
    if (refusal) return Promise.reject(refusal);
    return new Promise((resolve, reject) => {
      const waiting = { request, exchange, resolve, reject };
      if (this.#conversation.goOn(request)) return this.#carryOut(waiting);
      if (this.#queue.push(request.priority, waiting)) return this.#serve();
      this.#dropped += 1;
      ledger.toldNothing();
      reject(new DriverError('unsent', `${QUEUE_CAPACITY} exchanges already wait for this line`));
    });
  }

  /** What its answers have shown of a device. */
  known(device: string): DeviceKnown {
    return this.#devices.find(device) ?? NEVER_ASKED;
  }

  /** Forgets a device's figures and breaker, as when it leaves the configuration. */
  forget(device: string): void {
    this.#devices.forget(device);
    this.#silence.forget(device);
  }

  statistics(): BusStatistics {
    return {
      ...{ bus: this.id, state: this.#state, reason: this.#reason },
      ...this.#counters.snapshot(),
      utilisation: Math.round(this.#utilisation.share(this.#clock.monotonic()) * 1000) / 1000,
      queued: this.#queue.size,
      dropped: this.#dropped,
      discardedBytes: this.#line.discardedBytes,
      surplusReplies: this.#surplusReplies,
      reconnects: this.#reconnection.count,
      hint: hintOf(this.#line.strayEchoes, this.#devices.repeating()),
      devices: this.#devices.statistics(),
    };
  }

  async #connect(): Promise<void> {
    this.#state = 'connecting';
    try {
      await this.#transport.open({
        data: (bytes) => this.#line.receive(bytes),
        closed: (reason) => {
          this.#lose(reason);
          this.#retryLater();
        },
      });
    } catch (error) {
      this.#state = 'closed';
      this.#reason = error instanceof Error ? error.message : String(error);
      this.#onChange();
      this.#retryLater();
      return;
    }
    if (this.#stopped) return this.#transport.close();
    this.#state = 'open';
    this.#reason = null;
    this.#reconnection.opened(this.#clock.monotonic());
    this.#silence.opened();
    this.#onChange();
    this.#serve();
  }

  #retryLater(): void {
    if (this.#stopped) return;
    this.#retryTimer = setTimeout(() => void this.#connect(), this.#reconnection.pauseMs(Math.random()));
  }

  /** The line is gone: everybody who waits is told, and nobody's breaker is charged with it. */
  #lose(reason: string): void {
    this.#reconnection.lost(this.#clock.monotonic());
    this.#state = 'closed';
    this.#reason = reason;
    this.#line.lost(reason);
    for (const waiting of this.#queue.clear()) this.#settle(waiting, new DriverError('unsent', reason));
    this.#onChange();
  }

  readonly #serveNext = (): void => this.#serve();

  #serve(): void {
    if (this.#serving || this.#conversation.isHeld || this.#state !== 'open') return;
    const waiting = this.#queue.next();
    if (waiting) this.#carryOut(waiting);
  }

  #carryOut(waiting: Waiting): void {
    this.#serving = true;
    const { request, exchange } = waiting;
    const started = this.#clock.monotonic();
    const ledger = this.#devices.of(request.device);
    this.#line.run({
      exchange,
      request,
      permit: request.permit && (() => request.permit?.(exchange)),
      leaving: () => {
        this.#counters.sent();
        ledger.sent();
      },
      done: (reply, latencyMs) => {
        const refusal = exchange.reply?.refusal?.(reply) ?? null;
        this.#counters.answered(latencyMs, refusal);
        ledger.answered(latencyMs, refusal);
        this.#silence.answered(request.device);
        this.#devices.lineAnswers(this.#failedSince > 0);
        this.#failedSince = 0;
        this.#reconnection.wasOfUse();
        waiting.resolve(reply);
        this.#served(waiting, started, true);
      },
      heardOut: (heard) => {
        ledger.toldNothing();
        waiting.resolve(heard);
        this.#served(waiting, started, true);
      },
      failed: (error) => {
        this.#settle(waiting, error);
        this.#served(waiting, started, false);
      },
      late: (waitedMs) => {
        ledger.answeredLate(waitedMs);
        this.#silence.heard();
      },
      surplus: () => {
        const isNews = !ledger.repeats;
        ledger.repeated();
        this.#surplusReplies += 1;
        exchange.surplus?.heard(this.#clock.now());
        if (isNews) this.#onRepeats(request.device);
      },
    });
  }

  /** The line is free: the next one goes once whoever got the reply has had a chance to ask for more. */
  #served({ request, exchange }: Waiting, started: number, answered: boolean): void {
    const now = this.#clock.monotonic();
    this.#utilisation.add(now - started, now);
    this.#serving = false;
    this.#conversation.spoken(request, exchange.keep === true);
    // After a failure the driver first learns of it: it may owe the next request a question of its own.
    if (answered) queueMicrotask(this.#serveNext);
    else setImmediate(this.#serveNext);
  }

  #settle({ request, exchange, reject }: Waiting, error: DriverError): void {
    this.#counters.failed(error.code);
    const doubtful = request.doubtful === true;
    this.#devices.of(request.device).failed(error, doubtful);
    this.#failedSince += 1;
    reject(error);
    if (error.code !== 'timeout') {
      if (error.code !== 'unsent') this.#silence.heard();
    } else if (exchange.effect === true) this.#cut('a write');
    else if (!doubtful && this.#silence.met(request.device)) this.#cut(`${this.#silence.inARow} requests in a row`);
  }

  /** A write that met silence may still lie in a connection that is cut: it must not arrive once the cut is mended. */
  #cut(what: string): void {
    if (this.#settings.silenceLimit === 0 || this.#state !== 'open') return;
    this.#lose(`${what} met silence: the connection is opened anew`);
    void this.#transport.close().then(() => this.#retryLater());
  }
}
