/** IEEE 754 single precision, as people read it. */

const PATTERN = new DataView(new ArrayBuffer(4));

/** The number that the 32 bits of `pattern` stand for. */
export function float32Of(pattern: number): number {
  PATTERN.setUint32(0, pattern);
  return PATTERN.getFloat32(0);
}

/** The 32 bits of the float that is nearest to `value`. */
export function patternOfFloat32(value: number): number {
  PATTERN.setFloat32(0, value);
  return PATTERN.getUint32(0);
}

/**
 * The shortest decimal that stands for this float among all floats: 0x43663333 is 230.2, where its exact value is
 * 230.1999969482422. NaN and infinities are returned as they are. Nine digits always suffice (IEEE 754-2019, 5.12.2).
 */
export function shortestFloat32(value: number): number {
  const float = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const shorter = Number(float.toPrecision(digits));
    if (Math.fround(shorter) === float) return shorter;
  }
  return Number.isFinite(float) ? Number(float.toPrecision(9)) : float;
}

/**
 * The float as its sender means it. Meters compute in single precision, so that what they mean is often the float next to
 * the nearest one: Eastron sends 230.2 V as 0x43663334, which strictly is 230.20001. Of the decimals of up to seven digits
 * (what every float holds) the shortest that is less than one step of the format away; where there is none, the shortest
 * that stands for the float. Whole numbers and counters with eight digits thus stay exact.
 */
export function meantFloat32(value: number): number {
  const float = Math.fround(value);
  const step = stepAt(float);
  for (let digits = 1; digits <= 7; digits++) {
    const shorter = Number(float.toPrecision(digits));
    if (Math.abs(shorter - float) < step) return shorter;
  }
  return shortestFloat32(float);
}

/** The distance from `float` to the next one towards 0; NaN for 0, infinities and NaN. */
function stepAt(float: number): number {
  const magnitude = Math.abs(float);
  return magnitude === 0 ? Number.NaN : magnitude - float32Of(patternOfFloat32(magnitude) - 1);
}
