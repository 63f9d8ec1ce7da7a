/** How long bytes take on a serial line. */

export type SerialFormat = '8N1' | '8E1' | '8O1' | '8N2' | '7E1' | '7O1' | '8E2' | '8O2' | '7N2';

/** Milliseconds of one character: start bit, data bits, parity bit if any, stop bits. */
export function byteTimeMs(baud: number, format: SerialFormat): number {
  const parity = format[1] === 'N' ? 0 : 1;
  return ((1 + Number(format[0]) + parity + Number(format[2])) * 1000) / baud;
}

/** The silence that ends an RTU frame, in ms: MODBUS over Serial Line V1.02, 2.5.1.1: fixed above 19 200 baud. */
export function silenceMs(baud: number, format: SerialFormat): number {
  return baud > 19_200 ? 1.75 : 3.5 * byteTimeMs(baud, format);
}
