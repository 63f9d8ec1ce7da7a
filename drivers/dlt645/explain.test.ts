import { describe, expect, it } from 'vitest';
import { explainStream } from './explain.ts';
import { fromHex, joined, vectorBytes } from './testing/vectors.ts';
import { wireFrame } from './testing/wire-frame.ts';

const ADDRESS = '000000000161';

/** The fields of one sound frame. */
function fields(control: number, data: string, protocol: 'dlt645-2007' | 'dlt645-1997' = 'dlt645-2007') {
  const [entry] = explainStream(protocol, wireFrame(ADDRESS, control, data));
  return entry?.ok === true ? entry.fields : {};
}

describe('explainStream on requests', () => {
  it.each([
    ['a read', 0x11, '00000100', { function: 'read', di: '00010000', item: 'forward active energy, total' }],
    [
      'a read of load records',
      0x11,
      '01000006 03 00 00 29 02 24',
      { di: '06000001', blocks: 3, from: '2024-02-29 00:00' },
    ],
    ['a follow-on read', 0x12, '01003003 02', { di: '03300001', seq: 2 }],
    ['a write of the address', 0x15, '12 90 78 56 34 12', { function: 'writeAddress', newAddress: '123456789012' }],
    ['a freeze now', 0x16, '99999999', { function: 'freeze', freeze: 'now' }],
    ['an hourly freeze', 0x16, '30999999', { freeze: 'every hour at minute 30' }],
    ['a daily freeze', 0x16, '00009999', { freeze: 'every day at 00:00' }],
    ['a monthly freeze', 0x16, '00000199', { freeze: 'every month on day 01 at 00:00' }],
    ['a freeze once', 0x16, '00120105', { freeze: 'at 05-01 12:00' }],
    ['a freeze at no time', 0x16, 'aa009999', { freeze: 'no freeze time: 999900aa' }],
    ['a change of rate', 0x17, '08', { function: 'setBaud', baud: '2400' }],
    ['a change to no rate', 0x17, '18', { baud: null, reason: '18 is no baud rate' }],
    [
      'clearing events',
      0x1b,
      '02563412 02000000 ffffffff',
      { password: '123456', operator: '00000002', di: 'FFFFFFFF' },
    ],
    ['clearing the demand', 0x19, '02563412 02000000', { function: 'clearDemand', passwordLevel: '02' }],
    ['a relay command that is none', 0x1c, '0256341202000000 77003015080103 26', { cmd: '77', cmdName: 'unknown' }],
    [
      'a relay command with a wrong date',
      0x1c,
      '02563412020000001a00301508013326',
      { cmdName: 'trip', validUntil: null },
    ],
    ['a relay command that is too short', 0x1c, '025634', { raw: '025634' }],
    ['a read without an identifier', 0x11, '0000', { raw: '0000' }],
    ['a function of nobody', 0x1e, '1234', { function: 'unknown', raw: '1234' }],
  ])('says what %s is', (_, control, data, expected) => {
    expect(fields(control, data)).toMatchObject({ dir: 'request', ...expected });
  });
});

