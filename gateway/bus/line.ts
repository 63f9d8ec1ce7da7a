/**
 * The one owner of a line: one exchange at a time, silence between frames, reply and inter-byte timeouts, echo filter.
 * Whatever arrives while no exchange listens is late or foreign: it is counted and thrown away.
 */
import type { Exchange } from '../../drivers/contract.ts';
import { DriverError } from '../../drivers/errors.ts';
import type { Clock } from '../clock.ts';
import { sleepUntil } from './sleep.ts';
import type { SerialSettings, Transport } from './transport.ts';

export interface LineSettings {
  readonly interByteTimeoutMs: number;
  readonly echo: boolean;
}

export interface LineJob {
  readonly exchange: Exchange;
  readonly replyTimeoutMs: number;
  /** Wire time of one byte; 0 on Ethernet. */
  readonly byteMs: number;
  /** Silence on the line before the request. */
  readonly gapMs: number;
  /** Serial settings of the device, where the line mixes protocols. */
  readonly serial?: SerialSettings | undefined;
  /** Called synchronously, right before the first byte leaves; a DriverError that it throws stops the exchange. */
  readonly beforeSend?: ((exchange: Exchange) => void) | undefined;
}

export interface LineOutcome {
  readonly reply: Uint8Array;
  /** From the request's first byte to the reply's last. */
  readonly latencyMs: number;
}

/** A device or a noisy line that never stops sending must not hold the line. */
const SLACK_MS = 1_000;

interface Listening {
  readonly job: LineJob;
  readonly sentAt: number;
  readonly resolve: (outcome: LineOutcome) => void;
  readonly reject: (error: DriverError) => void;
  received: Buffer;
  /** When nothing at all has come by then, nothing will. */
  readonly firstByteBy: number;
  /** The end of patience whatever still arrives. */
  readonly capAt: number;
  deadline: number;
  timer: NodeJS.Timeout | undefined;
}

export class Line {
  readonly #transport: Transport;
  readonly #settings: LineSettings;
  readonly #clock: Clock;
  #serial: SerialSettings | undefined;
  #listening: Listening | undefined;
  /** When the line was last heard or used. */
  #lastActivity = 0;
  #discardedBytes = 0;
  #echoes = 0;

  constructor(transport: Transport, settings: LineSettings, clock: Clock, serial?: SerialSettings) {
    this.#transport = transport;
    this.#settings = settings;
    this.#clock = clock;
    this.#serial = serial;
  }

  get discardedBytes(): number {
    return this.#discardedBytes;
  }

  /** Requests that came back as they were although the line is not set to echo. */
  get unexpectedEchoes(): number {
    return this.#echoes;
  }

