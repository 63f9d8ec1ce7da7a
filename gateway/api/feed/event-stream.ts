/**
 * One client of the event stream (server-sent events, WHATWG HTML 9.2). Nothing is queued for it: its place is a seq, and
 * rows are read from the store as fast as it takes them. One that takes nothing is dropped.
 */
import type { ServerResponse } from 'node:http';
import { mayPass } from '../../store/errors.ts';
import { eventView } from '../resources/event.ts';
import { readForward, type Journal } from './journal.ts';

export interface StreamSettings {
  readonly journal: Journal;
  readonly epoch: number;
  /** The last event that the client has. */
  readonly after: number;
  readonly heartbeatMs: number;
}

/** Rows of one write: what a client that stops reading can hold of memory. */
const BATCH = 50;

export class EventStream {
  readonly #out: ServerResponse;
  readonly #settings: StreamSettings;
  readonly #heartbeat: NodeJS.Timeout;
  #after: number;
  #scheduled = false;
  /** It had not taken what was written when the heart last beat. */
  #stalled = false;

  /** `out` has sent its headers. */
  constructor(out: ServerResponse, settings: StreamSettings) {
    this.#out = out;
    this.#settings = settings;
    this.#after = settings.after;
    this.#heartbeat = setInterval(() => this.#beat(), settings.heartbeatMs);
    out.on('drain', () => {
      this.#stalled = false;
      this.wake();
    });
    out.on('close', () => clearInterval(this.#heartbeat));
  }

  /** There may be more. Writes later in this turn of the loop: a commit does not wait for its audience. */
  wake(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#write();
    });
  }

  /** Tells the client where it is, so that it can resume before the first event. */
  announce(): void {
    this.#send('start', { epoch: this.#settings.epoch, seq: this.#after });
  }

  /** What the client has not seen before `oldest` is lost to it; the stream goes on there. */
  announceGap(oldest: number): void {
    this.#after = oldest - 1;
    this.#send('gap', { epoch: this.#settings.epoch, oldest });
  }

  end(): void {
    clearInterval(this.#heartbeat);
    this.#out.end();
  }

  #write(): void {
    try {
      while (!this.#out.destroyed && !this.#out.writableEnded && !this.#out.writableNeedDrain && this.#next());
    } catch (error) {
      if (!mayPass(error)) throw error;
      // The store cannot be read just now: the client comes back with its place.
      this.#out.destroy();
    }
  }

  /** Writes one batch; false when there is none. */
  #next(): boolean {
    const page = readForward(this.#settings.journal, { after: this.#after, limit: BATCH });
    if (!page.ok) {
      this.announceGap(page.oldest);
      return true;
    }
    this.#after = page.next;
    if (page.rows.length === 0) return false;
    const { epoch } = this.#settings;
    this.#out.write(page.rows.map((row) => `id: ${epoch}:${row.seq}\n${dataOf(eventView(row))}`).join(''));
    return true;
  }

  #send(event: 'start' | 'gap', data: Readonly<Record<string, unknown>>): void {
    this.#out.write(`id: ${this.#settings.epoch}:${this.#after}\nevent: ${event}\n${dataOf(data)}`);
  }

  #beat(): void {
    if (!this.#out.writableNeedDrain) this.#out.write(':\n\n');
    else if (this.#stalled) this.#out.destroy();
    else this.#stalled = true;
  }
}

/** JSON has no line breaks of its own. */
function dataOf(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
