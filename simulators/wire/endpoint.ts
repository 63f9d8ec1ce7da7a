/** A TCP port that can be taken away and put back, as a device whose cable is pulled. Loopback only. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export class Endpoint {
  readonly #sockets = new Set<Socket>();
  readonly #onConnection: (socket: Socket) => void;
  #server: Server | undefined;
  #port: number;

  /** Port 0: any free one, and the same again after `close` and `open`. */
  constructor(port: number, onConnection: (socket: Socket) => void) {
    this.#port = port;
    this.#onConnection = onConnection;
  }

  get port(): number {
    return this.#port;
  }

  get isOpen(): boolean {
    return this.#server !== undefined;
  }

  async open(): Promise<void> {
    if (this.#server !== undefined) return;
    const server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    // A master may go at any moment; what is said to it then is lost, as on a wire.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    this.#onConnection(socket);
  }
}
