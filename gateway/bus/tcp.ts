/** A TCP connection: to a Modbus TCP server, or to a serial device server in transparent mode. */
import { connect, type Socket } from 'node:net';
import type { Transport, TransportHandlers } from './transport.ts';

const CONNECT_TIMEOUT_MS = 5_000;
/** A peer that vanished without a word is found by the kernel after this much silence, even when nothing is asked. */
const KEEPALIVE_MS = 15_000;

function explain(where: string, error: NodeJS.ErrnoException): Error {
  const hints: Record<string, string> = {
    ECONNREFUSED: 'refused: the host is there, and nothing listens on this port',
    EHOSTUNREACH: 'the host cannot be reached: cable, switch or address',
    ENETUNREACH: 'the network cannot be reached: cable, switch or address',
    ETIMEDOUT: 'no answer: the host is off, or the address is wrong',
    ENOTFOUND: 'the name is not known',
    EAI_AGAIN: 'the name cannot be looked up at the moment: no name server answers',
    ECONNRESET: 'the far end reset the connection',
    EPIPE: 'the far end reset the connection',
  };
  return new Error(`${where}: ${hints[error.code ?? ''] ?? error.message}`, { cause: error });
}

export function tcpTransport(host: string, port: number): Transport {
  const where = `${host}:${port}`;
  let socket: Socket | undefined;

  const open = (handlers: TransportHandlers): Promise<void> =>
    new Promise((resolve, reject) => {
      const opening = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEPALIVE_MS });
      socket = opening;
      let failure: Error | undefined;
      opening.setTimeout(CONNECT_TIMEOUT_MS, () => {
        failure = new Error(`${where}: no answer within ${CONNECT_TIMEOUT_MS / 1000} s`);
        opening.destroy();
      });
      opening.once('connect', () => {
        opening.setTimeout(0);
        opening.on('data', handlers.data);
        opening.once('close', () => {
          if (socket !== opening) return;
          socket = undefined;
          handlers.closed(failure?.message ?? `${where}: the far end closed the connection`);
        });
        resolve();
      });
      opening.on('error', (error: NodeJS.ErrnoException) => {
        failure = explain(where, error);
      });
      opening.once('close', () => reject(failure ?? new Error(`${where}: closed`)));
    });

  return {
    open,
    write(bytes) {
      socket?.write(bytes);
    },
    apply: () => Promise.reject(new Error(`${where}: a TCP connection has no serial settings to switch`)),
    close() {
      const closing = socket;
      socket = undefined;
      // Nothing is on its way where it is still being opened. Where it ends already it cannot be reset: Node would never give the
      // socket back, and spin at its own end.
      if (closing?.connecting === true || closing?.writableEnded === true) closing.destroy();
      // A graceful close would go on delivering what the far end has not acknowledged: a command, long after it has failed.
      else closing?.resetAndDestroy();
      return Promise.resolve();
    },
  };
}