describe('explainStream on replies', () => {
  it.each([
    [
      'the bits of an error',
      0xd1,
      '7f',
      [
        'otherError',
        'noSuchData',
        'passwordOrNotAuthorised',
        'baudUnchangeable',
        'tooManyYearZones',
        'tooManyDayPeriods',
        'tooManyTariffs',
      ],
    ],
    ['the reserved bit of an error', 0xd4, '80', ['bit7']],
    ['a refused relay command', 0xdc, '04', ['passwordOrNotAuthorised']],
    ['the bits of a security error', 0xc3, '0a00', ['repeatedRecharge', 'authenticationFailed']],
    ['no bit', 0xd1, '00', []],
  ])('names %s', (_, control, data, errBits) => {
    expect(fields(control, data)).toMatchObject({ errorReply: true, errBits });
  });

  it('gives the bytes of an error, the highest first', () => {
    expect(fields(0xc3, '0a01')).toMatchObject({ err: '010A' });
  });

  it('names the bits of an error of 1997', () => {
    expect(fields(0xc1, '03')).toMatchObject({ version: '1997', errBits: ['illegalData', 'noSuchData'] });
  });

  it.each([0x94, 0x95, 0x96, 0x98, 0x99, 0x9a, 0x9b, 0x9c])('takes an empty reply %i for an acceptance', (control) => {
    expect(fields(control, '')).toMatchObject({ dir: 'reply', ack: true });
  });

  it('says that there is more, and gives the values so far', () => {
    expect(fields(0xb1, '00ff0100 29010000 6200')).toMatchObject({ more: true, values: ['1.29'], rest: '6200' });
  });

  it('gives no value of a follow-on frame: what its bytes are depends on the frames before', () => {
    const found = fields(0x92, '00ff0100 29010000 02');
    expect(found).toMatchObject({ di: '0001FF00', seq: 2, raw: '29010000' });
    expect(found).not.toHaveProperty('values');
  });

  it('keeps the sign of what can be below zero', () => {
    expect(fields(0x91, '00000302 122580')).toMatchObject({ value: '-0.2512', unit: 'kW' });
    expect(fields(0x91, '00000000 01000080')).toMatchObject({ value: '-0.01', unit: 'kWh' });
    expect(fields(0x91, '00000000 00000080')).toMatchObject({ value: '0.00' });
  });

  it('knows no sign of a register that counts up', () => {
    expect(fields(0x91, '00000100 00000080')).toMatchObject({ value: '800000.00', unit: 'kWh', obis: '1-0:1.8.0' });
  });

  it('gives null and a reason for absent phases, and for bytes that are no digits', () => {
    expect(fields(0x91, '00ff0102 5622 ffff 5a22')).toMatchObject({
      values: ['225.6', null, null],
      reasons: [null, 'absent (FF)', 'not BCD'],
      nonBcd: [null, null, '225a'],
      labels: ['A', 'B', 'C'],
    });
  });

  it.each([
    ['fewer phases', '00ff0102 5622', { values: ['225.6'], labels: ['A'] }],
    ['fewer tariffs', '00ff0100 29010000 62000000', { values: ['1.29', '0.62'], labels: ['total', 'tariff 1'] }],
    ['no values', '00ff0102', { values: [] }],
    ['part of a value', '00ff0102 56', { values: [], raw: '56' }],
  ])('takes %s than asked for', (_, data, expected) => {
    expect(fields(0x91, data)).toMatchObject(expected);
  });

  it('does not guess which powers are there when some are missing', () => {
    expect(fields(0x91, '00ff0302 001200 001200 001200')).toMatchObject({ values: ['0.1200', '0.1200', '0.1200'] });
    expect(fields(0x91, '00ff0302 001200 001200 001200')).not.toHaveProperty('labels');
  });

  it('gives a demand with its time', () => {
    expect(fields(0x91, '00000101 452301 3012290224')).toMatchObject({
      value: '1.2345',
      unit: 'kW',
      time: '2024-02-29 12:30',
      obis: '1-0:1.6.0',
    });
    expect(fields(0x91, '00ff0101 452301 3012290224 000000 0000000000')).toMatchObject({
      values: ['1.2345', '0.0000'],
      times: ['2024-02-29 12:30', null],
    });
  });

  it('names the bits of a status word', () => {
    expect(fields(0x91, '03050004 5402')).toMatchObject({
      value: '0x0254',
      status: { relayOpen: true, relayCommandOpen: true, supply: 'battery', prepayment: 'money', preTripAlarm: false },
    });
  });

  it('says that an item is unknown, and gives its bytes', () => {
    expect(fields(0x91, '010000f1 1234')).toMatchObject({ di: 'F1000001', item: 'unknown item', raw: '1234' });
  });

  it('does not take the reply of a longer item for its value', () => {
    expect(fields(0x91, '00010102 5622 aa')).toMatchObject({ value: '225.6', rest: 'aa' });
    expect(fields(0x91, '00010102 56')).toMatchObject({ value: null, reason: '1 of 2 bytes' });
    expect(fields(0x91, '00010102')).toMatchObject({ value: null, reason: 'the meter sent none' });
  });
});

describe('explainStream on bad input', () => {
  it('sees that 33H was added twice', () => {
    const [entry] = explainStream('dlt645-2007', vectorBytes('P-dlt645-2007-041'));
    expect(entry).toMatchObject({
      fields: {
        di: '33343233',
        item: 'unknown item',
        note: '33H seems to have been added twice: without that it is 0001FF00',
      },
    });
  });

  it('says of a damaged frame what it seems to be, and no value', () => {
    const [entry] = explainStream('dlt645-2007', vectorBytes('P-dlt645-2007-049'));
    expect(entry).toMatchObject({
      ok: false,
      error: {
        code: 'checksum',
        message: 'its checksum is 5D and should be 6D',
        address: '201000000012',
        control: '91',
        checksumExpected: '6D',
      },
    });
  });

  it('tells the versions apart by the control code, whatever protocol is named', () => {
    const both = joined(vectorBytes('P-dlt645-1997-006'), vectorBytes('P-dlt645-2007-004'));
    for (const protocol of ['dlt645-2007', 'dlt645-1997'] as const) {
      expect(explainStream(protocol, both)).toMatchObject([
        { fields: { version: '1997', value: '100.00' } },
        { fields: { version: '2007', value: '123456.78' } },
      ]);
    }
  });

  it('goes by the protocol where both versions have the function', () => {
    expect(fields(0x08, '585923290224', 'dlt645-1997')).toMatchObject({ version: '1997', time: '2024-02-29 23:59:58' });
    expect(fields(0x03, '1090', 'dlt645-1997')).toMatchObject({ function: 'readAgain', di: '9010' });
    expect(fields(0x03, '1090', 'dlt645-2007')).toMatchObject({ function: 'authenticate', raw: '1090' });
  });

  it.each([
    ['with the AA that ends it', '1f90 54720900 72690100 aa', { values: ['972.54', '169.72'], blockEndAA: true }],
    ['without', '1f90 54720900 72690100', { values: ['972.54', '169.72'] }],
    ['of one value', '1f90 54720900 aa', { values: ['972.54'], blockEndAA: true }],
    ['of small values', '1fb6 2302 2402 ffff aa', { values: ['223', '224', null], labels: ['A', 'B', 'C'] }],
  ])('reads a block of 1997 %s', (_, data, expected) => {
    expect(fields(0x81, data)).toMatchObject(expected);
  });

  it('finds frames by their bytes alone', () => {
    expect(explainStream('dlt645-2007', fromHex('68 68 68 16 16'))).toEqual([
      { ok: false, offset: 0, length: 5, error: { code: 'garbage', message: '5 bytes belong to no DL/T 645 frame' } },
    ]);
  });
});
