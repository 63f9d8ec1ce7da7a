import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc16Modbus } from '../bytes/crc16.ts';
import { diagnoseRtuReply, scanRtuReply, sealRtu, type RtuExpectation } from './frame-rtu.ts';
import { fromHex, joined } from './testing/vectors.ts';

/** A read of two input registers of unit 7: 07 04 00 00 00 02 71 AD. */
const request = fromHex('07 04 00 00 00 02 71 ad');
const reply = fromHex('07 04 04 43 66 33 34 7d 38');
const reading: RtuExpectation = { unit: 7, fc: 4, replyLength: 9 };

/** A write of 2 to register 0 of unit 7; the reply repeats it. */
const written = fromHex('07 06 00 00 00 02 08 6d');
const writing: RtuExpectation = { unit: 7, fc: 6, replyLength: 8, echoOf: fromHex('00 00 00 02') };

const otherUnit = fromHex('01 03 04 3f 80 00 00 f7 cf');
const otherLength = sealRtu(7, fromHex('04 02 12 34'));
const otherFunction = sealRtu(7, fromHex('03 04 43 66 33 34'));
const exception = sealRtu(7, fromHex('84 02'));
const damaged = fromHex('07 04 04 43 66 33 35 7d 38');

/** Hands the scan one byte more at a time, as a slow line does; what it found, and after how many bytes. */
function feed(bytes: Uint8Array, expect: RtuExpectation): { found: Uint8Array; after: number } | null {
  for (let after = 0; after <= bytes.length; after++) {
    const scan = scanRtuReply(bytes.subarray(0, after), expect);
    if (scan.state === 'reply') return { found: bytes.subarray(scan.start, scan.end), after };
  }
  return null;
}

describe('sealRtu', () => {
  it('puts the unit before the PDU and the CRC after it, its low byte first', () => {
    expect(sealRtu(0x11, fromHex('03 00 6b 00 03'))).toEqual(fromHex('11 03 00 6b 00 03 76 87'));
  });
});

describe('scanRtuReply', () => {
  it.each([
    ['nothing', ''],
    ['noise', '55 aa 07 13'],
    ['wake-up bytes', 'fe fe fe fe'],
    ['the beginning of a lost reply', '07 04 04 43'],
    ['bytes of its own unit and function', '07 04 07 04 07 04 04'],
  ])('finds the reply after %s, with its last byte', (_, prefix) => {
    const bytes = joined(fromHex(prefix), reply);
    expect(feed(bytes, reading)).toEqual({ found: reply, after: bytes.length });
  });

  it.each([
    ['the echo of the request', request],
    ['a reply of another unit', otherUnit],
    ['a late reply of another length', otherLength],
    ['a late reply of another function', otherFunction],
    ['a damaged reply', damaged],
  ])('passes over %s and finds the reply behind it', (_, foreign) => {
    expect(feed(foreign, reading)).toBeNull();
    const bytes = joined(foreign, reply);
    expect(feed(bytes, reading)).toEqual({ found: reply, after: bytes.length });
  });

  it('takes an exception of the function that was asked for an answer', () => {
    expect(feed(exception, reading)).toEqual({ found: exception, after: 5 });
  });

  it('does not take an exception of another function or unit', () => {
    expect(feed(sealRtu(7, fromHex('83 02')), reading)).toBeNull();
    expect(feed(sealRtu(8, fromHex('84 02')), reading)).toBeNull();
  });

  it('takes the first of two replies', () => {
    expect(scanRtuReply(joined(reply, reply), reading)).toEqual({ state: 'reply', start: 0, end: 9 });
  });

  it('waits for the rest of a reply that is cut', () => {
    expect(feed(reply.subarray(0, 8), reading)).toBeNull();
  });

  it('waits for the last byte of a CRC although it is 0', () => {
    const coil = fromHex('07 01 01 00 51 00');
    expect(feed(coil, { unit: 7, fc: 1, replyLength: 6 })).toEqual({ found: coil, after: 6 });
  });

  it('does not take a frame of the right length whose byte count is another', () => {
    expect(feed(sealRtu(7, fromHex('04 03 43 66 33 34')), reading)).toBeNull();
  });

  it('takes the repetition of a write for its answer', () => {
    expect(feed(written, writing)).toEqual({ found: written, after: 8 });
  });

  it('does not take the repetition of another write', () => {
    expect(feed(sealRtu(7, fromHex('06 00 00 00 03')), writing)).toBeNull();
    expect(feed(sealRtu(7, fromHex('06 00 01 00 02')), writing)).toBeNull();
  });

  it('finds a reply at the end of whatever came before, and nothing else but a frame with a right CRC', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (noise) => {
        const bytes = joined(noise, reply);
        const scan = scanRtuReply(bytes, reading);
        return scan.state === 'reply' && crc16Modbus(bytes, scan.start, scan.end) === 0;
      }),
    );
  });

  it('keeps up with 4 KB of noise that come byte by byte and look like the beginning of the reply everywhere', () => {
    const noise = new Uint8Array(4096).fill(4);
    const began = performance.now();
    expect(feed(noise, { unit: 4, fc: 4, replyLength: 9 })).toBeNull();
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});

