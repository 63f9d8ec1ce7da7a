import { describe, expect, it } from 'vitest';
import type { Fields } from './explain-pdu.ts';
import { explainStream } from './explain.ts';
import { sealRtu } from './frame-rtu.ts';
import { sealTcp } from './frame-tcp.ts';
import { fromHex, joined } from './testing/vectors.ts';

/** The fields of a stream of PDUs of unit 7, each in its RTU frame. */
function explained(...pdus: readonly string[]): Fields[] {
  const entries = explainStream('modbus-rtu', joined(...pdus.map((pdu) => sealRtu(7, fromHex(pdu)))));
  return entries.flatMap((entry) => (entry.ok ? [entry.fields] : []));
}

describe('explainStream', () => {
  it('names the function and the direction', () => {
    expect(explained('03 0000 0001', '03 02 0007')).toEqual([
      { unit: 7, fc: 3, function: 'Read Holding Registers', direction: 'request', address: 0, count: 1 },
      { unit: 7, fc: 3, function: 'Read Holding Registers', direction: 'reply', registers: [7] },
    ]);
  });

  // The PDUs are the examples of MODBUS Application Protocol V1.1b3, 6, where it gives one.
  it.each([
    [
      '01 03 cd6b05',
      { direction: 'reply', bits: [1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0] },
    ],
    ['05 00ac ff00', { direction: 'either', address: 172, value: true, rawValue: 0xff00 }],
    ['05 00ac 0000', { direction: 'either', address: 172, value: false, rawValue: 0 }],
    ['06 0001 0003', { direction: 'either', address: 1, registers: [3] }],
    ['07', { direction: 'request', function: 'Read Exception Status' }],
    ['07 6d', { direction: 'reply', data: '6d' }],
    ['08 0001 ff00', { direction: 'either', sub: 1, data: 'ff00' }],
    ['0f 0013 000a 02 cd01', { direction: 'request', address: 19, count: 10, bits: [1, 0, 1, 1, 0, 0, 1, 1, 1, 0] }],
    ['0f 0013 000a', { direction: 'reply', address: 19, count: 10 }],
    ['10 0001 0002 04 000a 0102', { direction: 'request', address: 1, count: 2, registers: [10, 258] }],
    ['10 0001 0002', { direction: 'reply', address: 1, count: 2 }],
    ['11 02 41ff', { direction: 'reply', function: 'Report Server ID', data: '0241ff' }],
    ['16 0004 00f2 0025', { direction: 'either', address: 4, andMask: 0xf2, orMask: 0x25 }],
    [
      '17 0003 0006 000e 0003 06 00ff 00fe 00fd',
      { direction: 'request', address: 3, count: 6, writeAddress: 14, writeCount: 3, registers: [255, 254, 253] },
    ],
    ['17 02 00fe', { direction: 'reply', registers: [254] }],
    ['18 04de', { direction: 'request', address: 0x4de }],
    ['18 0006 0002 01b8 1284', { direction: 'reply', count: 2, registers: [440, 4740] }],
    ['2b 0e 01 00', { direction: 'request', data: '0e0100' }],
    ['64 0102', { direction: 'either', function: 'User-Defined Function 100', data: '0102' }],
    ['81 0b', { direction: 'reply', fc: 1, exception: 11, name: 'Gateway Target Device Failed to Respond' }],
    ['e4 01', { direction: 'reply', fc: 100, exception: 1, name: 'Illegal Function' }],
  ])('explains %s', (pdu, fields) => {
    expect(explained(pdu)).toMatchObject([fields]);
  });

  it.each([
    ['4366 3333', 230.2],
    ['c2c8 0000', -100],
    ['0000 0000', 0],
  ])('reads two registers %s as a float too', (registers, value) => {
    expect(explained(`03 04 ${registers}`)).toMatchObject([{ value, wordOrder: 'high-first' }]);
  });

  it.each([['0000 0007'], ['7fc0 0000'], ['ff80 0000'], ['4366 3333 0000']])('takes %s for no float', (registers) => {
    const bytes = fromHex(registers).length.toString(16).padStart(2, '0');
    expect(explained(`04 ${bytes} ${registers}`)[0]).not.toHaveProperty('value');
  });

  it('gives a value of FC 5 that is neither on nor off as it is', () => {
    expect(explained('05 0200 0007')[0]).not.toHaveProperty('value');
    expect(explained('05 0200 0007')).toMatchObject([{ rawValue: 7 }]);
  });

  it.each([
    ['01 0000 0000', 'exception 03 (no bits)'],
    ['02 0000 07d1', 'exception 03 (more than 2000 bits)'],
    ['03 0000 0000', 'exception 03 (no registers)'],
    ['04 0000 007e', 'exception 03 (more than 125 registers)'],
    ['03 ffff 0002', 'exception 02 (beyond address 65535)'],
    ['0f 0000 0009 01 ff', 'exception 03 (1 bytes for 9 bits)'],
    ['10 0000 0003 04 0001 0002', 'exception 03 (4 bytes for 3 registers)'],
    ['17 0000 007e 0000 0001 02 0001', 'exception 03 (more than 125 registers)'],
    ['17 0000 0001 0000 0000 02 0001', 'exception 03 (no registers)'],
  ])('says that %s must be refused', (pdu, illegal) => {
    expect(explained(pdu)).toMatchObject([{ direction: 'request', illegal, mustBeAnsweredWith: illegal }]);
  });

  it.each(['01 0000 07d0', '04 0000 007d', '03 ffff 0001', '0f 0000 0009 02 ff01'])('lets %s pass', (pdu) => {
    expect(explained(pdu)[0]).not.toHaveProperty('illegal');
  });

  describe('where request and reply have the same shape', () => {
    it('takes a list of file records for a reply where it has not the length of a request', () => {
      expect(explained('14 0c 05 06 0dfe 0020 05 06 33cd 0040')[0]).toMatchObject({ direction: 'reply' });
      expect(explained('14 0c 05 06 0dfe 0020 05 06 33cd 0040')[0]).not.toHaveProperty('alsoFits');
      expect(explained('14 07 06 0004 0001 0002')[0]).toMatchObject({ direction: 'request', alsoFits: 'reply' });
    });

    it('takes the frame for a request', () => {
      expect(explained('02 0300 0008')).toMatchObject([
        { direction: 'request', alsoFits: 'reply', address: 768, count: 8 },
      ]);
    });

    it('takes it for a reply after another request to the same unit and function', () => {
      const [, reply] = explained('02 0000 0011', '02 03 010008');
      expect(reply).toMatchObject({
        direction: 'reply',
        alsoFits: 'request',
        bits: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      });
    });

    it('takes the same request once more for a request', () => {
      const [, again] = explained('02 0300 0008', '02 0300 0008');
      expect(again).toMatchObject({ direction: 'request' });
    });

    it('takes it for a reply where no device may accept the request', () => {
      expect(explained('01 03 000000')).toMatchObject([{ direction: 'reply' }]);
    });
  });

  it('joins a TCP reply to the request of its transaction only', () => {
    const request = sealTcp(5, 1, fromHex('01 0000 0003'));
    const entries = explainStream(
      'modbus-tcp',
      joined(request, sealTcp(5, 1, fromHex('01 01 05')), request, sealTcp(6, 1, fromHex('01 01 05'))),
    );
    expect(entries).toMatchObject([
      { fields: { transaction: 5, count: 3 } },
      { fields: { transaction: 5, bits: [1, 0, 1] } },
      { fields: { transaction: 5, count: 3 } },
      { fields: { transaction: 6, bits: [1, 0, 1, 0, 0, 0, 0, 0] } },
    ]);
  });

  it.each([
    ['a request to another unit', sealRtu(8, fromHex('01 0000 0003'))],
    ['a request of another function', sealRtu(7, fromHex('02 0000 0003'))],
    ['a reply', sealRtu(7, fromHex('01 01 07'))],
  ])('does not read a reply by %s before it', (_, before) => {
    const [, reply] = explainStream('modbus-rtu', joined(before, sealRtu(7, fromHex('01 01 05'))));
    expect(reply).toMatchObject({ fields: { bits: [1, 0, 1, 0, 0, 0, 0, 0] } });
  });

  it('hands on what was no frame', () => {
    expect(explainStream('modbus-tcp', fromHex('55 aa'))).toEqual([
      { ok: false, offset: 0, length: 2, error: { code: 'garbage', message: '2 bytes belong to no Modbus frame' } },
    ]);
  });

  it('has nothing to say about nothing', () => {
    expect(explainStream('modbus-rtu', new Uint8Array())).toEqual([]);
  });

  it('makes plain JSON', () => {
    const entries = explainStream('modbus-rtu', joined(fromHex('fe'), sealRtu(1, fromHex('03 04 4366 3333'))));
    expect(JSON.parse(JSON.stringify(entries))).toEqual(entries);
  });
});
