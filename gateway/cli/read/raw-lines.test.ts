import { describe, expect, it } from 'vitest';
import { palette } from '../text/palette.ts';
import { rawLines } from './raw-lines.ts';

describe('rawLines', () => {
  it('shows what registers could mean', () => {
    expect(rawLines(0x2000, [0x4366, 0x3334, 0xffff], palette(false))).toEqual([
      'address           hex    u16    i16  u32 with next  f32 with next  text',
      '   8192  0x2000  4366  17254  17254     1130771252          230.2  Cf',
      '   8193  0x2001  3334  13108  13108      859111423                 34',
      '   8194  0x2002  FFFF  65535     -1',
    ]);
  });

  it('shows bits as they stand', () => {
    expect(rawLines(9, [true, false], palette(false))).toEqual([
      'address          bit',
      '      9  0x0009  1',
      '     10  0x000A  0',
    ]);
  });
});
