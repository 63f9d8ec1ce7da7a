/** The check byte of DL/T 645, CJ/T 188 and M-Bus: the sum of the bytes, modulo 256. */

/** The sum of `bytes[start, end)` modulo 256. */
export function sum8(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let sum = 0;
  for (let at = start; at < end; at++) sum += bytes[at] ?? 0;
  return sum & 0xff;
}
