/** `01 03 C4 0B` → bytes. For tests: literal bytes as documents print them. */
export function bytes(spaced: string): Uint8Array {
  return Uint8Array.from(Buffer.from(spaced.replaceAll(' ', ''), 'hex'));
}