  /** Carries out one exchange. The caller sees to it that there is one at a time. Rejects with DriverError. */
  async run(job: LineJob): Promise<LineOutcome> {
    if (job.serial) await this.#switchTo(job.serial);
    await sleepUntil(this.#lastActivity + job.gapMs, this.#clock);
    const veto = job.exchange.veto?.() ?? null;
    if (veto !== null) throw new DriverError('unsent', veto);
    job.beforeSend?.(job.exchange);
    const sentAt = this.#clock.monotonic();
    const wireMs = job.exchange.request.length * job.byteMs;
    this.#lastActivity = sentAt + wireMs;
    this.#transport.write(job.exchange.request);
    if (job.exchange.reply === null) return { reply: new Uint8Array(), latencyMs: wireMs };
    return this.#listen(job, sentAt, sentAt + wireMs, job.exchange.reply.expectedLength);
  }

  /** What the transport hears. */
  receive(bytes: Uint8Array): void {
    this.#lastActivity = Math.max(this.#lastActivity, this.#clock.monotonic());
    const listening = this.#listening;
    if (!listening) {
      this.#discardedBytes += bytes.length;
      return;
    }
    listening.received = listening.received.length === 0 ? asBuffer(bytes) : Buffer.concat([listening.received, bytes]);
    this.#lookForReply(listening);
  }

  /** The transport has gone: whoever waits is told. */
  lost(reason: string): void {
    const listening = this.#listening;
    if (listening) this.#fail(listening, new DriverError('closed', reason));
  }

  #listen(job: LineJob, sentAt: number, requestEnd: number, expectedLength: number): Promise<LineOutcome> {
    return new Promise((resolve, reject) => {
      const echoMs = this.#settings.echo ? 0 : job.exchange.request.length * job.byteMs;
      const firstByteBy = requestEnd + job.replyTimeoutMs;
      const capAt = firstByteBy + echoMs + job.replyTimeoutMs + expectedLength * job.byteMs + SLACK_MS;
      const received = Buffer.alloc(0);
      this.#listening = {
        job,
        sentAt,
        resolve,
        reject,
        received,
        firstByteBy,
        capAt,
        deadline: firstByteBy,
        timer: undefined,
      };
      this.#arm(this.#listening);
    });
  }

  #lookForReply(listening: Listening): void {
    const { job, received } = listening;
    const answer = this.#settings.echo ? withoutEcho(received, job.exchange.request) : received;
    const scan = answer === null ? { state: 'incomplete' as const } : job.exchange.reply?.scan(answer);
    if (scan?.state !== 'reply' || answer === null) {
      const quietBy = this.#clock.monotonic() + this.#settings.interByteTimeoutMs;
      listening.deadline = Math.min(listening.capAt, Math.max(listening.firstByteBy, quietBy));
      return;
    }
    this.#discardedBytes += answer.length - (scan.end - scan.start);
    if (scan.start > 0 && startsWith(answer, job.exchange.request)) this.#echoes += 1;
    this.#finish(listening);
    listening.resolve({
      reply: Uint8Array.prototype.slice.call(answer, scan.start, scan.end),
      latencyMs: this.#clock.monotonic() - listening.sentAt,
    });
  }

  /** One timer per exchange: bytes only move the deadline, and a timer that wakes early sleeps again. */
  #arm(listening: Listening): void {
    const left = listening.deadline - this.#clock.monotonic();
    listening.timer = setTimeout(
      () => {
        if (listening.deadline - this.#clock.monotonic() > 0.5) return this.#arm(listening);
        this.#fail(listening, this.#diagnose(listening));
      },
      Math.max(1, left),
    );
  }

  #diagnose({ job, received }: Listening): DriverError {
    const answer = this.#settings.echo ? withoutEcho(received, job.exchange.request) : received;
    if (answer === null) {
      const what = received.length === 0 ? 'nothing came back' : 'what came back is not what was sent';
      return new DriverError('echo', `the line is set to echo and ${what}: a collision, or the adapter does not echo`);
    }
    const diagnosis = job.exchange.reply?.diagnose(answer);
    return new DriverError(diagnosis?.code ?? 'timeout', diagnosis?.message ?? 'no answer');
  }

  #fail(listening: Listening, error: DriverError): void {
    this.#discardedBytes += listening.received.length;
    this.#finish(listening);
    listening.reject(error);
  }

  #finish(listening: Listening): void {
    clearTimeout(listening.timer);
    this.#listening = undefined;
  }

  async #switchTo(serial: SerialSettings): Promise<void> {
    if (serial.baud === this.#serial?.baud && serial.format === this.#serial.format) return;
    try {
      await this.#transport.apply(serial);
    } catch (error) {
      throw new DriverError('closed', error instanceof Error ? error.message : String(error));
    }
    this.#serial = serial;
  }
}

/** The bytes after the echo of `request`; null while the echo is not there. Garbage before it is dropped with it. */
function withoutEcho(received: Buffer, request: Uint8Array): Buffer | null {
  const at = received.indexOf(request);
  return at < 0 ? null : received.subarray(at + request.length);
}

function startsWith(bytes: Buffer, prefix: Uint8Array): boolean {
  return bytes.subarray(0, prefix.length).equals(prefix);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
