/** A Modbus TCP server: one device, or a gateway with several units behind it. */
import type { Socket } from 'node:net';
import { answer, exceptionPdu } from '../modbus/answer.ts';
import { EXCEPTION, type Device } from '../modbus/device.ts';
import { openTcp, sealTcp, type Reply } from '../modbus/seal.ts';
import { scanTcpRequests, type TcpRequest } from '../modbus/tcp-requests.ts';
import { anotherUnit, harmless, wrongReply } from '../modbus/wrong-reply.ts';
import { Endpoint } from './endpoint.ts';
import { isOn, merge, type Delivery, type Piece } from './faults.ts';
import { LineBehaviour, type Line, type LineOptions } from './line.ts';

export interface TcpServerOptions extends LineOptions {
  readonly devices: readonly Device[];
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
  readonly #devices: readonly Device[];
  readonly #unknownUnit: TcpServerOptions['unknownUnit'];
  #rest: Uint8Array = new Uint8Array();
  #held: readonly Piece[] = [];

  constructor(socket: Socket, behaviour: LineBehaviour, { devices, unknownUnit }: TcpServerOptions) {
    this.#socket = socket;
    this.#behaviour = behaviour;
    this.#devices = devices;
    this.#unknownUnit = unknownUnit;
    socket.on('data', (bytes) => this.#hear(bytes));
  }

  #hear(bytes: Uint8Array): void {
    if (isOn(this.#behaviour.faults.halfOpen)) return;
    const scan = scanTcpRequests(Uint8Array.of(...this.#rest, ...bytes));
    this.#rest = scan.rest;
    for (const request of scan.requests) this.#serve(request);
    if (scan.broken) this.#socket.destroy();
  }

  #serve(request: TcpRequest): void {
    const { statistics, clock } = this.#behaviour;
    const device = this.#devices.find(({ unit }) => unit === request.unit);
    if (device === undefined) {
      statistics.unknownUnits++;
      this.#refuse(request);
      return;
    }
    statistics.requests++;
    const now = clock.monotonic();
    device.advance(now);
    const reply = { ...request, pdu: answer(device, request.pdu, now) };
    const delivery = this.#behaviour.deliver(device.id, sealTcp(reply), {
      checksumAt: () => undefined,
      distort: (frame, fault) => sealTcp(wrongReply(openTcp(frame), fault)),
      foreign: () => sealTcp(this.#foreignReply(device, request, now)),
    });
    this.#deliver(delivery, device.replyDelayMs);
  }

  #refuse(request: TcpRequest): void {
    if (this.#unknownUnit !== 'gateway-exception') return;
    this.#socket.write(sealTcp({ ...request, pdu: exceptionPdu(request.pdu[0] ?? 0, EXCEPTION.gatewayTargetFailed) }));
  }

  /** Of a neighbour, or of a unit that would be one. */
  #foreignReply(device: Device, request: TcpRequest, now: number): Reply {
    const neighbour = this.#devices.find(({ unit }) => unit !== device.unit);
    const unit = neighbour?.unit ?? anotherUnit(device.unit);
    return { ...request, unit, pdu: answer(neighbour ?? device, harmless(request.pdu), now) };
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
    new Connection(socket, behaviour, options);
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
