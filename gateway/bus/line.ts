/**
 * The one owner of a line: one exchange at a time, silence between frames, reply and inter-byte timeouts, echo filter.
 * Whatever arrives while no exchange listens is late or foreign: it is counted and thrown away, and never an answer.
 */
import type { Exchange } from '../../drivers/contract.ts';
import { DriverError } from '../../drivers/errors.ts';
import type { Clock } from '../clock.ts';
import { LateAnswer } from './late-answer.ts';
import { sleepUntil } from './sleep.ts';
import type { SerialSettings, Transport } from './transport.ts';

export interface LineSettings {
  readonly interByteTimeoutMs: number;
  readonly echo: boolean;
}

/** How an exchange is to be carried out, besides what it says. */
export interface LineRequest {
  readonly replyTimeoutMs: number;
  /** Wire time of one byte; 0 on Ethernet. */
  readonly byteMs: number;
  /** Silence on the line before the request. */
  readonly gapMs: number;
  /** Serial settings of the device, where the line mixes protocols. */
  readonly serial?: SerialSettings | undefined;
}

export interface LineJob {
  readonly exchange: Exchange;
  readonly request: LineRequest;
  /** Nothing leaves before it has resolved; a DriverError that it rejects with stops the exchange. The silence runs meanwhile. */
  readonly permit?: (() => Promise<void> | undefined) | undefined;
  /** Called when the first byte leaves. */
  readonly leaving: () => void;
  /** Called once. `latencyMs`: from the request's first byte to the reply's last. */
  readonly done: (reply: Uint8Array, latencyMs: number) => void;
  /** Called once, instead of `done`, where the answer was optional and has not come: with all that was heard. */
  readonly heardOut: (heard: Uint8Array) => void;
  /** Called once, instead of `done`. */
  readonly failed: (error: DriverError) => void;
  /**
   * Called once at most, after `failed` and before the next failure on this line: the answer was heard after all.
   * `waitedMs`: from the request's last byte to the answer's first.
   */
  readonly late?: (waitedMs: number) => void;
}

/** A device or a noisy line that never stops sending must not hold the line. */
const SLACK_MS = 1_000;

interface Listening {
  readonly job: LineJob;
  readonly sentAt: number;
  readonly requestEnd: number;
  received: Buffer;
  /** When nothing at all has come by then, nothing will. */
  readonly firstByteBy: number;
  /** The end of patience whatever still arrives. */
  readonly capAt: number;
  deadline: number;
}

const NOTHING = Buffer.alloc(0);

export class Line {
  readonly #transport: Transport;
  readonly #settings: LineSettings;
  readonly #clock: Clock;
  #serial: SerialSettings | undefined;
  #listening: Listening | undefined;
  /** The last exchange that was given up, until its answer is heard. */
  #givenUp: { readonly job: LineJob; readonly answer: LateAnswer } | undefined;
  /** One timer for all exchanges: it is moved, not made anew. */
  #timer: NodeJS.Timeout | undefined;
  #timerAt = 0;
  /** When the line was last heard or used. */
  #lastActivity = 0;
  #losses = 0;
  #lostWhy = '';
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

