/** Bytes as people write them. */

/** `c40b`: lower case, no spaces, as in captures and test vectors. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

/** `FE FE 68 …`: at most `limit` bytes, for messages to an engineer. */
export function spacedHex(bytes: Uint8Array, limit = 16): string {
  const shown = Array.from(bytes.subarray(0, limit), (byte) => byte.toString(16).toUpperCase().padStart(2, '0'));
  return shown.join(' ') + (bytes.length > limit ? ' …' : '');
}
