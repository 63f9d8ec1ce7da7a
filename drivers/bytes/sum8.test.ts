import { describe, expect, it } from 'vitest';
import { sum8 } from './sum8.ts';

describe('sum8', () => {
  it('adds up all bytes and drops the carry', () => {
    expect(sum8(Uint8Array.of(0x68, 0xff, 0x01))).toBe(0x68);
  });

  it('adds up a part', () => {
    expect(sum8(Uint8Array.of(9, 1, 2, 9), 1, 3)).toBe(3);
  });

  it('reads nothing past the end', () => {
    expect(sum8(Uint8Array.of(1, 2), 1, 10)).toBe(2);
  });
});
