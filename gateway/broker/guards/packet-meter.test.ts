import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PacketMeter } from './packet-meter.ts';

const PINGREQ = [0xc0, 0x00];

function judgeAll(bytes: readonly number[], split: number, maxLength = 1_000) {
  const meter = new PacketMeter(maxLength);
  for (let at = 0; at < bytes.length; at += split) {
    const verdict = meter.judge(Uint8Array.from(bytes.slice(at, at + split)));
    if (verdict !== 'pass') return verdict;
  }
  return 'pass';
}

/** A PUBLISH header with the remaining length in as many bytes as it takes (MQTT 3.1.1, 2.2.3). */
function header(length: number): number[] {
  const bytes = [0x30];
  let left = length;
  do {
    bytes.push((left % 128) | (left >= 128 ? 0x80 : 0));
    left = Math.floor(left / 128);
  } while (left > 0);
  return bytes;
}

describe('PacketMeter', () => {
  // The boundaries of table 2.4 of MQTT 3.1.1.
  it.each([
    [[0x30, 0x7f], 127],
    [[0x30, 0x80, 0x01], 128],
    [[0x30, 0xff, 0x7f], 16_383],
    [[0x30, 0x80, 0x80, 0x01], 16_384],
    [[0x30, 0xff, 0xff, 0x7f], 2_097_151],
    [[0x30, 0xff, 0xff, 0xff, 0x7f], 268_435_455],
  ])('reads the length of %j as %d', (bytes, length) => {
    expect(judgeAll(bytes, 1, length)).toBe('pass');
    expect(judgeAll(bytes, 1, length - 1)).toBe('oversize');
  });

  it('judges before the body has come', () => {
    expect(judgeAll([0x30, 0xff, 0xff, 0xff, 0x7f], 5)).toBe('oversize');
    expect(judgeAll([0x30, 0xff, 0xff, 0xff, 0xff, 0x7f], 6)).not.toBe('pass');
  });

  it('refuses a fifth byte of length', () => {
    expect(judgeAll([0x30, 0x80, 0x80, 0x80, 0x80, 0x01], 6)).toBe('malformed');
  });

  it('finds the long packet behind any number of good ones, wherever the stream is cut', () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 8 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 300 }), fc.boolean(), (bodies, split, tooLong) => {
        const good = bodies.flatMap((length) => [
          ...header(length),
          ...new Array<number>(length).fill(0xff),
          ...PINGREQ,
        ]);
        const bytes = tooLong ? [...good, ...header(1_001)] : good;
        expect(judgeAll(bytes, split)).toBe(tooLong ? 'oversize' : 'pass');
      }),
    );
  });
});
