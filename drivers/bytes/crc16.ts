/** Check values of one polynomial: that of Modbus RTU, and that of SIA DC-09. */

const POLYNOMIAL = 0xa001;

/** The effect of each low byte on the remainder. */
const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let effect = byte;
  for (let bit = 0; bit < 8; bit++) effect = effect & 1 ? (effect >>> 1) ^ POLYNOMIAL : effect >>> 1;
  return effect;
});

/**
 * CRC-16/MODBUS of `bytes[start, end)`, 0 to 65535: MODBUS over Serial Line V1.02, 6.2.2. On the wire its low byte comes
 * first. A frame that includes its CRC yields 0.
 */
export function crc16Modbus(bytes: Uint8Array, start = 0, end = bytes.length): number {
  return remainder(0xffff, bytes, start, end);
}

/** CRC-16/ARC of `bytes[start, end)`, 0 to 65535: ANSI/SIA DC-09, 5.5.1.2, where it travels as four hex digits. */
export function crc16Arc(bytes: Uint8Array, start = 0, end = bytes.length): number {
  return remainder(0, bytes, start, end);
}

function remainder(initial: number, bytes: Uint8Array, start: number, end: number): number {
  let crc = initial;
  for (let i = start; i < end; i++) crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
  return crc;
}
