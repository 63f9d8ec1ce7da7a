/** A device written for one test: a TCP server that takes requests of one length from its socket, one after the other. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** `answer` has the line to itself until it resolves; whoever writes later asks whether the socket is still writable. Resolves with the port. */
export async function answerInTurn(
  requestBytes: number,
  answer: (socket: Socket, request: Buffer) => Promise<void>,
): Promise<number> {
  const server = createServer((socket) => {
    let waiting = Buffer.alloc(0);
    let turn = Promise.resolve();
    // The gateway resets a connection that it closes.
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      waiting = Buffer.concat([waiting, bytes]);
      for (; waiting.length >= requestBytes; waiting = waiting.subarray(requestBytes)) {
        const request = Buffer.from(waiting.subarray(0, requestBytes));
        turn = turn.then(() => answer(socket, request));
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** Every register holds its own address. */
export function ownAddresses(start: number, count: number): Uint8Array {
  const words = Array.from({ length: count }, (_, i) => [(start + i) >> 8, (start + i) & 0xff]).flat();
  return Uint8Array.of(3, words.length, ...words);
}
