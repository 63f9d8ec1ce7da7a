/** Where clients of the embedded broker come in: TCP and WebSocket, each connection counted and put behind its guards. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ConnectionCap, type ConnectionLimits } from './guards/connection-cap.ts';
import { GuardedStream } from './guards/guarded-stream.ts';
import type { Refusals } from './guards/refusals.ts';
import { UnreadBudget } from './guards/unread.ts';

/** Finds clients that vanished without a word, whatever their MQTT keep-alive is. */
const TCP_KEEPALIVE_MS = 60_000;

export interface ListenerSettings {
  /** 0: any free port. */
  readonly port: number;
  readonly wsPort: number | undefined;
  readonly anonymous: boolean;
  readonly limits: ConnectionLimits;
  readonly refusals: Refusals;
  readonly accept: (stream: GuardedStream, request?: IncomingMessage) => void;
}

export class Listeners {
  readonly #settings: ListenerSettings;
  readonly #cap: ConnectionCap;
  readonly #unread = new UnreadBudget();
  readonly #sockets = new Set<Socket>();
  readonly #tcp: Server;
  /** From when it listens. */
  #ws: Server | null = null;

  constructor(settings: ListenerSettings) {
    const { refusals, limits, accept } = settings;
    this.#settings = settings;
    this.#cap = new ConnectionCap(limits, refusals);
    this.#tcp = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: TCP_KEEPALIVE_MS });
    this.#tcp.on('connection', (socket: Socket) => {
      if (this.#admit(socket)) accept(this.#guard(socket, socket));
    });
  }

  /** Rejects when a port is taken. */
  async listen(host: string): Promise<void> {
    const { port, wsPort } = this.#settings;
    await listen(this.#tcp, port, host);
    if (wsPort === undefined) return;
    this.#ws = await this.#createWebSocketListener();
    await listen(this.#ws, wsPort, host);
  }

  /** The ports that it listens on, for whoever asked for any. */
  get ports(): { readonly tcp: number | null; readonly ws: number | null } {
    return { tcp: portOf(this.#tcp), ws: this.#ws && portOf(this.#ws) };
  }

  /** Takes no more connections, and ends those that there are. */
  async close(): Promise<void> {
    const servers = [this.#tcp, this.#ws].filter((server) => server !== null).filter(({ listening }) => listening);
    const closed = servers.map((server) => once(server, 'close'));
    for (const server of servers) server.close();
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(closed);
  }

  async #createWebSocketListener(): Promise<Server> {
    const { anonymous, refusals, accept } = this.#settings;
    // Loaded here and not above: it is for browsers, and many sites have none.
    const { createWebSocketListener } = await import('./websocket.ts');
    const fromWebSocket = (stream: Duplex, request: IncomingMessage) =>
      accept(this.#guard(stream, request.socket), request);
    const server = createWebSocketListener({ anonymous, refusals, accept: fromWebSocket });
    server.on('connection', (socket: Socket) => this.#admit(socket));
    return server;
  }

  #admit(socket: Socket): boolean {
    socket.on('error', () => socket.destroy());
    if (!this.#cap.admit(socket)) return false;
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    return true;
  }

  #guard(inner: Duplex, { remoteAddress }: Socket): GuardedStream {
    const { refusals } = this.#settings;
    return new GuardedStream({ inner, address: remoteAddress ?? 'unknown', refusals, unread: this.#unread });
  }
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  server.listen(port, host);
  await once(server, 'listening');
}

function portOf(server: Server): number | null {
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? null) : null;
}
