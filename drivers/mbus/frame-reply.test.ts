import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnoseReply, LONGEST_REPLY, scanReply, type ReplyExpectation } from './frame-reply.ts';
import { endOfFrame } from './frame.ts';
import { fromHex, joined, longFrame, reply, vectorBytes } from './testing/vectors.ts';

const request = fromHex('10 7b 01 7c 16');
const data: ReplyExpectation = { kind: 'data', request };
const answer = reply('0c 13 27 04 85 02');
const stranger = longFrame(0x08, 2, '72 78563412 2d2c 01 07 2a 00 0000 0c 13 27048502');
const damaged = answer.with(10, 0);
const ack = fromHex('e5');

/** Selects a slave whose version is E5: its echo holds an acknowledgement. */
const select = fromHex('68 0b 0b 68 73 fd 52 51753516 2d2c e5 07 16 16').with(-2, 0x18);
const selecting: ReplyExpectation = { kind: 'ack', request: select };

/** Hands the scan one byte more at a time, as a slow line does; what it found, and after how many bytes. */
function feed(bytes: Uint8Array, expect: ReplyExpectation): { found: Uint8Array; after: number } | null {
  for (let after = 0; after <= bytes.length; after++) {
    const scan = scanReply(bytes.subarray(0, after), expect);
    if (scan.state === 'reply') return { found: bytes.subarray(scan.start, scan.end), after };
  }
  return null;
}

it('sizes the reply time by the longest frame there is (libmbus issue 124)', () => {
  expect(LONGEST_REPLY).toBe(261);
});

describe('scanReply', () => {
  it.each([
    ['nothing', ''],
    ['noise', '55 aa 07 68'],
    ['wake-up bytes', 'fe fe fe fe'],
    ['a late acknowledgement', 'e5'],
    ['the echo of the request', '10 7b 01 7c 16'],
    ['the beginning of a lost reply', '68 1b 1b 68 08 01 72 78'],
  ])('finds the data after %s, with their last byte', (_, prefix) => {
    const bytes = joined(fromHex(prefix), answer);
    expect(feed(bytes, data)).toEqual({ found: answer, after: bytes.length });
  });

  it.each([
    ['another slave', stranger],
    ['a damaged reply', damaged],
    ['a request of another master', fromHex('10 5b 02 5d 16')],
  ])('passes over %s', (_, foreign) => {
    expect(feed(foreign, data)).toBeNull();
    expect(feed(joined(foreign, answer), data)?.found).toEqual(answer);
  });

  it.each([0x18, 0x28, 0x38])('takes data with the status bits of C field %i', (control) => {
    const frame = longFrame(control, 1, '72 78563412 2d2c 01 07 2a 00 0000');
    expect(feed(frame, data)?.found).toEqual(frame);
  });

  it.each(['fd', 'fe'])('takes data of whatever slave when %s was asked', (address) => {
    const asked = fromHex(`10 7b ${address} 00 16`);
    expect(feed(stranger, { kind: 'data', request: asked })?.found).toEqual(stranger);
  });

  it('finds an acknowledgement after noise', () => {
    expect(feed(fromHex('00 ff 68 e5'), selecting)).toEqual({ found: ack, after: 4 });
  });

  it('takes no E5 of the echo for an acknowledgement, and finds the one behind it', () => {
    expect(endOfFrame(select, 0)).toBe(select.length);
    expect(feed(select, selecting)).toBeNull();
    expect(feed(joined(select, ack), selecting)).toEqual({ found: ack, after: select.length + 1 });
  });

  it('takes no E5 of another frame for an acknowledgement', () => {
    expect(scanReply(longFrame(0x08, 1, '70 e5'), selecting)).toEqual({ state: 'incomplete' });
  });

  it('finds a reply at the end of whatever came before', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (noise) => {
        const bytes = joined(noise, answer);
        const scan = scanReply(bytes, data);
        return scan.state === 'reply' && endOfFrame(bytes, scan.start) === scan.end;
      }),
      { numRuns: 2000 },
    );
  });
});

describe('diagnoseReply', () => {
  it.each([
    ['nothing', '', 'timeout', 'no answer from address 1'],
    ['the echo', '107b017c16', 'timeout', 'no answer from address 1: only the echo of the request came back'],
    ['half a reply', '681b1b6808', 'timeout', 'the reply of address 1 is damaged: 5 of 33 bytes of a frame'],
    [
      'one byte of a head',
      '68',
      'timeout',
      "the reply of address 1 is damaged: a frame's head, cut off after 1 of 4 bytes",
    ],
    [
      'a wrong check byte',
      '680303680801707a16',
      'checksum',
      'the reply of address 1 is damaged: its check byte is 7a and should be 79',
    ],
    ['noise', '0055', 'checksum', 'what arrived is no M-Bus frame: 00 55 (2 bytes): noise, or several slaves at once'],
    ['an acknowledgement', 'e5', 'foreign', 'heard an acknowledgement (E5) instead of data (RSP_UD) from address 1'],
    [
      'another master',
      '105b025d16',
      'foreign',
      'heard REQ_UD2 to address 2 (an echo, or a second master) instead of data (RSP_UD) from address 1',
    ],
  ])('says what %s amounts to', (_, hex, code, message) => {
    expect(diagnoseReply(fromHex(hex), data)).toEqual({ code, message });
  });

  it('says which slave answered instead', () => {
    expect(diagnoseReply(stranger, data)).toEqual({
      code: 'foreign',
      message: 'heard RSP_UD of address 2 instead of data (RSP_UD) from address 1',
    });
  });

  it('says that data came where an acknowledgement was expected', () => {
    expect(diagnoseReply(vectorBytes('P-mbus-036'), selecting).message).toBe(
      'heard RSP_UD of address 5 instead of an acknowledgement (E5) from address FD',
    );
  });

  it('has words for anything', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => diagnoseReply(bytes, data).message.length > 0));
  });
});
