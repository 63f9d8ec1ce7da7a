import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc16Modbus } from '../bytes/crc16.ts';
import type { FoundFrame } from './frame-found.ts';
import { findRtuFrames } from './frame-rtu-find.ts';
import { sealRtu } from './frame-rtu.ts';
import { fromHex, joined, rtuVectors, vectorBytes } from './testing/vectors.ts';

/** `ok 0+8`, `crc 8+7`: what was found, in short. */
function outline(bytes: Uint8Array): string[] {
  return findRtuFrames(bytes).map((one) => `${one.ok ? 'ok' : one.error.code} ${one.offset}+${one.length}`);
}

function coversAll(found: readonly FoundFrame[], length: number): boolean {
  let at = 0;
  for (const frame of found) {
    if (frame.offset !== at || frame.length < 1) return false;
    at += frame.length;
  }
  return at === length;
}

const request = vectorBytes('P-modbus-rtu-001');
const reply = vectorBytes('P-modbus-rtu-002');

describe('findRtuFrames', () => {
  it.each([
    ['01 request', '01 0000 0001'],
    ['01 reply', '01 02 ffff'],
    ['02 request', '02 0000 0008'],
    ['03 reply', '03 02 1234'],
    ['04 reply', '04 04 1234 5678'],
    ['05', '05 0000 ff00'],
    ['06', '06 0000 1234'],
    ['07 request', '07'],
    ['07 reply', '07 6d'],
    ['08', '08 0000 a537'],
    ['0B request', '0b'],
    ['0B reply', '0b ffff 0108'],
    ['0C request', '0c'],
    ['0C reply', '0c 08 0000 0108 0121 2000'],
    ['0F request', '0f 0013 000a 02 cd01'],
    ['0F reply', '0f 0013 000a'],
    ['10 request', '10 0001 0002 04 000a 0102'],
    ['10 reply', '10 0001 0002'],
    ['11 request', '11'],
    ['11 reply', '11 03 41 42 ff'],
    ['14 request', '14 0e 06 0004 0001 0002 06 0003 0009 0002'],
    ['14 reply', '14 0c 05 06 0dfe 0020 05 06 33cd 0040'],
    ['15', '15 0d 06 0004 0007 0003 06af 04be 100d'],
    ['16', '16 0004 00f2 0025'],
    ['17 request', '17 0003 0006 000e 0003 06 00ff 00ff 00ff'],
    ['17 reply', '17 0c 00fe 0acd 0001 0003 000d 00ff'],
    ['18 request', '18 04de'],
    ['18 reply', '18 0006 0002 01b8 1284'],
    ['2B request', '2b 0e 01 00'],
    ['2B reply', '2b 0e 01 01 00 00 02 00 03 41 42 43 01 02 58 59'],
    ['an exception', '90 01'],
    ['an exception of a function of the maker', 'e4 01'],
    ['a function of the maker', '64 01 02 03'],
  ])('finds function %s, whatever surrounds it', (_, pdu) => {
    // The PDUs are the examples of MODBUS Application Protocol V1.1b3, 6, where it gives one.
    const frame = sealRtu(7, fromHex(pdu));
    expect(outline(frame)).toEqual([`ok 0+${frame.length}`]);
    expect(outline(joined(request, frame, reply))).toEqual([
      'ok 0+8',
      `ok 8+${frame.length}`,
      `ok ${8 + frame.length}+9`,
    ]);
  });

  it('takes a stretch of noise for one entry', () => {
    const noise = fromHex('55 aa 55 aa 13 37');
    expect(outline(joined(noise, request, noise, reply, noise))).toEqual([
      'garbage 0+6',
      'ok 6+8',
      'garbage 14+6',
      'ok 20+9',
      'garbage 29+6',
    ]);
  });

  it('names the frame of a stretch whose CRC alone is wrong, apart from wake-up bytes', () => {
    expect(findRtuFrames(joined(fromHex('fe fe'), vectorBytes('P-modbus-rtu-014'), request))).toEqual([
      { ok: false, offset: 0, length: 2, error: { code: 'garbage', message: '2 bytes belong to no Modbus frame' } },
      {
        ok: false,
        offset: 2,
        length: 7,
        error: { code: 'crc', message: 'its CRC is d953 and should be 3985', crcFound: 'd953', crcExpected: '3985' },
      },
      { ok: true, offset: 9, length: 8 },
    ]);
  });

  it('names a request of a wrong CRC although its count is impossible', () => {
    expect(outline(fromHex('07 04 00 00 00 80 f1 cd'))).toEqual(['crc 0+8']);
  });

  it('names a broadcast of a wrong CRC, whose unit 0 could be an idle line', () => {
    expect(outline(fromHex('00 06 00 01 00 02 12 34'))).toEqual(['crc 0+8']);
  });

  it('takes the form that explains the whole stretch before a shorter one', () => {
    // Its first eight bytes could be a request for five registers.
    expect(outline(fromHex('07 03 04 00 00 05 00 12 34'))).toEqual(['crc 0+9']);
  });

  it('names several damaged frames in a row', () => {
    const damaged = ['P-modbus-rtu-011', 'P-modbus-rtu-014', 'P-modbus-rtu-016'].map(vectorBytes);
    expect(outline(joined(...damaged))).toEqual(['crc 0+8', 'crc 8+7', 'crc 15+8']);
  });

  it.each([2, 3, 7, 8])('says that a reply is cut after %i of 9 bytes', (length) => {
    expect(outline(joined(request, reply.subarray(0, length)))).toEqual(['ok 0+8', `truncated 8+${length}`]);
  });

  it('says how much of a cut frame there is', () => {
    const [cut] = findRtuFrames(reply.subarray(0, 7));
    expect(cut).toMatchObject({ ok: false, error: { message: '7 bytes of a frame that has at least 8' } });
    const [head] = findRtuFrames(fromHex('07 03'));
    expect(head).toMatchObject({ ok: false, error: { message: '2 bytes of a frame that has at least 7' } });
  });

  it('goes on after a frame that is cut by another one', () => {
    expect(outline(joined(reply.subarray(0, 5), request))).toEqual(['truncated 0+5', 'ok 5+8']);
  });

  it('says where a CRC is right and the function has no such form', () => {
    expect(outline(sealRtu(7, fromHex('03 05 01 02 03 04 05')))).toEqual(['structure 0+10']);
  });

  it('takes the longest of the frames that begin at one place', () => {
    // The first eight bytes of this write have a right CRC too, as if they were a reply to one.
    const long = withInnerCrc();
    expect(crc16Modbus(long, 0, 8)).toBe(0);
    expect(outline(long)).toEqual([`ok 0+${long.length}`]);
  });

  it('finds every vector in any order', () => {
    const valid = rtuVectors.filter((vector) => vector.valid).map(({ hex }) => fromHex(hex));
    fc.assert(
      fc.property(fc.shuffledSubarray(valid), (frames) => {
        let at = 0;
        expect(outline(joined(...frames))).toEqual(
          frames.map((frame) => `ok ${(at += frame.length) - frame.length}+${frame.length}`),
        );
      }),
    );
  });

  it('covers any bytes in order, and yields no frame whose CRC is wrong', () => {
    const chunk = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(...rtuVectors.map(({ hex }) => fromHex(hex))),
    );
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 5 }), (chunks) => {
        const bytes = joined(...chunks);
        const found = findRtuFrames(bytes);
        const sound = found.every((one) => !one.ok || crc16Modbus(bytes, one.offset, one.offset + one.length) === 0);
        return sound && coversAll(found, bytes.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes 20 000 strings of noise in bounded time', () => {
    const began = performance.now();
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) =>
        coversAll(findRtuFrames(bytes), bytes.length),
      ),
      { numRuns: 20_000 },
    );
    expect(performance.now() - began).toBeLessThan(60_000);
  }, 60_000);
});

/** A write of two coils, 0x0F, whose count of bytes and data are the CRC of what stands before. */
function withInnerCrc(): Uint8Array {
  for (let address = 0; address < 0x10000; address++) {
    const head = Uint8Array.of(1, 15, address >>> 8, address & 0xff, 0, 8);
    const crc = crc16Modbus(head);
    if ((crc & 0xff) === 1) return sealRtu(1, Uint8Array.of(15, address >>> 8, address & 0xff, 0, 8, 1, crc >>> 8));
  }
  throw new Error('no such address');
}
