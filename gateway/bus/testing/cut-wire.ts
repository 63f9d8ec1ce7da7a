/**
 * A wire between a master and a TCP device that can be cut without a word to either side. What the master sends meanwhile is
 * not lost: as TCP itself would, the wire goes on delivering it once it is mended, unless the master has reset the connection.
 */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface CutWire {
  readonly port: number;
  readonly cut: () => void;
  readonly mend: () => void;
  /** Connections that the master has reset. */
  readonly resets: () => number;
}

/** What one side has sent and the other has not got; `ended`: it has sent all that it will. */
interface Way {
  readonly from: Socket;
  readonly to: Socket;
  held: Buffer[];
  ended: boolean;
}

/** `port`: the device's, on loopback. */
export async function startCutWire(port: number): Promise<CutWire> {
  const ways = new Set<Way>();
  let whole = true;
  let resets = 0;
  const deliver = (way: Way): void => {
    if (!whole) return;
    for (const bytes of way.held.splice(0)) way.to.write(bytes);
    if (way.ended) way.to.end();
  };
  const lay = (from: Socket, to: Socket, onReset: () => void): void => {
    const way: Way = { from, to, held: [], ended: false };
    ways.add(way);
    from.on('data', (bytes) => {
      way.held.push(bytes);
      deliver(way);
    });
    from.on('end', () => {
      way.ended = true;
      deliver(way);
    });
    // A reset takes back what has not been delivered.
    from.on('error', () => {
      ways.delete(way);
      to.destroy();
      onReset();
    });
  };
  const server = createServer({ allowHalfOpen: true }, (master) => {
    const device = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    lay(master, device, () => (resets += 1));
    lay(device, master, () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const { from } of ways) from.destroy();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => (whole = false),
    mend: () => {
      whole = true;
      ways.forEach(deliver);
    },
    resets: () => resets,
  };
}
