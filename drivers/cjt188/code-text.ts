/** Codes as the tables of the standard print them. */

/** `0A`. */
export function hexByte(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

/** `901F`. */
export function hexWord(word: number): string {
  return word.toString(16).toUpperCase().padStart(4, '0');
}
