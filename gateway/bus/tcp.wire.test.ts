import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { until } from '../testing/programs.ts';
import { tcpTransport } from './tcp.ts';

/** The sockets that this process has, as the kernel counts them. */
function sockets(): number {
  const open = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return 'gone meanwhile';
    }
  });
  return open.filter((target) => target.startsWith('socket:')).length;
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

it('gives its socket back where it is closed while it says goodbye to a far end that goes', async () => {
  const port = await listening(createServer((far) => far.on('error', () => undefined).end('goodbye')));
  const before = sockets();
  const transport = tcpTransport('127.0.0.1', port);
  const closed = Promise.withResolvers<undefined>();
  const onSocket = (message: unknown): void => {
    // Its own end is under way by then, and a connection cannot be reset any more.
    const closeSoon = (): void => queueMicrotask(() => void transport.close().then(() => closed.resolve(undefined)));
    (message as { readonly socket: Socket }).socket.once('end', closeSoon);
  };
  subscribe('net.client.socket', onSocket);
  onTestFinished(() => void unsubscribe('net.client.socket', onSocket));
  await transport.open({ data: () => undefined, closed: () => undefined });
  await closed.promise;
  await until(() => sockets() <= before, 'its socket to be closed', 5_000);
});

it('opens no connection that nobody wants any more', async () => {
  const port = await listening(createServer((far) => far.on('error', () => undefined)));
  const transport = tcpTransport('127.0.0.1', port);
  const opened = transport.open({ data: () => undefined, closed: () => undefined });
  await transport.close();
  await expect(opened).rejects.toThrow(`127.0.0.1:${port}: closed`);
});
