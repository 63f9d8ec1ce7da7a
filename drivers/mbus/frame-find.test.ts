import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACK, endOfFrame } from './frame.ts';
import type { FoundFrame } from './frame-found.ts';
import { findFrames } from './frame-find.ts';
import { fromHex, joined, mbusVectors, vectorBytes } from './testing/vectors.ts';

const request = vectorBytes('P-mbus-052');
const data = vectorBytes('P-mbus-038');

/** `ok 0+5`, `checksum 5+9`: what was found where. */
function outline(entries: readonly FoundFrame[]): string[] {
  return entries.map((entry) => `${entry.ok ? 'ok' : entry.error.code} ${entry.offset}+${entry.length}`);
}

const outlineOf = (hex: string): string[] => outline(findFrames(fromHex(hex)));

describe('findFrames', () => {
  it('finds request, acknowledgement and reply of one dialogue', () => {
    const stream = joined(request, fromHex('e5'), data);
    expect(outline(findFrames(stream))).toEqual(['ok 0+5', 'ok 5+1', 'ok 6+76']);
  });

  it('finds nothing in nothing', () => {
    expect(findFrames(new Uint8Array(0))).toEqual([]);
  });

  it('leaves noise and wake-up bytes around frames as they are', () => {
    expect(outlineOf('fe fe 10 5b fd 58 16 00 ff')).toEqual(['garbage 0+2', 'ok 2+5', 'garbage 7+2']);
  });

  it('takes an E5 in a frame for a part of it, whole or damaged', () => {
    expect(outlineOf('68 04 04 68 08 01 70 e5 5e 16')).toEqual(['ok 0+10']);
    expect(outlineOf('68 04 04 68 08 01 70 e5 5f 16')).toEqual(['checksum 0+10']);
    expect(outlineOf('68 08 08 68 08 01 70 e5')).toEqual(['truncated 0+8']);
  });

  it('says which check byte a damaged frame should have', () => {
    expect(findFrames(fromHex('10 5b fd 59 16'))).toMatchObject([
      { error: { code: 'checksum', checksumFound: '59', checksumExpected: '58' } },
    ]);
  });

  it('finds the frame behind one that is cut off', () => {
    const stream = joined(data.subarray(0, 30), request, data.subarray(0, 3));
    expect(outline(findFrames(stream))).toEqual(['truncated 0+30', 'ok 30+5', 'truncated 35+3']);
  });

  it.each([
    ['68 0f 0e 68 08 01', 'structure 0+4', 'the length bytes differ: 15 and 14'],
    ['68 02 02 68 08 01', 'structure 0+4', 'the length byte is 2: C, A and CI field alone are 3'],
    ['68 03 03 68 08 01 70 79 17', 'structure 0+9', 'byte 9 of the frame is 17, where the stop byte 16 belongs'],
    ['68 0b', 'truncated 0+2', "a frame's head, cut off after 2 of 4 bytes"],
    ['10 7b 05', 'truncated 0+3', '3 of 5 bytes of a frame'],
    ['10 99 05 9e 17', 'garbage 0+5', '5 bytes belong to no M-Bus frame'],
    ['16', 'garbage 0+1', '1 byte belongs to no M-Bus frame'],
  ])('explains %s', (hex, what, message) => {
    const [entry] = findFrames(fromHex(hex));
    expect(outline(entry === undefined ? [] : [entry])).toEqual([what]);
    expect(entry).toMatchObject({ error: { message } });
  });

  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 600 }),
    fc
      .array(fc.constantFrom(0x68, 0x10, 0x16, 0xe5, 0x03, 0x04, 0x08), { maxLength: 600 })
      .map((bytes) => Uint8Array.from(bytes)),
    fc
      .array(fc.constantFrom(...mbusVectors.map(({ hex }) => fromHex(hex))), { maxLength: 5 })
      .map((all) => joined(...all)),
  );

  it('covers all bytes in order, and calls nothing a frame whose check byte or stop byte is wrong', () => {
    fc.assert(
      fc.property(anything, (bytes) => {
        const entries = findFrames(bytes);
        let at = 0;
        for (const { ok, offset, length } of entries) {
          expect(offset).toBe(at);
          expect(length).toBeGreaterThan(0);
          at += length;
          if (ok) expect(endOfFrame(bytes, offset)).toBe(at);
        }
        expect(at).toBe(bytes.length);
      }),
      { numRuns: 5000 },
    );
  });

  it('takes all of a megabyte of heads that promise frames in good time', () => {
    const bytes = new Uint8Array(1 << 20).fill(0x68);
    expect(findFrames(bytes).reduce((sum, { length }) => sum + length, 0)).toBe(bytes.length);
    const acks = new Uint8Array(1 << 18).fill(ACK);
    expect(findFrames(acks)).toHaveLength(acks.length);
  });
});
