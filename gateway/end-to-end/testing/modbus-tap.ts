/** A wire tap before a Modbus TCP server: who connects, and who is asked what in which conversation. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Line } from '../../../simulators/wire/line.ts';

export interface ModbusTap {
  readonly address: { readonly host: string; readonly port: number };
  /** How many connections there have been. */
  readonly connections: () => number;
  /** How many requests a unit has had. */
  readonly requests: (unit: number) => number;
  /**
   * How many conversations a unit has had: a session counts its requests on from a number that it drew (the transaction
   * id), so a new one is seen by its first number.
   */
  readonly sessions: (unit: number) => number;
}

/** MODBUS Messaging on TCP/IP V1.0b, 3.1.3: transaction, protocol, length, unit. */
const HEADER = { length: 4, unit: 6 };

/** `overtaking`: how far a request may be from its turn. */
export async function tap(line: Line, overtaking = 0): Promise<ModbusTap> {
  if (!('port' in line.address)) throw new Error('not on TCP');
  const { port } = line.address;
  const transactions = new Map<number, number[]>();
  let connections = 0;
  const server = createServer({ noDelay: true }, (near) => {
    connections += 1;
    join(near, connect({ port, noDelay: true }), (request) => {
      const unit = request.readUInt8(HEADER.unit);
      transactions.set(unit, [...(transactions.get(unit) ?? []), request.readUInt16BE(0)]);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const of = (unit: number): readonly number[] => transactions.get(unit) ?? [];
  return {
    address: { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    connections: () => connections,
    requests: (unit) => of(unit).length,
    sessions: (unit) => of(unit).filter((id, index) => !continues(of(unit)[index - 1], id, overtaking)).length,
  };
}

function join(near: Socket, far: Socket, onRequest: (request: Buffer) => void): void {
  let rest = Buffer.alloc(0);
  near.on('data', (bytes) => {
    far.write(bytes);
    rest = Buffer.concat([rest, bytes]);
    while (rest.length > HEADER.unit) {
      const end = HEADER.unit + rest.readUInt16BE(HEADER.length);
      if (rest.length < end) return;
      onRequest(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
  });
  far.pipe(near);
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    // prettier-ignore
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
}

function continues(before: number | undefined, id: number, overtaking: number): boolean {
  if (before === undefined) return false;
  const offTurn = (id - before - 1 + 0x1_0000) & 0xffff;
  return offTurn <= overtaking || offTurn >= 0x1_0000 - overtaking;
}
