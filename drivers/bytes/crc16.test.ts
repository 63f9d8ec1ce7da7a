import { describe, expect, it } from 'vitest';
import { crc16Arc, crc16Modbus } from './crc16.ts';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('crc16Modbus', () => {
  it('yields the check value that catalogues of CRCs give for "123456789"', () => {
    expect(crc16Modbus(ascii('123456789'))).toBe(0x4b37);
  });

  it('yields the CRC of the example frame 11 03 00 6B 00 03, sent as 76 87', () => {
    expect(crc16Modbus(Uint8Array.of(0x11, 0x03, 0x00, 0x6b, 0x00, 0x03))).toBe(0x8776);
  });

  it('starts from FFFF, the remainder of no bytes at all', () => {
    expect(crc16Modbus(new Uint8Array())).toBe(0xffff);
  });

  it('takes only the bytes between start and end', () => {
    expect(crc16Modbus(Uint8Array.of(0xfe, 0x11, 0x03, 0x00, 0x6b, 0x00, 0x03, 0xfe), 1, 7)).toBe(0x8776);
  });

  it('yields 0 over a frame together with its CRC', () => {
    expect(crc16Modbus(Uint8Array.of(0x11, 0x03, 0x00, 0x6b, 0x00, 0x03, 0x76, 0x87))).toBe(0);
  });
});

describe('crc16Arc', () => {
  it('yields the check value that catalogues of CRCs give for "123456789"', () => {
    expect(crc16Arc(ascii('123456789'))).toBe(0xbb3d);
  });

  it('starts from 0, the remainder of no bytes at all', () => {
    expect(crc16Arc(new Uint8Array())).toBe(0);
  });
});
