/**
 * modbus-serial as a codec and nothing else (decision 0002): it writes a request into a port that goes nowhere, and reads
 * the one matched frame that it is handed back. It has no wire, no timer and no second request on the same slot, so none of
 * the faults that come from those can happen here.
 */
import { EventEmitter } from 'node:events';
import modbusSerial from 'modbus-serial';
import { exceptionError } from './exceptions.ts';

export type ReadFunction = 1 | 2 | 3 | 4;
export type Request =
  | { readonly fc: ReadFunction; readonly address: number; readonly count: number }
  | { readonly fc: 5; readonly address: number; readonly value: boolean }
  | { readonly fc: 6; readonly address: number; readonly value: number }
  | { readonly fc: 15; readonly address: number; readonly values: readonly boolean[] }
  | { readonly fc: 16; readonly address: number; readonly values: readonly number[] };

type Library = InstanceType<typeof modbusSerial.default>;
type LibraryError = Error & { readonly modbusCode?: number };
type Callback = (error: LibraryError | null, result?: object) => void;

/** The port that modbus-serial believes in: it keeps what was written, and emits what it is given. */
class MemoryPort extends EventEmitter {
  readonly isOpen = true;
  _transactionIdRead = 1;
  _transactionIdWrite = 1;
  written: Uint8Array = new Uint8Array();

  open(callback: (error: null) => void): void {
    callback(null);
  }

  write(frame: Buffer): void {
    this.written = frame;
  }

  close(callback: () => void): void {
    callback();
  }
}

export interface Encoded {
  /** Function code and data: what goes between an envelope's unit and its check value. */
  readonly pdu: Uint8Array;
  /** Decodes the RTU frame of the answer; values of a read, nothing of a write. Throws DriverError on an exception reply. */
  readonly decode: (reply: Uint8Array) => readonly (number | boolean)[];
  /** Gives the slot back; to be called once, whatever became of the request. */
  readonly release: () => void;
}

export type Codec = (unit: number, request: Request) => Encoded;

export function createCodec(): Codec {
  const port = new MemoryPort();
  const library = new modbusSerial.default(port);
  library.open();
  // The library keeps one transaction per slot; a slot is not used again before its request is over.
  const free: number[] = [];
  let slots = 0;

  return (unit, request) => {
    const slot = free.pop() ?? (slots += 1);
    port._transactionIdWrite = slot;
    const outcome: { failure: LibraryError | null; values: readonly (number | boolean)[] } = {
      failure: null,
      values: [],
    };
    write(library, unit, request, (error, result) => {
      outcome.failure = error;
      outcome.values = result && 'data' in result ? (result.data as (number | boolean)[]) : [];
    });
    if (outcome.failure) throw outcome.failure;
    return {
      pdu: port.written.subarray(1, -2),
      decode: (reply) => {
        port._transactionIdRead = slot;
        port.emit('data', Buffer.from(reply.buffer, reply.byteOffset, reply.byteLength));
        if (outcome.failure) throw asDriverError(outcome.failure, request.fc);
        return 'count' in request ? outcome.values.slice(0, request.count) : [];
      },
      release: () => void free.push(slot),
    };
  };
}

function write(library: Library, unit: number, request: Request, done: Callback): void {
  switch (request.fc) {
    case 1:
      return library.writeFC1(unit, request.address, request.count, done);
    case 2:
      return library.writeFC2(unit, request.address, request.count, done);
    case 3:
      return library.writeFC3(unit, request.address, request.count, done);
    case 4:
      return library.writeFC4(unit, request.address, request.count, done);
    case 5:
      return library.writeFC5(unit, request.address, request.value, done);
    case 6:
      return library.writeFC6(unit, request.address, request.value, done);
    case 15:
      return library.writeFC15(unit, request.address, [...request.values], done);
    case 16:
      return library.writeFC16(unit, request.address, [...request.values], done);
  }
}

function asDriverError(error: LibraryError, fc: number): Error {
  const code = error.modbusCode;
  return code === undefined ? error : exceptionError(code, fc);
}
