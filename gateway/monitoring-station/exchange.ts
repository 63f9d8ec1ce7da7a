/** One frame to a receiver, and what comes back: each on a connection of its own. */
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { takeFrames } from '../../drivers/dc09/frame-find.ts';
import type { MonitoringStation } from '../config/monitoring-station-schema.ts';

export type ReceiverAddress = MonitoringStation['receivers'][number];

/**
 * Sends `frame` and hands the content of each frame that comes back to `isAnswer`, until one is. Resolves with null then, or else
 * with why there was none, in words. Never rejects.
 */
export function exchange(
  { transport, host, port }: ReceiverAddress,
  frame: Uint8Array,
  timeoutMs: number,
  isAnswer: (content: Uint8Array) => boolean,
): Promise<string | null> {
  const hear = listener(isAnswer);
  return transport === 'tcp'
    ? overTcp(host, port, frame, timeoutMs, hear)
    : overUdp(host, port, frame, timeoutMs, hear);
}

interface Heard {
  readonly answered: boolean;
}

/** Takes bytes as they come. */
function listener(isAnswer: (content: Uint8Array) => boolean): (bytes: Uint8Array) => Heard {
  let rest: Uint8Array = new Uint8Array();
  return (bytes) => {
    const taken = takeFrames(Buffer.concat([rest, bytes]));
    rest = taken.rest;
    return { answered: taken.found.some((entry) => entry.ok && isAnswer(entry.content)) };
  };
}

function overTcp(host: string, port: number, frame: Uint8Array, timeoutMs: number, hear: (bytes: Uint8Array) => Heard) {
  return new Promise<string | null>((resolve) => {
    const socket = connect(port, host);
    let isConnected = false;
    const end = (why: string | null): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(why);
    };
    const timer = setTimeout(() => {
      end(isConnected ? `no answer in ${timeoutMs} ms` : `no connection in ${timeoutMs} ms`);
    }, timeoutMs);
    socket.on('connect', () => {
      isConnected = true;
      socket.write(frame);
    });
    socket.on('data', (bytes) => {
      if (hear(bytes).answered) end(null);
    });
    socket.on('error', ({ message }) => end(message));
    socket.on('close', () => end('it closed the connection without an answer'));
  });
}

function overUdp(host: string, port: number, frame: Uint8Array, timeoutMs: number, hear: (bytes: Uint8Array) => Heard) {
  return new Promise<string | null>((resolve) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    let hasEnded = false;
    const end = (why: string | null): void => {
      if (hasEnded) return;
      hasEnded = true;
      clearTimeout(timer);
      socket.close();
      resolve(why);
    };
    const timer = setTimeout(() => end(`no answer in ${timeoutMs} ms`), timeoutMs);
    socket.on('error', ({ message }) => end(message));
    // Connected: only what comes from the receiver itself is heard.
    socket.once('connect', () => socket.send(frame));
    socket.connect(port, host);
    socket.on('message', (bytes) => {
      if (hear(bytes).answered) end(null);
    });
  });
}