  /** Carries out one exchange. The caller sees to it that there is one at a time. */
  run(job: LineJob): void {
    const { serial, gapMs } = job.request;
    const otherSettings =
      serial !== undefined && (serial.baud !== this.#serial?.baud || serial.format !== this.#serial.format);
    const sendAt = this.#lastActivity + gapMs;
    if (!otherSettings && !job.permit && sendAt <= this.#clock.monotonic()) this.#send(job);
    else
      void this.#getReady(job, otherSettings ? serial : undefined).then((error) =>
        error ? job.failed(error) : this.#send(job),
      );
  }

  /** What the transport hears. */
  receive(bytes: Uint8Array): void {
    this.#lastActivity = this.#clock.monotonic();
    const listening = this.#listening;
    if (!listening) return this.#discard(asBuffer(bytes));
    listening.received = listening.received.length === 0 ? asBuffer(bytes) : Buffer.concat([listening.received, bytes]);
    this.#lookForReply(listening);
  }

  /** The transport has gone: whoever waits is told. */
  lost(reason: string): void {
    this.#losses += 1;
    this.#lostWhy = reason;
    const listening = this.#listening;
    if (listening) this.#fail(listening, new DriverError('closed', reason));
    this.#givenUp = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #send(job: LineJob): void {
    const { exchange, request } = job;
    const veto = exchange.veto?.() ?? null;
    if (veto !== null) return job.failed(new DriverError('unsent', veto));
    job.leaving();
    const sentAt = this.#clock.monotonic();
    const requestEnd = sentAt + exchange.request.length * request.byteMs;
    this.#lastActivity = requestEnd;
    this.#transport.write(exchange.request);
    if (exchange.reply === null) return job.done(NOTHING, requestEnd - sentAt);
    const firstByteBy = requestEnd + request.replyTimeoutMs;
    const replyMs =
      (exchange.reply.expectedLength + (this.#settings.echo ? exchange.request.length : 0)) * request.byteMs;
    const capAt = firstByteBy + request.replyTimeoutMs + replyMs + SLACK_MS;
    this.#listening = { job, sentAt, requestEnd, received: NOTHING, firstByteBy, capAt, deadline: firstByteBy };
    this.#armFor(firstByteBy, sentAt);
  }

  #lookForReply(listening: Listening): void {
    const { job, received } = listening;
    const answer = this.#settings.echo ? withoutEcho(received, job.exchange.request) : received;
    const scan = answer === null ? { state: 'incomplete' as const } : job.exchange.reply?.scan(answer);
    if (scan?.state !== 'reply' || answer === null) {
      const quietBy = this.#lastActivity + this.#settings.interByteTimeoutMs;
      listening.deadline = Math.min(listening.capAt, Math.max(listening.firstByteBy, quietBy));
      return;
    }
    this.#discard(answer.subarray(0, scan.start));
    this.#discard(answer.subarray(scan.end));
    if (scan.start > 0 && startsWith(answer, job.exchange.request)) this.#echoes += 1;
    this.#listening = undefined;
    job.done(answer.subarray(scan.start, scan.end), this.#lastActivity - listening.sentAt);
  }

  /** Bytes and further exchanges mostly move the deadline on: a timer that wakes early sleeps again. */
  #armFor(deadline: number, now: number): void {
    if (this.#timer && this.#timerAt <= deadline) return;
    clearTimeout(this.#timer);
    this.#timerAt = deadline;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#timeUp();
      },
      Math.max(1, deadline - now),
    );
  }

  #timeUp(): void {
    const listening = this.#listening;
    if (!listening) return;
    const now = this.#clock.monotonic();
    if (listening.deadline - now > 0.5) return this.#armFor(listening.deadline, now);
    const outcome = this.#judge(listening);
    if (outcome instanceof DriverError) return this.#fail(listening, outcome);
    this.#listening = undefined;
    this.#discard(listening.received);
    listening.job.heardOut(outcome);
  }

  /** What has been heard where nobody owes an answer; otherwise what it amounts to. */
  #judge({ job, received }: Listening): Uint8Array | DriverError {
    const answer = this.#settings.echo ? withoutEcho(received, job.exchange.request) : received;
    if (answer === null) {
      const what = received.length === 0 ? 'nothing came back' : 'what came back is not what was sent';
      return new DriverError('echo', `the line is set to echo and ${what}: a collision, or the adapter does not echo`);
    }
    // An adapter that echoes although the line is not set to: a request of our own is nobody's answer.
    const heard = startsWith(answer, job.exchange.request) ? answer.subarray(job.exchange.request.length) : answer;
    if (heard !== answer) this.#echoes += 1;
    if (job.exchange.reply?.optional === true) return heard;
    const diagnosis = job.exchange.reply?.diagnose(heard);
    return new DriverError(diagnosis?.code ?? 'timeout', diagnosis?.message ?? 'no answer');
  }

  #fail({ job, received, requestEnd }: Listening, error: DriverError): void {
    this.#listening = undefined;
    // It may have brought the answer to the one before.
    this.#discard(received);
    this.#givenUp = { job, answer: new LateAnswer(job.exchange, job.request.byteMs, requestEnd) };
    job.failed(error);
  }

  /** Nobody waits for it; but it may show that who was given up is alive. */
  #discard(bytes: Buffer): void {
    this.#discardedBytes += bytes.length;
    const givenUp = this.#givenUp;
    if (!givenUp || bytes.length === 0) return;
    const waitedMs = givenUp.answer.hear(bytes, this.#lastActivity);
    if (waitedMs === null) return;
    this.#givenUp = undefined;
    givenUp.job.late?.(waitedMs);
  }

  /** Switches the port where the device needs it, and waits for permission and for the line to be silent long enough. */
  async #getReady(job: LineJob, serial: SerialSettings | undefined): Promise<DriverError | null> {
    const { gapMs } = job.request;
    const losses = this.#losses;
    const veto = job.exchange.veto?.() ?? null;
    if (veto !== null) return new DriverError('unsent', veto);
    try {
      if (serial) await this.#switchTo(serial);
      await Promise.all([job.permit?.(), sleepUntil(this.#lastActivity + gapMs, this.#clock)]);
      // Meanwhile a late reply may have been heard.
      await sleepUntil(this.#lastActivity + gapMs, this.#clock);
    } catch (error) {
      if (error instanceof DriverError) return error;
      throw error;
    }
    return losses === this.#losses ? null : new DriverError('unsent', this.#lostWhy);
  }

  async #switchTo(serial: SerialSettings): Promise<void> {
    try {
      await this.#transport.apply(serial);
    } catch (error) {
      throw new DriverError('unsent', error instanceof Error ? error.message : String(error));
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
