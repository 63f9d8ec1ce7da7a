/** The check value of Modbus RTU frames: MODBUS over Serial Line V1.02, 6.2.2. */

const POLYNOMIAL = 0xa001;

/** The effect of each low byte on the remainder. */
const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ POLYNOMIAL : remainder >>> 1;
  return remainder;
});

/**
 * CRC-16/MODBUS of `bytes[start, end)`, 0 to 65535. On the wire its low byte comes first.
 * A frame that includes its CRC yields 0.
 */
export function crc16Modbus(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let crc = 0xffff;
  for (let i = start; i < end; i++) crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
  return crc;
}
