/** A Modbus TCP server: one device, or a gateway with several units behind it. */
import type { Socket } from 'node:net';
import { exceptionPdu } from '../modbus/answer.ts';
import { EXCEPTION } from '../modbus/device.ts';
import { sealTcp } from '../modbus/seal.ts';
import { scanTcpRequests, type TcpRequest } from '../modbus/tcp-requests.ts';
import { Endpoint } from './endpoint.ts';
import { merge, type Delivery, type Piece } from './faults.ts';
import { LineBehaviour, type Line, type LineOptions } from './line.ts';

export interface TcpServerOptions extends LineOptions {
  /** 0, the default: any free one. */
  readonly port?: number;
  /** What a gateway says of a unit that does not answer. Default: nothing. */
  readonly unknownUnit?: 'silence' | 'gateway-exception';
}

/** Writes `pieces` to `socket` with the pauses between them. */
function writePieces(socket: Socket, [piece, ...others]: readonly Piece[]): void {
  if (piece === undefined) return;
  setTimeout(() => {
    if (socket.writable) socket.write(piece.bytes);
    writePieces(socket, others);
  }, piece.pauseMs).unref();
}

class Connection {
  readonly #socket: Socket;
  readonly #behaviour: LineBehaviour;
  readonly #unknownUnit: 'silence' | 'gateway-exception';
  #rest: Uint8Array = new Uint8Array();
  #held: readonly Piece[] = [];

  constructor(socket: Socket, behaviour: LineBehaviour, unknownUnit: 'silence' | 'gateway-exception') {
    this.#socket = socket;
    this.#behaviour = behaviour;
    this.#unknownUnit = unknownUnit;
    socket.on('data', (bytes) => this.#hear(bytes));
  }

  #hear(bytes: Uint8Array): void {
    if (this.#behaviour.faults.halfOpen === true) return;
    const scan = scanTcpRequests(Uint8Array.of(...this.#rest, ...bytes));
    this.#rest = scan.rest;
    for (const request of scan.requests) this.#serve(request);
    if (scan.broken) this.#socket.destroy();
  }

  #serve(request: TcpRequest): void {
    const device = this.#behaviour.find(request.unit);
    if (device !== undefined) {
      const delivery = this.#behaviour.serve(device, request, { seal: sealTcp, checksum: false });
      this.#deliver(delivery, device.replyDelayMs);
    } else if (this.#unknownUnit === 'gateway-exception') {
      const pdu = exceptionPdu(request.pdu[0] ?? 0, EXCEPTION.gatewayTargetFailed);
      this.#socket.write(sealTcp({ ...request, pdu }));
    }
  }

  #deliver({ delayMs, pieces, disconnect, hold }: Delivery, replyDelayMs: number): void {
    const together = merge(this.#held, pieces);
    this.#held = hold ? together : [];
    if (hold) return;
    setTimeout(() => {
      if (disconnect) this.#socket.destroy();
      else writePieces(this.#socket, together);
    }, replyDelayMs + delayMs).unref();
  }
}

/** Listens on loopback. Rejects where the port is taken. */
export async function startTcpServer(options: TcpServerOptions): Promise<Line> {
  const behaviour = new LineBehaviour(options);
  const endpoint = new Endpoint(options.port ?? 0, (socket) => {
    new Connection(socket, behaviour, options.unknownUnit ?? 'silence');
  });
  await endpoint.open();
  return {
    id: options.id ?? `modbus-tcp-${endpoint.port}`,
    type: 'modbus-tcp',
    address: { host: '127.0.0.1', port: endpoint.port },
    devices: options.devices,
    behaviour,
    get plugged() {
      return endpoint.isOpen;
    },
    unplug: () => endpoint.close(),
    plug: () => endpoint.open(),
    close: () => endpoint.close(),
  };
}
