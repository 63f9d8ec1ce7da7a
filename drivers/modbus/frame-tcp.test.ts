import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnoseTcpReply, scanTcpReply, sealTcp, tcpStreamBroken, type TcpExpectation } from './frame-tcp.ts';
import { fromHex, joined, vectorBytes } from './testing/vectors.ts';

/** A read of three holding registers of unit 17 in transaction 2: P-modbus-tcp-001. */
const request = vectorBytes('P-modbus-tcp-001');
const reply = fromHex('0002 0000 0009 11 03 06 ae41 5652 4340');
const exception = vectorBytes('P-modbus-tcp-002');
const reading: TcpExpectation = { transaction: 2, unit: 17, fc: 3, replyLength: 15 };

/** A write of FF00 to coil 5 of unit 1 in transaction 1: P-modbus-tcp-003. */
const written = vectorBytes('P-modbus-tcp-003');
const writing: TcpExpectation = { transaction: 1, unit: 1, fc: 5, replyLength: 12, echoOf: fromHex('0005 ff00') };

const lateReply = fromHex('0001 0000 0009 11 03 06 0001 0002 0003');
const otherUnit = fromHex('0002 0000 0009 12 03 06 ae41 5652 4340');
const otherFunction = fromHex('0002 0000 0009 11 04 06 ae41 5652 4340');
const otherLength = fromHex('0002 0000 0005 11 03 02 ae41');

function feed(bytes: Uint8Array, expect: TcpExpectation): { found: Uint8Array; after: number } | null {
  for (let after = 0; after <= bytes.length; after++) {
    const scan = scanTcpReply(bytes.subarray(0, after), expect);
    if (scan.state === 'reply') return { found: bytes.subarray(scan.start, scan.end), after };
  }
  return null;
}

describe('sealTcp', () => {
  it('puts transaction, protocol 0, the length of unit and PDU, and the unit before the PDU', () => {
    expect(sealTcp(2, 17, fromHex('03 006b 0003'))).toEqual(request);
    expect(sealTcp(0xabcd, 255, fromHex('07'))).toEqual(fromHex('abcd 0000 0002 ff 07'));
  });
});

describe('scanTcpReply', () => {
  it.each([
    ['nothing', ''],
    ['noise', '55 aa 07'],
    ['zeros', '00 00 00 00 00'],
    ['the beginning of an earlier reply', '0001 0000 0009 11 03 06'],
  ])('finds the reply after %s, with its last byte', (_, prefix) => {
    const bytes = joined(fromHex(prefix), reply);
    expect(feed(bytes, reading)).toEqual({ found: reply, after: bytes.length });
  });

  it.each([
    ['the echo of the request', request],
    ['a late reply of another transaction', lateReply],
    ['a reply of another unit', otherUnit],
    ['a reply of another function', otherFunction],
    ['a reply of another length', otherLength],
    ['an exception of another transaction', fromHex('0001 0000 0003 11 83 02')],
    ['a reply whose protocol is not Modbus', fromHex('0002 0001 0009 11 03 06 ae41 5652 4340')],
    ['a reply that is longer than its byte count', fromHex('0002 0000 000a 11 03 06 ae41 5652 4340 00')],
    ['a reply whose byte count is not that of its length', fromHex('0002 0000 0009 11 03 04 ae41 5652 4340')],
  ])('passes over %s and finds the reply behind it', (_, foreign) => {
    expect(feed(foreign, reading)).toBeNull();
    const bytes = joined(foreign, reply);
    expect(feed(bytes, reading)).toEqual({ found: reply, after: bytes.length });
  });

  it('takes an exception for an answer', () => {
    expect(feed(exception, reading)).toEqual({ found: exception, after: 9 });
  });

  it('takes the first of two replies', () => {
    expect(scanTcpReply(joined(reply, reply), reading)).toEqual({ state: 'reply', start: 0, end: 15 });
  });

  it('takes the repetition of a write for its answer, and no other', () => {
    expect(feed(written, writing)).toEqual({ found: written, after: 12 });
    expect(feed(fromHex('0001 0000 0006 01 05 0005 0000'), writing)).toBeNull();
  });
});

describe('diagnoseTcpReply', () => {
  it.each([
    ['nothing', '', 'timeout', 'no answer from unit 17'],
    ['half a header', '0002 0000', 'timeout', 'only 4 of 15 bytes came from unit 17'],
    ['half a reply', '0002 0000 0009 11 03 06', 'timeout', 'only 9 of 15 bytes came from unit 17'],
    [
      'a header that says more than comes',
      '0002 0000 0011 11 03 06 ae41 5652 4340',
      'timeout',
      'only 15 of 23 bytes came from unit 17, where 15 were expected',
    ],
    [
      'a late reply',
      '0001 0000 0005 11 03 02 0001',
      'timeout',
      'no answer from unit 17; its late reply to an earlier request came (function 3, 11 bytes)',
    ],
    [
      'an id that was never sent',
      '0007 0000 0005 11 03 02 0001',
      'foreign',
      'unit 17 answered transaction 7, which does not wait for an answer, instead of 2',
    ],
    [
      'a reply of another unit',
      '0002 0000 0005 12 03 02 0001',
      'foreign',
      'unit 18 answered instead of unit 17 (function 3, 11 bytes)',
    ],
    [
      'another length',
      '0002 0000 0005 11 03 02 0001',
      'foreign',
      'unit 17 answered function 3 with 11 bytes where 15 were expected',
    ],
    ['noise', '55 aa 55 aa', 'checksum', 'what arrived is no Modbus TCP frame: 55 AA 55 AA'],
    [
      'Modbus RTU',
      '11 03 06 ae41 5652 4340 49ad',
      'checksum',
      'Modbus RTU frames come over this connection: the device server is in transparent mode',
    ],
  ])('says what %s amounts to', (_, bytes, code, message) => {
    const isLate = ({ transaction }: { transaction?: number | undefined }): boolean => transaction === 1;
    expect(diagnoseTcpReply(fromHex(bytes), { ...reading, isLate })).toEqual({ code, message });
  });

  it('has words for anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => diagnoseTcpReply(bytes, reading).message.length > 0),
    );
  });
});

describe('tcpStreamBroken', () => {
  it.each([
    ['nothing', ''],
    ['whole frames', '0001 0000 0005 11 03 02 0001 0002 0000 0003 11 83 04'],
    ['half a header', '0001 00'],
    ['half a frame', '0001 0000 00fe 11'],
    ['the shortest frame', '0001 0000 0002 11 07'],
  ])('has no fault to find with %s', (_, bytes) => {
    expect(tcpStreamBroken(fromHex(bytes))).toBe(false);
  });

  it.each([
    ['another protocol', '0001 0001 0005 11 03 02 0001'],
    ['another protocol, half of whose header came', '0001 01'],
    ['a length of 1', '0001 0000 0001 11'],
    ['a length of 255', '0001 0000 00ff 11'],
    ['a length whose first byte is too much', '0001 0000 01'],
    ['a fault after a whole frame', '0001 0000 0005 11 03 02 0001 ffff ffff'],
  ])('notices %s', (_, bytes) => {
    expect(tcpStreamBroken(fromHex(bytes))).toBe(true);
  });
});
