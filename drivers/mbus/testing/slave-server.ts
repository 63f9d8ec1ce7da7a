/** Simulated slaves behind a serial device server on loopback. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { heardOf, linkStates, type LinkState, type SimulatedSlave } from './slaves.ts';

export interface SlaveServer {
  readonly port: number;
  /** Every whole request that has come, in hex. */
  readonly requests: readonly string[];
  readonly close: () => void;
}

export interface SlaveServerOptions {
  /** The level converter sends each request back. */
  readonly echo?: boolean;
  /** How much later slow slaves answer. */
  readonly lateMs?: number;
}

/** Answers in pieces of seven bytes, as a device server does that forwards what it has. */
export async function startSlaves(
  slaves: readonly SimulatedSlave[],
  { echo = false, lateMs = 30 }: SlaveServerOptions = {},
): Promise<SlaveServer> {
  const requests: string[] = [];
  const answer = (socket: Socket, states: readonly LinkState[], request: Uint8Array): void => {
    requests.push(Buffer.from(request).toString('hex'));
    const { atOnce, late } = heardOf(states, request);
    if (echo) socket.write(request);
    for (let at = 0; at < atOnce.length; at += 7) socket.write(Uint8Array.from(atOnce.slice(at, at + 7)));
    if (late.length > 0) setTimeout(() => socket.write(Uint8Array.from(late)), lateMs);
  };
  const serve = (socket: Socket): void => {
    const states = linkStates(slaves);
    const pending: number[] = [];
    const length = (): number => (pending[0] === 0x10 ? 5 : (pending[1] ?? 0) + 6);
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      pending.push(...bytes);
      while (pending.length >= length()) answer(socket, states, Uint8Array.from(pending.splice(0, length())));
    });
  };
  const server = createServer(serve).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, requests, close: () => void server.close() };
}
