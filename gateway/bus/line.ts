/**
 * The one owner of a line: one exchange at a time, silence between frames, reply and inter-byte timeouts, echo filter.
 * Whatever arrives while no exchange listens is late or foreign: it is counted and thrown away, and never an answer.
 */
import { DriverError } from '../../drivers/errors.ts';
import type { Clock } from '../clock.ts';
import type { LineJob } from './line-job.ts';
import { Overheard } from './overheard.ts';
import { RecentShare } from './recent-share.ts';
import { sleepUntil } from './sleep.ts';
import type { SerialSettings, Transport } from './transport.ts';

export interface LineSettings {
  readonly interByteTimeoutMs: number;
  readonly echo: boolean;
}

/** A device or a noisy line that never stops sending must not hold the line. */
const SLACK_MS = 1_000;
/** A timer that wakes so late says that the process was held up, and an answer may lie unread. */
const HELD_UP_MS = 5;
/** Bytes that are kept while an answer is waited for: more than any answer has, and few enough to be looked through with each piece. */
const MOST_KEPT = 2_048;

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
  /** Whether it was prolonged because this process was held up. */
  granted: boolean;
}

const NOTHING = Buffer.alloc(0);

export class Line {
  readonly #transport: Transport;
  readonly #settings: LineSettings;
  readonly #clock: Clock;
  #serial: SerialSettings | undefined;
  #listening: Listening | undefined;
  readonly #overheard = new Overheard();
  /** One timer for all exchanges: it is moved, not made anew. */
  #timer: NodeJS.Timeout | undefined;
  #timerAt = 0;
  /** When the line was last heard or used. */
  #lastActivity = 0;
  #losses = 0;
  #lostWhy = '';
  #discardedBytes = 0;
  readonly #echoes = new RecentShare();

  constructor(transport: Transport, settings: LineSettings, clock: Clock, serial?: SerialSettings) {
    this.#transport = transport;
    this.#settings = settings;
    this.#clock = clock;
    this.#serial = serial;
  }

  get discardedBytes(): number {
    return this.#discardedBytes;
  }

  /** In what share of the latest exchanges the request came back as it was although the line is not set to echo. */
  get strayEchoes(): number {
    return this.#echoes.value;
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
    this.#overheard.interrupted();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #send(job: LineJob): void {
    const { exchange, request } = job;
    const veto = exchange.veto?.() ?? null;
    if (veto !== null) return job.failed(new DriverError('unsent', veto));
    job.leaving();
    this.#overheard.asked(job);
    const sentAt = this.#clock.monotonic();
    const requestEnd = sentAt + exchange.request.length * request.byteMs;
    this.#lastActivity = requestEnd;
    this.#transport.write(exchange.request);
    if (exchange.reply === null) return job.done(NOTHING, requestEnd - sentAt);
    const firstByteBy = requestEnd + request.replyTimeoutMs;
    const replyMs =
      (exchange.reply.expectedLength + (this.#settings.echo ? exchange.request.length : 0)) * request.byteMs;
    const capAt = firstByteBy + request.replyTimeoutMs + replyMs + SLACK_MS;
    const deadline = firstByteBy;
    this.#listening = { job, sentAt, requestEnd, received: NOTHING, firstByteBy, capAt, deadline, granted: false };
    this.#armFor(firstByteBy, sentAt);
  }

  #lookForReply(listening: Listening): void {
    const { job, received } = listening;
    const answer = this.#settings.echo ? withoutEcho(received, job.exchange.request) : received;
    const scan = answer === null ? { state: 'incomplete' as const } : job.exchange.reply?.scan(answer);
    if (scan?.state !== 'reply' || answer === null) {
      // The byte that ends a pause takes its own time: at 300 baud 37 ms.
      const quietBy = this.#lastActivity + this.#settings.interByteTimeoutMs + job.request.byteMs;
      listening.deadline = Math.min(listening.capAt, Math.max(listening.firstByteBy, quietBy));
      if (received.length > MOST_KEPT) this.#forgetBeginning(listening);
      return;
    }
    this.#discard(this.#withoutStrayEcho(answer.subarray(0, scan.start), job));
    this.#discard(answer.subarray(scan.end));
    this.#listening = undefined;
    job.done(answer.subarray(scan.start, scan.end), this.#lastActivity - listening.sentAt);
  }

  /** The answer has not begun there: somebody sends and sends. */
  #forgetBeginning(listening: Listening): void {
    const { received } = listening;
    this.#discard(received.subarray(0, -MOST_KEPT));
    listening.received = Buffer.from(received.subarray(-MOST_KEPT));
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
    if (this.#grantHeldUp(listening, now)) return this.#armFor(listening.deadline, now);
    const { heard, error } = this.#judge(listening);
    if (error) return this.#fail(listening, error, heard);
    this.#listening = undefined;
    this.#discard(heard);
    listening.job.heardOut(heard);
  }

  /**
   * The time for which this process was held up, by a long computation or with the whole machine, is not the device's: what came
   * meanwhile has not been read yet. It is granted once in an exchange. False: there is nothing to grant.
   */
  #grantHeldUp(listening: Listening, now: number): boolean {
    const heldUpMs = now - listening.deadline;
    if (heldUpMs <= HELD_UP_MS || listening.granted) return false;
    listening.granted = true;
    listening.deadline = now + Math.min(heldUpMs, listening.job.request.replyTimeoutMs);
    return true;
  }

  /** What has been heard besides the echo, and what that amounts to; no error where nobody owes an answer. */
  #judge({ job, received }: Listening): { readonly heard: Buffer; readonly error: DriverError | null } {
    const answer = this.#settings.echo ? withoutEcho(received, job.exchange.request) : received;
    if (answer === null) {
      const what = received.length === 0 ? 'nothing came back' : 'what came back is not what was sent';
      const message = `the line is set to echo and ${what}: a collision, or the adapter does not echo`;
      return { heard: received, error: new DriverError('echo', message) };
    }
    const heard = this.#withoutStrayEcho(answer, job);
    if (job.exchange.reply?.optional === true) return { heard, error: null };
    const diagnosis = job.exchange.reply?.diagnose(heard);
    return { heard, error: new DriverError(diagnosis?.code ?? 'timeout', diagnosis?.message ?? 'no answer') };
  }

  /** An adapter may echo although the line is not set to: a request of our own is nobody's answer. */
  #withoutStrayEcho(heard: Buffer, { exchange: { request } }: LineJob): Buffer {
    const isEcho = startsWith(heard, request);
    this.#echoes.add(isEcho);
    if (!isEcho) return heard;
    this.#discardedBytes += request.length;
    return heard.subarray(request.length);
  }

  #fail({ job, received, requestEnd }: Listening, error: DriverError, heard = received): void {
    this.#listening = undefined;
    this.#overheard.gaveUp(job, requestEnd);
    this.#discard(heard);
    job.failed(error);
  }

  /** Nobody waits for it, but it may tell something. */
  #discard(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#discardedBytes += bytes.length;
    this.#overheard.hear(bytes, this.#lastActivity);
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