describe('diagnoseRtuReply', () => {
  it.each([
    ['nothing', '', 'timeout', 'no answer from unit 7'],
    ['one byte', '07', 'timeout', 'only 1 of 9 bytes came from unit 7'],
    ['half a reply', '07 04 04 43', 'timeout', 'only 4 of 9 bytes came from unit 7'],
    ['all but one byte', '07 04 04 43 66 33 34 7d', 'timeout', 'only 8 of 9 bytes came from unit 7'],
    ['half a reply after noise', 'fe fe 07 04 04 43', 'timeout', 'only 4 of 9 bytes came from unit 7'],
    ['half an exception', '07 84 02', 'timeout', 'only 3 of 5 bytes came from unit 7'],
    [
      'a damaged reply',
      '07 04 04 43 66 33 34 7d 39',
      'checksum',
      'the reply of unit 7 is damaged: its CRC is 7d39 and should be 7d38',
    ],
    ['noise', '55 aa 55', 'checksum', 'what arrived is no Modbus RTU frame: 55 AA 55 (3 bytes)'],
    [
      'another unit',
      '01 03 04 3f 80 00 00 f7 cf',
      'foreign',
      'unit 1 answered instead of unit 7 (function 3, 9 bytes)',
    ],
    [
      'the request',
      '07 04 00 00 00 02 71 ad',
      'foreign',
      'heard a request to unit 7 (function 4) instead of an answer: an echo of the adapter, or a second master',
    ],
  ])('says what %s amounts to', (_, bytes, code, message) => {
    expect(diagnoseRtuReply(fromHex(bytes), reading)).toEqual({ code, message });
  });

  it('tells a late reply from one that was never asked for', () => {
    expect(diagnoseRtuReply(otherFunction, { ...reading, isLate: ({ fc }) => fc === 3 })).toEqual({
      code: 'timeout',
      message: 'no answer from unit 7; its late reply to an earlier request came (function 3, 9 bytes)',
    });
    expect(diagnoseRtuReply(otherFunction, { ...reading, isLate: () => false })).toEqual({
      code: 'foreign',
      message: 'unit 7 answered function 3 where function 4 was asked (9 bytes)',
    });
  });

  it('says how long a reply of another length is', () => {
    expect(diagnoseRtuReply(otherLength, reading)).toEqual({
      code: 'foreign',
      message: 'unit 7 answered function 4 with 7 bytes where 9 were expected',
    });
  });

  it('says that a write was answered with something else', () => {
    expect(diagnoseRtuReply(sealRtu(7, fromHex('06 00 00 00 03')), writing)).toEqual({
      code: 'foreign',
      message: 'unit 7 answered function 6 with other data than a reply to this request has',
    });
  });

  it('names the foreign reply rather than the echo before it', () => {
    expect(diagnoseRtuReply(joined(request, otherUnit), reading).message).toContain('unit 1 answered');
  });

  it('has words for anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => diagnoseRtuReply(bytes, reading).message.length > 0),
    );
  });
});
