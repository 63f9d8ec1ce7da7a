/** A receiver of alarms at a monitoring station: takes frames on TCP and UDP, answers them, and writes down what came. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { answerTo, type Answer, type Fault } from './answer.ts';
import { judge } from './frame.ts';

export interface ReceiverOptions {
  /** Of both TCP and UDP; 0, the default: any free one. */
  readonly port?: number;
  /** AES key; null, the default: everything is in clear. */
  readonly key?: Buffer | null;
  /** Those that it knows; null, the default: any. */
  readonly accounts?: readonly string[] | null;
  readonly now?: () => number;
  readonly onReceived?: (entry: Received) => void;
}

/** One frame that came in. */
export interface Received {
  /** Unix milliseconds. */
  readonly at: number;
  readonly transport: 'tcp' | 'udp';
  /** What was wrong with it; null when it could be read. */
  readonly why: 'length' | 'crc' | 'form' | null;
  readonly id: string | null;
  readonly encrypted: boolean | null;
  readonly sequence: string | null;
  readonly account: string | null;
  readonly data: string | null;
  readonly time: string | null;
  readonly answer: Answer['kind'];
  readonly raw: string;
}

export interface Receiver {
  readonly port: number;
  /** Everything since the start, oldest first. */
  readonly received: readonly Received[];
  /** From now on, or for the next `times` frames. */
  fault(fault: Fault, times?: number): void;
  close(): Promise<void>;
}

const LINE = /\n([^\n\r]*)\r/g;

/** Rejects when the port is taken. */
export async function startReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const { now = Date.now, key = null, accounts = null } = options;
  const received: Received[] = [];
  const state: { fault: Fault; left: number } = { fault: 'none', left: Infinity };

  const take = (line: Buffer, transport: Received['transport']): Answer => {
    const judged = judge(line, key);
    const fault = state.left > 0 ? state.fault : 'none';
    state.left -= 1;
    const at = now();
    const answer: Answer = judged.ok
      ? answerTo(judged.message, { key, accounts, now: at }, fault)
      : { kind: 'none', bytes: Buffer.alloc(0) };
    const { id, encrypted, sequence, account, data, time } = judged.ok ? judged.message : UNREAD;
    const said = { id, encrypted, sequence, account, data, time };
    const entry = { at, transport, why: judged.ok ? null : judged.why, ...said, answer: answer.kind };
    received.push({ ...entry, raw: line.toString('utf8') });
    options.onReceived?.({ ...entry, raw: line.toString('utf8') });
    return answer;
  };

  const sockets = new Set<Socket>();
  const tcp = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    serve(socket, take);
  }).listen(options.port ?? 0, '127.0.0.1');
  await once(tcp, 'listening');
  const address = tcp.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const udp = createSocket('udp4');
  udp.on('message', (datagram, { port: from, address: host }) => {
    for (const line of linesIn(datagram)) {
      const { bytes } = take(line, 'udp');
      if (bytes.length > 0) udp.send(bytes, from, host);
    }
  });
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');

  return {
    port,
    received,
    fault: (fault, times = Infinity) => Object.assign(state, { fault, left: times }),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      udp.close();
      tcp.close();
      await once(tcp, 'close');
    },
  };
}

const UNREAD = { id: null, encrypted: null, sequence: null, account: null, data: null, time: null };

function serve(socket: Socket, take: (line: Buffer, transport: 'tcp') => Answer): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    const heard = Buffer.concat([rest, bytes]);
    rest = heard.subarray(heard.lastIndexOf(0x0d) + 1);
    for (const line of linesIn(heard)) {
      const answer = take(line, 'tcp');
      if (answer.kind === 'close') socket.destroy();
      else if (answer.bytes.length > 0 && socket.writable) socket.write(answer.bytes);
    }
  });
}

function linesIn(bytes: Buffer): Buffer[] {
  return [...bytes.toString('latin1').matchAll(LINE)].map(([, line = '']) => Buffer.from(line, 'latin1'));
}
