import { describe, expect, it } from 'vitest';
import { findFrames } from './frame-find.ts';
import { fromHex, joined, vectorBytes } from './testing/vectors.ts';
import { wireFrame } from './testing/wire-frame.ts';

/** `ok 4+16 after 4`, `checksum 8+14`: what was found, in short. */
function outline(bytes: Uint8Array): string[] {
  return findFrames(bytes).map(({ offset, length, wakeUp, ...one }) => {
    const what = one.ok ? 'ok' : one.error.code;
    return `${what} ${offset}+${length}${wakeUp > 0 ? ` after ${wakeUp}` : ''}`;
  });
}

/** 16 bytes. */
const request = vectorBytes('P-dlt645-2007-009');
/** 18 bytes. */
const reply = vectorBytes('P-dlt645-2007-010');
/** Reads a meter's address in DL/T 698.45. Source: GitHub source index, file id 21217602709. */
const FRAME_698 = fromHex('68 17 00 43 45 AA AA AA AA AA AA 10 DA 5F 05 01 03 40 01 02 00 00 90 0F 16');

describe('findFrames', () => {
  it.each([0, 1, 2, 4, 7, 20])('takes %i wake-up bytes', (count) => {
    const after = count > 0 ? ` after ${count}` : '';
    expect(outline(joined(new Uint8Array(count).fill(0xfe), reply))).toEqual([`ok ${count}+18${after}`]);
  });

  it.each([
    ['an address with 16H', wireFrame('161616161616', 0x91, '00000100 16161616')],
    ['an address with 68H', wireFrame('686868686868', 0x91, '00000100 35353535')],
    ['68H in its data on the wire', wireFrame('000000000001', 0x91, '00000100 35353535')],
    ['a whole head in its data on the wire', wireFrame('000000000001', 0x91, '35 5f 5f 5f 5f 5f 5f 35 5e d0 e3')],
    ['16H in its data on the wire', wireFrame('000000000001', 0x91, '00000100 e3e3e3e3')],
    ['FEH in its data on the wire', wireFrame('000000000001', 0x91, '00000100 cbcbcbcb')],
    ['no data', wireFrame('000000000001', 0x94)],
    ['255 bytes of data', wireFrame('000000000001', 0x91, '35'.repeat(255))],
  ])('does not stumble over %s', (_, frame) => {
    const end = 16 + frame.length;
    expect(outline(joined(request, frame, reply))).toEqual(['ok 0+16', `ok 16+${frame.length}`, `ok ${end}+18`]);
  });

  it('finds a frame whose checksum is 16H, and one whose checksum is 00H', () => {
    const of = (checksum: number): Uint8Array =>
      Array.from({ length: 256 }, (_, n) =>
        wireFrame('000000000001', 0x91, `000001${n.toString(16).padStart(2, '0')}`),
      ).find((frame) => frame.at(-2) === checksum) ?? new Uint8Array();
    expect(outline(joined(of(0x16), of(0x00)))).toEqual(['ok 0+16', 'ok 16+16']);
  });

  it('finds a frame behind the head of another that was cut off', () => {
    for (let kept = 1; kept < reply.length; kept++) {
      expect(outline(joined(reply.subarray(0, kept), request)).at(-1)).toBe(`ok ${kept}+16`);
    }
  });

  it('finds a frame inside what looks like a longer one', () => {
    const head = fromHex('68 01 00 00 00 00 00 68 91 50');
    expect(outline(joined(head, request))).toEqual(['truncated 0+10', 'ok 10+16']);
  });

  it('takes what is between frames for one entry', () => {
    const noise = fromHex('00 ff 16 35');
    expect(outline(joined(noise, request, noise, reply, noise))).toEqual([
      'garbage 0+4',
      'ok 4+16',
      'garbage 20+4',
      'ok 24+18',
      'garbage 42+4',
    ]);
  });

  it.each([
    ['its checksum is wrong', 'P-dlt645-2007-048', 'checksum 4+18 after 4'],
    ['its tail is missing', 'P-dlt645-stream-005', 'truncated 0+16'],
  ])('names a frame of which %s', (_, id, expected) => {
    expect(outline(vectorBytes(id))).toEqual([expected]);
  });

  it('names a frame that does not end with 16H', () => {
    expect(outline(joined(reply.subarray(0, -1), fromHex('17'), request))).toEqual(['end 0+18', 'ok 18+16']);
  });

  it('names a frame of DL/T 698.45', () => {
    expect(outline(joined(fromHex('fefe'), FRAME_698, reply))).toEqual(['foreign 2+25 after 2', 'ok 27+18']);
    const damaged = FRAME_698.map((byte, i) => (i === 6 ? 0 : byte));
    expect(outline(damaged)).toEqual(['garbage 0+25']);
  });

  it('counts wake-up bytes without a frame as garbage', () => {
    expect(outline(joined(reply, fromHex('fefefefe')))).toEqual(['ok 0+18', 'garbage 18+4']);
  });

  it('finds nothing in nothing', () => {
    expect(findFrames(new Uint8Array())).toEqual([]);
  });
});
