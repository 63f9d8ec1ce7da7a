import { describe, expect, it } from 'vitest';
import { announcedLength, endOfFrame, openFrame, sealLong, sealShort } from './frame.ts';
import { fromHex, longFrame, mbusVectors } from './testing/vectors.ts';

describe('sealShort and sealLong', () => {
  it('seal a request for data as it is published', () => {
    expect(sealShort(0x5b, 0xfd)).toEqual(fromHex('10 5b fd 58 16'));
  });

  it('count C, A and CI field and sum from the C field on', () => {
    const address = fromHex('51 75 35 16 ff ff ff ff');
    expect(sealLong(0x73, 0xfd, 0x52, address)).toEqual(fromHex('68 0b 0b 68 73 fd 52 51753516 ffffffff cf 16'));
  });

  it('seal frames without data and with as many as fit', () => {
    expect(sealLong(0x53, 0xfe, 0xbb, new Uint8Array(0))).toEqual(fromHex('68 03 03 68 53 fe bb 0c 16'));
    expect(sealLong(0x53, 1, 0x51, new Uint8Array(252))).toHaveLength(261);
  });

  it('refuse more data than a frame has room for', () => {
    expect(() => sealLong(0x53, 1, 0x51, new Uint8Array(253))).toThrow(RangeError);
  });
});

describe('endOfFrame', () => {
  it.each(mbusVectors)('finds the end of $id, and nothing in it when a byte is missing or changed', ({ hex }) => {
    const bytes = fromHex(hex);
    expect(endOfFrame(bytes, 0)).toBe(bytes.length);
    expect(endOfFrame(bytes.subarray(0, -1), 0)).toBeNull();
    expect(endOfFrame(bytes.with(1, (bytes[1] ?? 0) ^ 1), 0)).toBeNull();
    expect(endOfFrame(bytes.with(-1, 0x17), 0)).toBeNull();
  });

  it('finds a frame behind others', () => {
    expect(endOfFrame(fromHex('e5 10 5b fd 58 16 00'), 1)).toBe(6);
  });

  it('takes E5 for a frame of its own', () => {
    expect(endOfFrame(fromHex('e5 e5'), 1)).toBe(2);
  });

  it.each(['68 02 02 68 08 01 09 16', '68 03 04 68 08 01 70 79 16', '68 03 03 69 08 01 70 79 16', '16', ''])(
    'takes %s for no frame',
    (hex) => {
      expect(announcedLength(fromHex(hex), 0)).toBeNull();
    },
  );
});

describe('openFrame', () => {
  it('opens what was sealed', () => {
    expect(openFrame(sealShort(0x40, 5))).toEqual({ kind: 'short', control: 0x40, address: 5 });
    const data = fromHex('01 02');
    expect(openFrame(sealLong(0x08, 5, 0x72, data))).toEqual({ kind: 'long', control: 8, address: 5, ci: 0x72, data });
    expect(openFrame(fromHex('e5'))).toEqual({ kind: 'ack' });
  });

  it('seals as the frames of other people are sealed', () => {
    expect(sealLong(0x08, 1, 0x72, fromHex('aabb'))).toEqual(longFrame(0x08, 1, '72 aabb'));
  });
});
