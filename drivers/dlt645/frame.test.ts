import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hex } from '../bytes/hex.ts';
import { addressBytes, addressMatches, addressText } from './frame-address.ts';
import { frameEnd, openFrame, sealFrame, soundFrameEnd } from './frame.ts';
import { fromHex, vectorBytes } from './testing/vectors.ts';
import { wireFrame } from './testing/wire-frame.ts';

const address = fc.stringMatching(/^\d{12}$/);
const frame = fc.record({ address, control: fc.nat(255), data: fc.uint8Array({ maxLength: 255 }) });

describe('sealFrame', () => {
  it('makes the published request for the total of meter 003411001043, with four wake-up bytes', () => {
    const sealed = sealFrame({ address: '003411001043', control: 0x11, data: fromHex('00000602') });
    expect(sealed).toEqual(vectorBytes('P-dlt645-2007-040'));
  });

  it('adds 33H modulo 256', () => {
    expect(hex(sealFrame({ address: '000000000001', control: 0x14, data: fromHex('cc cd ff') }, 0))).toContain(
      'ff0032',
    );
  });

  it.each(['12345678901', '1234567890123', '12345678901x', 'aa34567890aa', '', '12345678901f'])(
    'refuses the address %j',
    (wrong) => {
      expect(() => sealFrame({ address: wrong, control: 0x11, data: new Uint8Array() })).toThrow(
        'is no DL/T 645 address',
      );
    },
  );

  it('refuses more data than the length can tell', () => {
    const data = new Uint8Array(256);
    expect(() => sealFrame({ address: '000000000001', control: 0x14, data })).toThrow('256 bytes');
  });

  it('is what the byte table says, and is undone by openFrame', () => {
    fc.assert(
      fc.property(frame, (one) => {
        const sealed = sealFrame(one, 0);
        expect(sealed).toEqual(wireFrame(one.address, one.control, hex(one.data)));
        expect(openFrame(sealed)).toEqual(one);
      }),
    );
  });
});

describe('frameEnd', () => {
  const bytes = vectorBytes('P-dlt645-2007-007');

  it('is beyond the bytes where some have not come yet', () => {
    expect(frameEnd(bytes.subarray(0, 12), 0)).toBe(16);
  });

  it.each([
    ['the second 68H is missing', '68 12 90 78 56 34 12 69 11 04'],
    ['it is a DL/T 698.45 frame', '68 17 00 43 45 aa aa aa aa aa aa 10 da 5f'],
    ['the length has not come yet', '68 12 90 78 56 34 12 68 11'],
  ])('is unknown where %s', (_, text) => {
    expect(frameEnd(fromHex(text), 0)).toBeNull();
  });
});

describe('soundFrameEnd', () => {
  const bytes = vectorBytes('P-dlt645-2007-007');

  it.each(Array.from(bytes.keys()))('refuses a frame with another byte %i', (at) => {
    const damaged = bytes.map((byte, i) => (i === at ? byte ^ 0x04 : byte));
    expect(soundFrameEnd(damaged, 0)).toBeNull();
  });

  it('never reads past the end', () => {
    for (let end = 0; end < bytes.length; end++) expect(soundFrameEnd(bytes.subarray(0, end), 0)).toBeNull();
    expect(soundFrameEnd(bytes, 0)).toBe(bytes.length);
  });
});

describe('addresses', () => {
  it('go over the wire with their last two digits first', () => {
    expect(addressBytes('123456789012')).toEqual(fromHex('12 90 78 56 34 12'));
    expect(addressText(fromHex('12 90 78 56 34 12'))).toBe('123456789012');
  });

  it.each(['aaaaaaaaaaaa', 'AAAAAAAA4321', '999999999999'])('may be %s', (text) => {
    expect(addressText(addressBytes(text) ?? new Uint8Array())).toBe(text.toLowerCase());
  });

  it.each([
    ['its own', '000000000161', '000000000161', true],
    ['another', '000000000161', '000000000162', false],
    ['any', 'aaaaaaaaaaaa', '000000000161', true],
    ['the wildcard, where that was asked', 'aaaaaaaaaaaa', 'aaaaaaaaaaaa', true],
    ['the wildcard, where one meter was asked', '000000000161', 'aaaaaaaaaaaa', false],
    ['one that ends as was asked', 'AAAAAAAA0161', '000000000161', true],
    ['one that ends otherwise', 'aaaaaaaa0161', '000000000162', false],
    ['the wildcard, where a part was asked', 'aaaaaaaa0161', 'aaaaaaaaaaaa', false],
  ])('match %s', (_, asked, answered, matches) => {
    expect(addressMatches(asked, answered)).toBe(matches);
  });
});
