/** Binary-coded decimal: one decimal digit in each four bits. */

/** The number that `digits` nibbles of `packed` spell (0x1234 → 1234); null where a nibble is not a digit. */
export function fromBcd(packed: number, digits: number): number | null {
  let value = 0;
  for (let place = digits - 1; place >= 0; place--) {
    const digit = Math.floor(packed / 16 ** place) % 16;
    if (digit > 9) return null;
    value = value * 10 + digit;
  }
  return value;
}

/** `value` as `digits` nibbles (1234 → 0x1234); null where it is negative, not whole or has more digits. */
export function toBcd(value: number, digits: number): number | null {
  if (!Number.isInteger(value) || value < 0 || value >= 10 ** digits) return null;
  return Number.parseInt(String(value), 16);
}
