/** Where clients of the embedded broker come in: TCP and WebSocket, each connection counted and put behind its guards. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ConnectionCap, type ConnectionLimits } from './guards/connection-cap.ts';
import { GuardedStream } from './guards/guarded-stream.ts';
import type { Refusals } from './guards/refusals.ts';
import { UnreadBudget } from './guards/unread.ts';
import { createWebSocketListener } from './websocket.ts';

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
  readonly #ws: Server | null;

  constructor(settings: ListenerSettings) {
    const { anonymous, refusals, limits, wsPort, accept } = settings;
    this.#settings = settings;
    this.#cap = new ConnectionCap(limits, refusals);
    this.#tcp = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: TCP_KEEPALIVE_MS });
    this.#tcp.on('connection', (socket: Socket) => {
      if (this.#admit(socket)) accept(this.#guard(socket, socket));
    });
    if (wsPort === undefined) {
      this.#ws = null;
      return;
    }
    const fromWebSocket = (stream: Duplex, request: IncomingMessage) =>
      accept(this.#guard(stream, request.socket), request);
    this.#ws = createWebSocketListener({ anonymous, refusals, accept: fromWebSocket });
    this.#ws.on('connection', (socket: Socket) => this.#admit(socket));
  }

  /** Rejects when a port is taken. */
  async listen(host: string): Promise<void> {
    await listen(this.#tcp, this.#settings.port, host);
    if (this.#ws) await listen(this.#ws, this.#settings.wsPort ?? 0, host);
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
