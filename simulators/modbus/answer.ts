/** A request PDU in, a reply PDU out: MODBUS Application Protocol V1.1b3, 6 and 7. */
import { EXCEPTION, type Answer, type Device, type ExceptionCode } from './device.ts';
import { readBits, readRegisters } from './reads.ts';
import { writeOneCoil, writeOneRegister, writeCoils, writeRegisters } from './writes.ts';

type Handler = (device: Device, pdu: DataView, now: number) => Answer;

const HANDLERS: Readonly<Record<number, Handler>> = {
  0x01: (device, pdu) => readBits(device, 'coil', pdu),
  0x02: (device, pdu) => readBits(device, 'discrete', pdu),
  0x03: (device, pdu) => readRegisters(device, 'holding', pdu),
  0x04: (device, pdu) => readRegisters(device, 'input', pdu),
  0x05: writeOneCoil,
  0x06: writeOneRegister,
  0x08: (_device, pdu) => echo(pdu),
  0x0f: writeCoils,
  0x10: writeRegisters,
};

/** FC 08, sub-function 0: return query data (6.8). Other sub-functions are not there. */
function echo(pdu: DataView): Answer {
  if (pdu.byteLength < 5) return EXCEPTION.illegalValue;
  if (pdu.getUint16(1) !== 0) return EXCEPTION.illegalFunction;
  return new Uint8Array(pdu.buffer, pdu.byteOffset + 1, pdu.byteLength - 1).slice();
}

/** Carries out `pdu` on `device` at `now` (monotonic milliseconds) and returns the reply's PDU. */
export function answer(device: Device, pdu: Uint8Array, now: number): Uint8Array {
  const code = pdu[0] ?? 0;
  const handler = device.rules.functions.includes(code) ? HANDLERS[code] : undefined;
  const view = new DataView(pdu.buffer, pdu.byteOffset, pdu.byteLength);
  const body = handler === undefined ? EXCEPTION.illegalFunction : handler(device, view, now);
  return typeof body === 'number' ? exceptionPdu(code, body) : Uint8Array.of(code, ...body);
}

export function exceptionPdu(functionCode: number, code: ExceptionCode): Uint8Array {
  return Uint8Array.of(functionCode | 0x80, code);
}
