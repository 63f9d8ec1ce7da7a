/** Asks a device in-process, through its PDUs, and reads the reply without any code of the product. */
import { answer } from '../modbus/answer.ts';
import type { Device } from '../modbus/device.ts';

/** Sends a PDU at `now` and returns the reply's PDU, after the device has been brought to that time. */
export function ask(device: Device, pdu: readonly number[], now = 0): Uint8Array {
  device.advance(now);
  return answer(device, Uint8Array.from(pdu), now);
}

/** The registers of an FC 03 or FC 04 reply. Fails loudly on an exception. */
export function registers(device: Device, code: 3 | 4, address: number, count: number, now = 0): DataView {
  const reply = ask(device, [code, address >> 8, address & 0xff, count >> 8, count & 0xff], now);
  if (reply[0] !== code) throw new Error(`FC ${code} at ${address}: exception ${reply[1] ?? '?'}`);
  return new DataView(reply.buffer, reply.byteOffset + 2);
}

/** The bits of an FC 01 or FC 02 reply. */
export function bits(device: Device, code: 1 | 2, address: number, count: number, now = 0): boolean[] {
  const reply = ask(device, [code, address >> 8, address & 0xff, count >> 8, count & 0xff], now);
  if (reply[0] !== code) throw new Error(`FC ${code} at ${address}: exception ${reply[1] ?? '?'}`);
  return Array.from({ length: count }, (_, i) => (((reply[2 + (i >> 3)] ?? 0) >> (i & 7)) & 1) === 1);
}

/** FC 05 with FF00 or 0000. */
export function writeCoil(device: Device, address: number, on: boolean, now = 0): Uint8Array {
  return ask(device, [0x05, address >> 8, address & 0xff, on ? 0xff : 0x00, 0x00], now);
}

/** FC 06. */
export function writeRegister(device: Device, address: number, value: number, now = 0): Uint8Array {
  return ask(device, [0x06, address >> 8, address & 0xff, value >> 8, value & 0xff], now);
}
