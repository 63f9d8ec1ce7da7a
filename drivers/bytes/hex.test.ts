import { describe, expect, it } from 'vitest';
import { hex, spacedHex } from './hex.ts';

describe('hex', () => {
  it('writes two lower-case digits a byte', () => {
    expect(hex(Uint8Array.of(0x00, 0x0a, 0xc4))).toBe('000ac4');
  });

  it('writes only the bytes of a view into a larger buffer', () => {
    expect(hex(Uint8Array.of(1, 2, 3, 4).subarray(1, 3))).toBe('0203');
  });
});

describe('spacedHex', () => {
  it('writes upper-case pairs with spaces', () => {
    expect(spacedHex(Uint8Array.of(0xfe, 0x01, 0x68))).toBe('FE 01 68');
  });

  it('ends with an ellipsis where bytes are left out', () => {
    expect(spacedHex(Uint8Array.of(1, 2, 3), 2)).toBe('01 02 …');
  });
});
