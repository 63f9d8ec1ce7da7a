import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnoseReply, scanReply, type ReplyExpectation } from './frame-reply.ts';
import { fromHex, joined, vectorBytes } from './testing/vectors.ts';
import { wireFrame } from './testing/wire-frame.ts';

const METER = '000000000161';
const TOTAL = fromHex('00000100');
const reading: ReplyExpectation = { address: METER, control: 0x11, begins: TOTAL };

const request = wireFrame(METER, 0x11, '00000100');
const answer = wireFrame(METER, 0x91, '00000100 56341200');

/** Where the answer is, or `none`. */
function found(received: Uint8Array, expected = reading): string {
  const scan = scanReply(received, expected);
  return scan.state === 'reply' ? `${scan.start}+${scan.end - scan.start}` : 'none';
}

describe('scanReply', () => {
  it('waits for the whole answer', () => {
    for (let end = 0; end < answer.length; end++) expect(found(answer.subarray(0, end))).toBe('none');
    expect(found(answer)).toBe('0+20');
  });

  it.each([
    ['wake-up bytes', fromHex('fefefefe')],
    ['noise', fromHex('00 ff 68 16')],
    ['noise that looks like a head', fromHex('68 00 00 00 00 00 00 68 91 05')],
    ['the echo of the request', request],
    ['the reply of another meter', wireFrame('000000000162', 0x91, '00000100 11111111')],
    ['a late reply to another item', wireFrame(METER, 0x91, '00000200 11111111')],
    ['a late reply to another function', wireFrame(METER, 0x94)],
    ['a damaged reply of the meter', answer.map((byte, i) => (i === 15 ? byte ^ 1 : byte))],
    ['a reply that was cut off', answer.subarray(0, 13)],
    ['a frame of DL/T 698.45', fromHex('6817004345aaaaaaaaaaaa10da5f0501034001020000900f16')],
  ])('passes over %s', (_, before) => {
    expect(found(joined(before, answer))).toBe(`${before.length}+20`);
    expect(found(before)).toBe('none');
  });

  it.each([
    ['an error', wireFrame(METER, 0xd1, '02')],
    ['a reply with more to follow', wireFrame(METER, 0xb1, '00000100 5634')],
  ])('takes %s for the answer', (_, reply) => {
    expect(found(reply)).toBe(`0+${reply.length}`);
  });

  it('takes a follow-on frame only if it has the number that was asked for', () => {
    const expected = { ...reading, control: 0x12, sequence: 2 };
    expect(found(wireFrame(METER, 0x92, '00000100 5634 02'), expected)).toBe('0+19');
    expect(found(wireFrame(METER, 0xb2, '00000100 5634 01'), expected)).toBe('none');
    expect(found(wireFrame(METER, 0xd2, '02'), expected)).toBe('0+13');
  });

  it('takes the answer of any meter to the wildcard', () => {
    const expected = { address: 'aaaaaaaaaaaa', control: 0x13 };
    expect(found(vectorBytes('P-dlt645-2007-036'), expected)).toBe('2+18');
  });

  it('takes the wildcard as the address of a meter of 1997 only if the wildcard was asked', () => {
    const reply = vectorBytes('P-dlt645-1997-012');
    const expected = { control: 0x01, begins: fromHex('1090') };
    expect(found(reply, { ...expected, address: 'aaaaaaaaaaaa' })).toBe('0+18');
    expect(found(reply, { ...expected, address: '000000000001' })).toBe('none');
  });

  it('finds the answer behind whatever comes before it, unless that swallows it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (before) => {
        const bytes = joined(before, answer);
        const scan = scanReply(bytes, reading);
        return scan.state === 'reply' && scan.end === bytes.length;
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('diagnoseReply', () => {
  it.each([
    ['timeout', 'no answer from meter 000000000161', new Uint8Array()],
    ['timeout', 'only 13 bytes of a frame of 20 came from meter 000000000161', answer.subarray(0, 13)],
    [
      'checksum',
      'the reply of meter 000000000161 is damaged: its checksum is',
      answer.map((byte, i) => (i === 15 ? 0 : byte)),
    ],
    [
      'checksum',
      'the reply of meter 000000000161 is damaged: it ends with 17',
      joined(answer.subarray(0, -1), fromHex('17')),
    ],
    ['checksum', 'what arrived is no DL/T 645 frame: 01 02 03 (3 bytes)', fromHex('010203')],
    ['checksum', 'what arrived is no DL/T 645 frame: FE FE', fromHex('fefe')],
    ['foreign', 'an echo of the adapter, or a second master', request],
    [
      'foreign',
      'meter 000000000162 answered instead of meter 000000000161',
      wireFrame('000000000162', 0x91, '00000100'),
    ],
    ['foreign', 'answered with control 94H where 11H was asked: a late reply', wireFrame(METER, 0x94)],
    ['foreign', '(00000200 where 00000100 was asked): a late reply', wireFrame(METER, 0x91, '00000200 11111111')],
    ['foreign', 'a frame of DL/T 698.45', fromHex('6817004345aaaaaaaaaaaa10da5f0501034001020000900f16')],
    ['timeout', 'only 13 bytes of a frame of 20', joined(request, answer.subarray(0, 13))],
    ['foreign', 'meter 000000000162 answered', joined(wireFrame('000000000162', 0x91), answer.subarray(0, 13))],
    ['foreign', 'meter 000000000162 answered instead', joined(request, wireFrame('000000000162', 0xd1, '02'))],
  ])('says %s: %s', (code, message, received) => {
    const diagnosis = diagnoseReply(received, reading);
    expect(diagnosis.code).toBe(code);
    expect(diagnosis.message).toContain(message);
  });

  it('names the follow-on frame that came instead', () => {
    const expected = { ...reading, control: 0x12, sequence: 2 };
    const { message } = diagnoseReply(wireFrame(METER, 0x92, '00000100 5634 01'), expected);
    expect(message).toBe('meter 000000000161 answered with follow-on frame 1 where 2 was asked');
  });
});
