import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnoseReply, scanReply, type ReplyExpectation } from './frame-reply.ts';
import { fromHex, joined, sealed, vectorBytes } from './testing/vectors.ts';

const request = vectorBytes('002');
const reply = vectorBytes('003');
const reading: ReplyExpectation = {
  meterType: 0x10,
  address: '00201510270588',
  control: 0x01,
  di: 0x901f,
  ser: 1,
  repeatsSer: false,
  isStrict: false,
};
const command: ReplyExpectation = { ...reading, control: 0x04, di: 0xa017 };

const HEAD = '68 10 88 05 27 10 15 20 00';
const otherMeter = vectorBytes('005');
const otherItem = sealed(`${HEAD} 81 08 d1 20 01 00 00 00 00 2c`);
const otherFunction = sealed(`${HEAD} 83 03 90 1f 01`);
const refusal = sealed(`${HEAD} c1 03 01 00 00`);
const lowFirst = sealed(`${HEAD} 81 16 1f 90 77 01 00 00 00 2c 00 00 00 00 2c 06 20 17 09 01 17 20 00 00`);
const otherType = sealed('68 19 88 05 27 10 15 20 00 81 03 90 1f 01');
const damaged = reply.with(20, 0x55);

/** Hands the scan one byte more at a time, as a slow line does; what it found, and after how many bytes. */
function feed(bytes: Uint8Array, expect: ReplyExpectation): { found: Uint8Array; after: number } | null {
  for (let after = 0; after <= bytes.length; after++) {
    const scan = scanReply(bytes.subarray(0, after), expect);
    if (scan.state === 'reply') return { found: bytes.subarray(scan.start, scan.end), after };
  }
  return null;
}

describe('scanReply', () => {
  it.each([
    ['nothing', ''],
    ['thirteen wake-up bytes', 'fe'.repeat(13)],
    ['zeros and noise', '00 00 55 aa'],
    ['the beginning of a lost reply', '68 10 88 05 27 10 15 20 00 81 16 90'],
    ['a 68', '68'],
  ])('finds the reply after %s, with its last byte', (_, prefix) => {
    const bytes = joined(fromHex(prefix), reply);
    expect(feed(bytes, reading)).toEqual({ found: reply, after: bytes.length });
  });

  it.each([
    ['the echo of the request', request],
    ['a reply of another meter', otherMeter],
    ['a late reply to another item', otherItem],
    ['a late reply to another function', otherFunction],
    ['a damaged reply', damaged],
  ])('passes over %s and finds the reply behind it', (_, foreign) => {
    expect(feed(foreign, reading)).toBeNull();
    const bytes = joined(foreign, reply);
    expect(feed(bytes, reading)).toEqual({ found: reply, after: bytes.length });
  });

  it('leaves out what comes after the reply', () => {
    const scan = scanReply(joined(reply, fromHex('52 4f')), reading);
    expect(scan).toEqual({ state: 'reply', start: 0, end: reply.length });
  });

  it('takes a reply with DI in the other order and with another SER', () => {
    expect(feed(lowFirst, reading)?.found).toEqual(lowFirst);
  });

  it('takes a reply with another type than was asked', () => {
    expect(feed(otherType, reading)?.found).toEqual(otherType);
  });

  it('takes neither where the meter is known to repeat what it was asked', () => {
    const strict = { ...reading, isStrict: true };
    expect(feed(lowFirst, strict)).toBeNull();
    expect(feed(otherType, strict)).toBeNull();
    expect(feed(reply, strict)?.found).toEqual(reply);
    expect(feed(reply, { ...strict, meterType: 0xaa })?.found).toEqual(reply);
  });

  it('takes the refusal of the function that was asked', () => {
    expect(feed(refusal, reading)?.found).toEqual(refusal);
    expect(feed(refusal, command)).toBeNull();
  });

  it('takes no refusal of something else from a meter that repeats the number it is asked with', () => {
    const late = sealed(`${HEAD} c1 03 00 00 00`);
    expect(feed(late, reading)?.found).toEqual(late);
    expect(feed(late, { ...reading, repeatsSer: true })).toBeNull();
    expect(feed(refusal, { ...reading, repeatsSer: true })?.found).toEqual(refusal);
  });

  it('takes a refusal for that of a write only with the number of the write', () => {
    const refused = (ser: string): Uint8Array => sealed(`${HEAD} c4 03 ${ser} 00 00`);
    expect(feed(refused('01'), command)).not.toBeNull();
    expect(feed(refused('00'), command)).toBeNull();
    expect(feed(sealed(`${HEAD} c4 01 00`), command)).not.toBeNull();
  });

  it('takes the acknowledgement of a maker with a code of its own', () => {
    const maker = { ...command, address: '78563412004321', control: 0x2a };
    expect(feed(vectorBytes('011'), maker)?.after).toBe(vectorBytes('011').length);
  });

  it('takes whoever answers where any meter was asked', () => {
    const anyone = { ...reading, address: 'aaaaaaaaaaaaaa' };
    expect(feed(otherMeter, anyone)?.found).toEqual(otherMeter);
  });

  it('finds nothing but a whole frame of the meter, whatever comes before it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (noise) => {
        const scan = scanReply(joined(noise, reply), reading);
        return scan.state === 'reply' && scan.end <= noise.length + reply.length;
      }),
    );
  });
});

