import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHex } from './hex-input.ts';

const BYTES = Uint8Array.of(0x01, 0x03, 0xc4, 0x0b);

describe('parseHex', () => {
  it.each([
    '0103c40b',
    '0103C40B',
    '01 03 c4 0b',
    '01:03:C4:0B',
    '01,03,c4,0b',
    '0x01 0x03 0xC4 0x0B',
    '0x1, 0x3, 0xC4, 0xB',
    '0x0103c40b',
    ' 01 03\n\tc4 0b\r\n',
    '0103 c40b',
  ])('reads %j', (text) => {
    const input = parseHex(text);
    expect(input.ok && Uint8Array.from(input.bytes)).toEqual(BYTES);
  });

  it.each(['', '   ', '\r'])('finds no bytes in %j', (text) => {
    expect(parseHex(text)).toMatchObject({ ok: true, bytes: { length: 0 } });
  });

  it.each([
    ['01 0g', 'character 5 is "g", which is no hex digit'],
    ['zz', 'character 1 is "z", which is no hex digit'],
    ['01 03 c', 'one hex digit from character 7 on: a byte has two'],
    ['010', '3 hex digits from character 1 on: a byte has two'],
    ['0x0103c', '5 hex digits from character 3 on: a byte has two'],
    ['01 0xg1', 'character 6 is "g", which is no hex digit'],
    ['01 €', 'character 4 is "€", which is no hex digit'],
  ])('says where %j is no hex', (text, message) => {
    expect(parseHex(text)).toEqual({ ok: false, message });
  });

  it('reads back whatever bytes were written', () => {
    const separators = fc.constantFrom('', ' ', ':', ', ', '\n', ' 0x');
    fc.assert(
      fc.property(fc.uint8Array(), separators, (bytes, separator) => {
        const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
        const input = parseHex(pairs.join(separator));
        expect(input.ok && Uint8Array.from(input.bytes)).toEqual(bytes);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('0', 'a', 'F', 'x', 'X', ' ', ':', ',', '\n', 'g', '€', '😀') }),
        (text) => typeof parseHex(text).ok === 'boolean',
      ),
    );
  });
});
