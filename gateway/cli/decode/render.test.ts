import { describe, expect, it } from 'vitest';
import { fromHex } from '../../../drivers/modbus/testing/vectors.ts';
import { palette } from '../text/palette.ts';
import { protocols } from './protocols.ts';
import { entryLines } from './render.ts';

function lines(hex: string, second?: number): string[] {
  const bytes = fromHex(hex);
  const protocol = protocols['modbus-rtu'];
  const options = second === undefined ? {} : { second };
  return entryLines(protocol, bytes, protocol.explain(bytes), palette(false), options).flat();
}

describe('entryLines', () => {
  it('puts the bytes of a frame beside their names', () => {
    expect(lines('010300000002c40b')).toEqual([
      'request to unit 1: Read Holding Registers (bytes 0 to 7)',
      '  01     unit      1',
      '  03     function  3 Read Holding Registers',
      '  00 00  address   0 (0x0000)',
      '  00 02  count     2',
      '  C4 0B  CRC       right',
    ]);
  });

  it('shows what is no frame, and why', () => {
    expect(lines('010300000002c40c')).toEqual([
      'crc: its CRC is c40c and should be c40b (bytes 0 to 7)',
      '  01 03 00 00 00 02 C4 0C',
    ]);
    expect(lines('fe')).toEqual(['garbage: 1 byte belongs to no Modbus frame (byte 0)', '  FE']);
  });

  it('breaks long runs of bytes', () => {
    expect(lines('ff'.repeat(20)).slice(1)).toEqual([`  ${'FF '.repeat(15)}FF`, '  FF FF FF FF']);
  });

  it('counts a second piece from its own start', () => {
    const titles = lines('07040000000271ad070404436633347d38', 8).filter((line) => line.includes('(bytes'));
    expect(titles).toEqual([
      'request to unit 7: Read Input Registers (bytes 0 to 7)',
      'reply of unit 7: Read Input Registers (bytes 0 to 8)',
    ]);
  });

  it('says that a request to unit 0 is for everybody', () => {
    expect(lines('0005000aff00ade9')[0]).toMatch(/^request to all units/);
  });
});
