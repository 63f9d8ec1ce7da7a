/**
 * `value` as C's printf prints it with %f: six decimals of the double's exact value, a tie to the even digit. toFixed differs
 * from it only in ties, where it goes up, and above 10²¹, where it writes an exponent. C17, 7.21.6.1; IEEE 754-2019, 4.3.1.
 */
export function printedF(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (Object.is(value, -0)) return '-0.000000';
  if (Math.abs(value) >= 1e21) return `${BigInt(value)}.000000`;
  // A tie has a seventh decimal of 5 and none behind it: only odd multiples of 2⁻⁷ have that.
  const exact = value.toFixed(7);
  const tie = Math.abs(value * 128) % 2 === 1 && exact.endsWith('5');
  return tie && Number(exact.at(-2)) % 2 === 0 ? exact.slice(0, -1) : value.toFixed(6);
}
