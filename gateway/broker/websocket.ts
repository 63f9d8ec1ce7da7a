/** MQTT over WebSocket, for browsers: path `/mqtt`, subprotocol `mqtt` (MQTT 3.1.1, 6). */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, WebSocketServer, type WebSocket } from 'ws';
import { createServer } from '../node-http.ts';
import { MAX_PACKET_BYTES } from './guards/guarded-stream.ts';
import type { Refusals } from './guards/refusals.ts';

const PATH = '/mqtt';
const SUBPROTOCOL = 'mqtt';
/** A fixed header is at most five bytes. */
const MAX_FRAME_BYTES = MAX_PACKET_BYTES + 5;
const UPGRADE_WITHIN_MS = 5_000;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

export interface WebSocketSettings {
  /** Without users a page from elsewhere, open in a browser on this box, must not become an operator. */
  readonly anonymous: boolean;
  readonly refusals: Refusals;
  readonly accept: (stream: Duplex, request: IncomingMessage) => void;
}

/** A server that is not listening yet. */
export function createWebSocketListener({ anonymous, refusals, accept }: WebSocketSettings): Server {
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
    handleProtocols: () => SUBPROTOCOL,
  });
  const timeouts = { headersTimeout: UPGRADE_WITHIN_MS, requestTimeout: UPGRADE_WITHIN_MS };
  const server = createServer({ ...timeouts, connectionsCheckingInterval: 1_000, noDelay: true }, (_request, reply) => {
    refusals.upgrade += 1;
    reply.writeHead(426, { connection: 'close' }).end('MQTT over WebSocket only\n');
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = refuse(request, anonymous);
    if (refusal === null) {
      sockets.handleUpgrade(request, socket, head, (ws) => accept(toStream(ws, refusals), request));
      return;
    }
    refusals.upgrade += 1;
    socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  return server;
}

/** The status line to refuse with; null: welcome. */
function refuse({ url, headers }: IncomingMessage, anonymous: boolean): string | null {
  if (url?.split('?')[0] !== PATH) return '404 Not Found';
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  if (!offered.includes(SUBPROTOCOL)) return '400 Bad Request';
  return anonymous && !isLocalPage(headers.origin) ? '403 Forbidden' : null;
}

/** Only browsers send an origin. */
function isLocalPage(origin: string | undefined): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && LOOPBACK.has(new URL(origin).hostname);
}

function toStream(ws: WebSocket, refusals: Refusals): Duplex {
  ws.on('error', (error: Error & { code?: string }) => {
    if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') refusals.oversize += 1;
  });
  return createWebSocketStream(ws);
}