describe('diagnoseReply', () => {
  it.each([
    ['nothing', new Uint8Array(), 'timeout', 'no answer from meter 00201510270588'],
    ['wake-up bytes and zeros', fromHex('00 fe fe'), 'timeout', 'no answer from meter 00201510270588'],
    ['the echo alone', request, 'timeout', 'no answer from meter 00201510270588: only the request came back'],
    ['a cut reply', reply.subarray(0, 20), 'timeout', 'only 20 of 35 bytes of a frame came from meter 00201510270588'],
    [
      'a cut head',
      reply.subarray(0, 5),
      'timeout',
      'only 5 of at least 13 bytes of a frame came from meter 00201510270588',
    ],
    [
      'a damaged reply after the echo',
      joined(request, damaged),
      'checksum',
      'the reply of meter 00201510270588 is damaged: its check byte is 8E and should be E3',
    ],
    [
      'a damaged reply beside the reply of another meter',
      joined(otherMeter, damaged),
      'checksum',
      'the reply of meter 00201510270588 is damaged: its check byte is 8E and should be E3',
    ],
    ['another meter', otherMeter, 'foreign', 'meter 00000010000192 answered instead of meter 00201510270588'],
    [
      'another item',
      otherItem,
      'foreign',
      'meter 00201510270588 answered C 81, DI D1 20 where C 01, DI 901F was asked: a late reply',
    ],
    [
      'a refusal of something else',
      sealed(`${HEAD} c4 03 01 00 00`),
      'foreign',
      'meter 00201510270588 answered C C4, DI 01 00: a late refusal of something else',
    ],
    [
      'a second master',
      vectorBytes('020'),
      'foreign',
      'heard a request to meter 78331505900569 (C 04): a second master',
    ],
    [
      'noise',
      fromHex('55 aa 55'),
      'checksum',
      'what arrived is no CJ/T 188 frame: 55 AA 55 (3 bytes); see baud rate, parity and polarity',
    ],
  ] as const)('says what %s amounts to', (_, bytes, code, message) => {
    expect(diagnoseReply(bytes, reading)).toEqual({ code, message });
  });

  it('says that the type or number was another', () => {
    expect(diagnoseReply(otherType, { ...reading, isStrict: true })).toEqual({
      code: 'foreign',
      message: 'meter 00201510270588 answered C 81, DI 90 1F with another T or SER than was asked',
    });
  });
});
