/** FC 01 to 04: MODBUS Application Protocol V1.1b3, 6.1 to 6.4. */
import { EXCEPTION, type Answer, type Device, type ExceptionCode, type Read } from './device.ts';
import type { Table } from './image.ts';

const MAX_BITS = 2000;
const MAX_REGISTERS = 125;

function parseRead(device: Device, table: Table, pdu: DataView, most: number): Read | ExceptionCode {
  if (pdu.byteLength !== 5) return EXCEPTION.illegalValue;
  const read = { table, address: pdu.getUint16(1), count: pdu.getUint16(3) };
  if (read.count < 1 || read.count > most) return EXCEPTION.illegalValue;
  const refused = device.rules.checkRead?.(read);
  if (refused !== undefined) return refused;
  return device.image.has(table, read.address, read.count) ? read : EXCEPTION.illegalAddress;
}

/** Bits travel eight to a byte, the lowest address in the lowest bit; the last byte is filled with zeros. */
export function readBits(device: Device, table: 'coil' | 'discrete', pdu: DataView): Answer {
  const read = parseRead(device, table, pdu, MAX_BITS);
  if (typeof read === 'number') return read;
  const body = new Uint8Array(1 + Math.ceil(read.count / 8));
  body[0] = body.length - 1;
  device.image.read(table, read.address, read.count).forEach((bit, i) => {
    const at = 1 + (i >> 3);
    if (bit !== 0) body[at] = (body[at] ?? 0) | (1 << (i & 7));
  });
  return body;
}

export function readRegisters(device: Device, table: 'input' | 'holding', pdu: DataView): Answer {
  const read = parseRead(device, table, pdu, device.rules.maxRegisters ?? MAX_REGISTERS);
  if (typeof read === 'number') return read;
  const words = device.image.read(table, read.address, read.count);
  return Uint8Array.of(words.length * 2, ...words.flatMap((word) => [word >> 8, word & 0xff]));
}
