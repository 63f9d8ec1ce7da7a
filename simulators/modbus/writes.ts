/** FC 05, 06, 15 and 16: MODBUS Application Protocol V1.1b3, 6.5, 6.6, 6.11 and 6.12. */
import { EXCEPTION, type Answer, type Device, type ExceptionCode, type Write } from './device.ts';

const MAX_COILS = 0x7b0;
const MAX_REGISTERS = 123;

/** Undefined: done. A write that is refused changes nothing. */
function carryOut(device: Device, write: Write, now: number): ExceptionCode | undefined {
  if (!device.image.writable(write.table, write.address, write.values.length)) return EXCEPTION.illegalAddress;
  const verdict = device.write?.(write, now) ?? 'store';
  if (typeof verdict === 'number') return verdict;
  if (verdict === 'store') device.image.put(write.table, write.address, write.values);
  return undefined;
}

/** The bytes after the function code, which the reply repeats. */
function repeated(pdu: DataView): Uint8Array {
  return new Uint8Array(pdu.buffer, pdu.byteOffset + 1, 4).slice();
}

function coilValue(device: Device, address: number, raw: number): number | undefined {
  if (device.rules.rawCoil?.(address) === true) return raw;
  if (raw === 0xff00) return 1;
  return raw === 0x0000 ? 0 : undefined;
}

export function writeOneCoil(device: Device, pdu: DataView, now: number): Answer {
  if (pdu.byteLength !== 5) return EXCEPTION.illegalValue;
  const address = pdu.getUint16(1);
  const value = coilValue(device, address, pdu.getUint16(3));
  if (value === undefined) return EXCEPTION.illegalValue;
  return carryOut(device, { table: 'coil', address, values: [value] }, now) ?? repeated(pdu);
}

export function writeOneRegister(device: Device, pdu: DataView, now: number): Answer {
  if (pdu.byteLength !== 5) return EXCEPTION.illegalValue;
  const write: Write = { table: 'holding', address: pdu.getUint16(1), values: [pdu.getUint16(3)] };
  return carryOut(device, write, now) ?? repeated(pdu);
}

/** Whether `pdu` announces as many bytes as `count` items of it need, and has them. */
function sized(pdu: DataView, count: number, most: number, bytes: number): boolean {
  return count >= 1 && count <= most && pdu.getUint8(5) === bytes && pdu.byteLength === 6 + bytes;
}

export function writeCoils(device: Device, pdu: DataView, now: number): Answer {
  if (pdu.byteLength < 7) return EXCEPTION.illegalValue;
  const count = pdu.getUint16(3);
  if (!sized(pdu, count, MAX_COILS, Math.ceil(count / 8))) return EXCEPTION.illegalValue;
  const values = Array.from({ length: count }, (_, i) => (pdu.getUint8(6 + (i >> 3)) >> (i & 7)) & 1);
  return carryOut(device, { table: 'coil', address: pdu.getUint16(1), values }, now) ?? repeated(pdu);
}

export function writeRegisters(device: Device, pdu: DataView, now: number): Answer {
  if (pdu.byteLength < 8) return EXCEPTION.illegalValue;
  const count = pdu.getUint16(3);
  if (!sized(pdu, count, MAX_REGISTERS, count * 2)) return EXCEPTION.illegalValue;
  const values = Array.from({ length: count }, (_, i) => pdu.getUint16(6 + i * 2));
  return carryOut(device, { table: 'holding', address: pdu.getUint16(1), values }, now) ?? repeated(pdu);
}
