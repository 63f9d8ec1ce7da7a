/** One frame to a receiver, and what comes back: each on a connection of its own. */
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { takeFrames } from '../../drivers/dc09/frame-find.ts';
import type { MonitoringStation } from '../config/monitoring-station-schema.ts';

export type ReceiverAddress = MonitoringStation['receivers'][number];

export interface Patience {
  readonly timeoutMs: number;
  /** Ends the wait at once. */
  readonly signal: AbortSignal;
}

const STOPPED = 'the gateway is being stopped';

/**
 * Sends `frame` and hands the content of each frame that comes back to `isAnswer`, until one is. Resolves with null then, or else
 * with why there was none, in words. Never rejects.
 */
export function exchange(
  address: ReceiverAddress,
  frame: Uint8Array,
  patience: Patience,
  isAnswer: (content: Uint8Array) => boolean,
): Promise<string | null> {
  if (patience.signal.aborted) return Promise.resolve(STOPPED);
  const isAnswered = listener(isAnswer);
  return address.transport === 'tcp'
    ? overTcp(address, frame, patience, isAnswered)
    : overUdp(address, frame, patience, isAnswered);
}

/** Takes bytes as they come; whether they have ended an answer. */
type Listener = (bytes: Uint8Array) => boolean;

function listener(isAnswer: (content: Uint8Array) => boolean): Listener {
  let rest: Uint8Array = new Uint8Array();
  return (bytes) => {
    const taken = takeFrames(Buffer.concat([rest, bytes]));
    rest = taken.rest;
    return taken.found.some((entry) => entry.ok && isAnswer(entry.content));
  };
}

function overTcp(
  { host, port }: ReceiverAddress,
  frame: Uint8Array,
  { timeoutMs, signal }: Patience,
  isAnswered: Listener,
) {
  return new Promise<string | null>((resolve) => {
    const socket = connect(port, host);
    let isConnected = false;
    const end = (why: string | null): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      socket.destroy();
      resolve(why);
    };
    const giveUp = (): void => end(STOPPED);
    signal.addEventListener('abort', giveUp);
    const timer = setTimeout(() => {
      end(isConnected ? `no answer in ${timeoutMs} ms` : `no connection in ${timeoutMs} ms`);
    }, timeoutMs);
    socket.on('connect', () => {
      isConnected = true;
      socket.write(frame);
    });
    socket.on('data', (bytes) => {
      if (isAnswered(bytes)) end(null);
    });
    socket.on('error', ({ message }) => end(message));
    socket.on('close', () => end('it closed the connection without an answer'));
  });
}

function overUdp(
  { host, port }: ReceiverAddress,
  frame: Uint8Array,
  { timeoutMs, signal }: Patience,
  isAnswered: Listener,
) {
  return new Promise<string | null>((resolve) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    let hasEnded = false;
    const end = (why: string | null): void => {
      if (hasEnded) return;
      hasEnded = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      socket.close();
      resolve(why);
    };
    const giveUp = (): void => end(STOPPED);
    signal.addEventListener('abort', giveUp);
    const timer = setTimeout(() => end(`no answer in ${timeoutMs} ms`), timeoutMs);
    socket.on('error', ({ message }) => end(message));
    // Connected: only what comes from the receiver itself is heard.
    socket.once('connect', () => socket.send(frame));
    socket.connect(port, host);
    socket.on('message', (bytes) => {
      if (isAnswered(bytes)) end(null);
    });
  });
}
