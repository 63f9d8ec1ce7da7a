/** The order of bytes in a register and of registers in a value. */
import type { ModbusPoint } from './profile.ts';

/**
 * Turns registers as they stand on the wire into the words of the value, most significant first; and back, for it is its
 * own inverse. A string's registers are in reading order whatever the order of the words in a number.
 */
export function arrange(
  { type, wordOrder, byteOrder }: Pick<ModbusPoint, 'type' | 'wordOrder' | 'byteOrder'>,
  words: readonly number[],
): number[] {
  const bytesRight = byteOrder === 'little' ? words.map(swapBytes) : [...words];
  return wordOrder === 'low-first' && type !== 'string' ? bytesRight.reverse() : bytesRight;
}

function swapBytes(word: number): number {
  return ((word & 0xff) << 8) | (word >>> 8);
}
