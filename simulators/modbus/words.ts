/** Numbers as 16-bit words, most significant word first unless the name says otherwise. */

/** IEEE 754 single precision. */
export function float32(value: number): number[] {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return [view.getUint16(0), view.getUint16(2)];
}

/** Also a signed value: two's complement. */
export function word16(value: number): number[] {
  return [Math.round(value) & 0xffff];
}

/** 32 bits, high word first; a signed value in two's complement. Fractions are rounded. */
export function words32(value: number): number[] {
  const bits = Math.round(value) >>> 0;
  return [bits >>> 16, bits & 0xffff];
}

/** 32 bits, low word first. */
export function words32LowFirst(value: number): number[] {
  return words32(value).reverse();
}

/** 64 bits; a signed value in two's complement. Fractions are rounded. */
export function words64(value: number): number[] {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigInt64(0, BigInt(Math.round(value)));
  return [0, 2, 4, 6].map((at) => view.getUint16(at));
}
