import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findTcpFrames } from './frame-tcp-find.ts';
import { fromHex, joined, tcpVectors, vectorBytes } from './testing/vectors.ts';

/** `ok 0+8`, `garbage 8+7`: what was found, in short. */
function outline(bytes: Uint8Array): string[] {
  return findTcpFrames(bytes).map((one) => `${one.ok ? 'ok' : one.error.code} ${one.offset}+${one.length}`);
}

const request = vectorBytes('P-modbus-tcp-001');
const exception = vectorBytes('P-modbus-tcp-002');

describe('findTcpFrames', () => {
  it('finds frame after frame', () => {
    expect(outline(joined(request, exception, request))).toEqual(['ok 0+12', 'ok 12+9', 'ok 21+12']);
  });

  it.each([
    ['noise', '55 aa 55 aa 13 37'],
    ['zeros', '00 00 00 00 00 00'],
    ['less than a header', '01'],
  ])('finds its place again after %s', (_, noise) => {
    const bytes = fromHex(noise);
    const n = bytes.length;
    expect(outline(joined(bytes, request, bytes, exception, bytes))).toEqual([
      `garbage 0+${n}`,
      `ok ${n}+12`,
      `garbage ${n + 12}+${n}`,
      `ok ${2 * n + 12}+9`,
      `garbage ${2 * n + 21}+${n}`,
    ]);
  });

  it('finds a function of the maker', () => {
    expect(outline(fromHex('0001 0000 0005 11 64 01 02 03'))).toEqual(['ok 0+11']);
  });

  it.each([
    ['truncated', '0002 0000 0006 11 03 00'],
    ['truncated', '0002 0000 00'],
    ['protocol', '0002 0001 0006 11 03 006b 0003'],
    ['length', '0002 0000 0001 11 03 006b 0003'],
    ['length', '0002 0000 0600 11 03 006b 0003'],
    ['structure', '0002 0000 0005 11 03 006b 00'],
    ['structure', '0002 0000 0003 11 0a 00'],
  ])('names the fault: %s in %s', (code, bytes) => {
    expect(outline(fromHex(bytes))).toEqual([`${code} 0+${fromHex(bytes).length}`]);
  });

  it('goes on behind a frame that is no PDU', () => {
    expect(outline(fromHex('0002 0000 0004 11 03 006b 0003 0000 0002 11 2a'))).toEqual([
      'structure 0+10',
      'structure 10+8',
    ]);
  });

  it('says how much of a cut frame there is', () => {
    expect(findTcpFrames(request.subarray(0, 8))).toMatchObject([
      { ok: false, error: { message: '8 bytes of a frame that has 12' } },
    ]);
  });

  it('covers any bytes in order, and yields only frames with a sound header', () => {
    const chunk = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(...tcpVectors.map(({ hex }) => fromHex(hex))),
    );
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 5 }), (chunks) => {
        const bytes = joined(...chunks);
        let at = 0;
        for (const { ok, offset, length } of findTcpFrames(bytes)) {
          expect(offset).toBe(at);
          expect(length).toBeGreaterThan(0);
          if (ok) expect([...bytes.subarray(at + 2, at + 6)]).toEqual([0, 0, 0, length - 6]);
          at += length;
        }
        expect(at).toBe(bytes.length);
      }),
      { numRuns: 2_000 },
    );
  });
});
