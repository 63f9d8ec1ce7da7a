/** Binary-coded decimals whose lowest two digits come first on the wire, as meters send them. */

/** The digits of `bytes`, the last byte's first (76 21 02 00 → `00022176`); null where a nibble is not a digit. */
export function digitsLowFirst(bytes: Uint8Array): string | null {
  let digits = '';
  for (const byte of bytes) digits = byte.toString(16).padStart(2, '0') + digits;
  return /^\d*$/.test(digits) ? digits : null;
}

/** `digits` in as many bytes as they need, two in each, the last two first; null where they are not pairs of digits. */
export function bytesLowFirst(digits: string): Uint8Array | null {
  if (!/^(?:\d\d)*$/.test(digits)) return null;
  return Uint8Array.from(Buffer.from(digits, 'hex')).reverse();
}

/**
 * The number that a register shows: `digits` with the last `decimals` of them behind the point, and no zeros in front
 * (`00022176`, 2 → `221.76`). A register that counts in tens has decimals −1.
 */
export function registerText(digits: string, decimals: number): string {
  const scaled = decimals < 0 ? digits + '0'.repeat(-decimals) : digits.padStart(decimals + 1, '0');
  const point = scaled.length - Math.max(decimals, 0);
  const whole = scaled.slice(0, point).replace(/^0+(?=\d)/, '');
  return decimals > 0 ? `${whole}.${scaled.slice(point)}` : whole;
}
