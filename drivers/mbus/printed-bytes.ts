/** `00 01 75 13`: all of them, as libmbus prints data that it does not read. */
export function printedBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}
