import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { float32Of, meantFloat32, patternOfFloat32, shortestFloat32 } from './float32.ts';

describe('float32Of and patternOfFloat32', () => {
  it.each([
    [0x43663333, 230.1999969482422],
    [0x3f800000, 1],
    [0xc2c80000, -100],
    [0x00000001, 1.401298464324817e-45],
    [0x7f7fffff, 3.4028234663852886e38],
    [0x7f800000, Infinity],
  ])('hold that pattern %i is %f', (pattern, value) => {
    expect(float32Of(pattern)).toBe(value);
    expect(patternOfFloat32(value)).toBe(pattern);
  });

  it('reads 7FC00000 as not a number', () => {
    expect(float32Of(0x7fc00000)).toBeNaN();
  });
});

describe('shortestFloat32', () => {
  it.each([
    [0x43663333, 230.2],
    [0x3dcccccd, 0.1],
    [0x4b7fffff, 16777215],
    [0x00000001, 1e-45],
    [0x7f7fffff, 3.4028235e38],
    [0x43663334, 230.20001],
    [0x7f800000, Infinity],
    [0xff800000, -Infinity],
  ])('writes the float with pattern %i as %f', (pattern, shortest) => {
    expect(shortestFloat32(float32Of(pattern))).toBe(shortest);
  });

  it('stands for the same float, whatever it is', () => {
    fc.assert(fc.property(fc.float({ noNaN: true }), (value) => Math.fround(shortestFloat32(value)) === value));
  });
});

describe('meantFloat32', () => {
  it.each([
    [0x43663333, 230.2],
    [0x43663334, 230.2],
    [0x43663335, 230.20003],
    [0x43663339, 230.2001],
    [0x42700000, 60],
    [0x00000000, 0],
    [0x3f800001, 1.0000001],
    [0x4996b439, 1234567.1],
    [0x4b3c614e, 12345678],
    [0x4b7fffff, 16777215],
    [0x7f7fffff, 3.4028235e38],
    [0x00000001, 1e-45],
    [0x7f800000, Infinity],
  ])('reads the float with pattern %i as %f', (pattern, meant) => {
    expect(meantFloat32(float32Of(pattern))).toBe(meant);
  });

  it('is never a step of the format away', () => {
    const float = fc.float({ min: Math.fround(1e-44), noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(float, (value) => {
        const step = value - float32Of(patternOfFloat32(value) - 1);
        return Math.abs(meantFloat32(value) - value) < step;
      }),
    );
  });
});
