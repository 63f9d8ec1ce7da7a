/**
 * A connection as the broker sees it: what comes in has passed the packet meter, and what goes out never blocks. The
 * broker waits for every subscriber of a message to take it before it goes on, so one that stops reading would starve all
 * others; here it is dropped instead, once it is too far behind.
 */
import { Duplex } from 'node:stream';
import { PacketMeter } from './packet-meter.ts';
import type { Refusal, Refusals } from './refusals.ts';
import type { UnreadBudget } from './unread.ts';

/** Of one packet, after its fixed header. */
export const MAX_PACKET_BYTES = 256 * 1024;

type Done = (error?: Error | null) => void;

/** A guard has ended the connection, and has counted it. */
export class GuardError extends Error {
  override readonly name = 'GuardError';
}

export interface GuardedStreamSettings {
  readonly inner: Duplex;
  readonly address: string;
  readonly refusals: Refusals;
  readonly unread: UnreadBudget;
}

export class GuardedStream extends Duplex {
  readonly address: string;
  readonly #inner: Duplex;
  readonly #refusals: Refusals;
  readonly #unread: UnreadBudget;
  readonly #meter = new PacketMeter(MAX_PACKET_BYTES);
  #gathering = false;

  constructor({ inner, address, refusals, unread }: GuardedStreamSettings) {
    super();
    this.address = address;
    this.#inner = inner;
    this.#refusals = refusals;
    this.#unread = unread;
    unread.add(inner);
    inner.on('data', (chunk: Buffer) => this.#received(chunk));
    inner.on('end', () => this.push(null));
    inner.on('error', (error) => this.destroy(error));
    inner.on('close', () => this.destroy());
  }

  override _read(): void {
    this.#inner.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#gather();
    this.#inner.write(chunk);
    this.#written(done);
  }

  override _writev(chunks: readonly { readonly chunk: Buffer }[], done: Done): void {
    this.#gather();
    for (const { chunk } of chunks) this.#inner.write(chunk);
    this.#written(done);
  }

  override _final(done: Done): void {
    this.#inner.end(() => done());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    // What was written last says why.
    if (this.#gathering) this.#inner.uncork();
    this.#inner.destroy();
    done(error);
  }

  /** What is written within one turn of the event loop leaves in one piece: a system call costs more than a packet. */
  #gather(): void {
    if (this.#gathering) return;
    this.#gathering = true;
    this.#inner.cork();
    setImmediate(() => {
      this.#gathering = false;
      this.#inner.uncork();
    });
  }

  #received(chunk: Buffer): void {
    if (this.destroyed) return;
    const verdict = this.#meter.judge(chunk);
    if (verdict !== 'pass') this.destroy(this.#refuse(verdict));
    else if (!this.push(chunk)) this.#inner.pause();
  }

  /** The broker never waits for a subscriber: what is not read lies in the inner stream, up to its budget. */
  #written(done: Done): void {
    done(this.#unread.exceededBy(this.#inner) ? this.#refuse('slow') : null);
  }

  #refuse(reason: Refusal): GuardError {
    this.#refusals[reason] += 1;
    return new GuardError(`refused: ${reason}`);
  }
}
