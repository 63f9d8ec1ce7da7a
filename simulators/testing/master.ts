/** A plain master on a TCP connection: sends literal bytes and collects what comes. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { hex } from '../../drivers/bytes/hex.ts';
import type { Line } from '../wire/line.ts';
import { bytes } from './hex.ts';

/** The port of a line without a pseudo-terminal. */
export function portOf({ address }: Line): number {
  if (!('port' in address)) throw new Error('this line has a path, not a port');
  return address.port;
}

export class Master {
  readonly #socket: Socket;
  #received = '';
  /** When each chunk came, and how many bytes had come by then. */
  readonly arrivals: { readonly at: number; readonly bytes: number }[] = [];
  closed = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('close', () => (this.closed = true));
    socket.on('data', (chunk) => {
      this.#received += hex(chunk);
      this.arrivals.push({ at: performance.now(), bytes: this.#received.length / 2 });
    });
  }

  static async connect(port: number): Promise<Master> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new Master(socket);
  }

  /** Everything that has come and has not been taken, as hex. */
  get received(): string {
    return this.#received;
  }

  send(spaced: string): void {
    this.#socket.write(bytes(spaced));
  }

  /** Waits until `count` bytes are there, takes and returns them. */
  async take(count: number, withinMs = 5_000): Promise<string> {
    await until(
      () => this.#received.length >= 2 * count,
      withinMs,
      () => `only ${this.#received || 'silence'}`,
    );
    const taken = this.#received.slice(0, 2 * count);
    this.#received = this.#received.slice(2 * count);
    return taken;
  }

  /** Sends a request and waits for a reply of `count` bytes. */
  async ask(spaced: string, count: number): Promise<string> {
    this.send(spaced);
    return this.take(count);
  }

  async waitForClose(): Promise<void> {
    await until(
      () => this.closed,
      5_000,
      () => 'the connection is still open',
    );
  }

  close(): void {
    this.#socket.destroy();
  }
}

/** Waits for a condition; says what there was instead when it does not come. */
export async function until(holds: () => boolean, withinMs: number, instead: () => string): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${instead()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
