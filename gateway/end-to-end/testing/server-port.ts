/** A TCP port for a server that goes away and comes back. */
import { createServer } from 'node:net';
import { integerBetween } from './chance.ts';

/**
 * A free port that is none of those that the system gives to clients: a client that tries a port of these again and again
 * while nobody listens is one day connected to itself, and keeps the port.
 */
export async function serverPort(): Promise<number> {
  for (;;) {
    const port = integerBetween(Math.random, 20_000, 30_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!free) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
