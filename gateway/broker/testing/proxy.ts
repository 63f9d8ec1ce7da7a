/** A TCP proxy in front of a broker, to cut or freeze a connection as a network does: without a word to either side. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Proxy {
  readonly url: string;
  /** Ends every connection with a reset. */
  readonly cut: () => void;
  /** Passes nothing on, in either direction, until `thaw`. */
  readonly freeze: () => void;
  readonly thaw: () => void;
}

export async function startProxy(port: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let frozen = false;
  const server = createServer((inner) => {
    const outer = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(from);
      if (frozen) from.pause();
      from.on('data', (chunk) => to.write(chunk));
      from.on('error', () => to.resetAndDestroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  const setFrozen = (freeze: boolean) => {
    frozen = freeze;
    for (const socket of sockets) if (freeze) socket.pause(); else socket.resume(); // prettier-ignore
  };
  onTestFinished(() => {
    cut();
    server.close();
  });
  const { port: own } = server.address() as AddressInfo;
  return { url: `mqtt://127.0.0.1:${own}`, cut, freeze: () => setFrozen(true), thaw: () => setFrozen(false) };
}
