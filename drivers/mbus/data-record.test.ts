import { describe, expect, it } from 'vitest';
import { readDataRecord, type DataRecord } from './data-record.ts';
import { cutRecords } from './raw-record.ts';
import { fromHex } from './testing/vectors.ts';

/** The one record that `hex` spells. */
function read(hex: string): DataRecord {
  const cut = cutRecords(fromHex(hex), 0);
  const [raw] = cut.ok ? cut.records : [];
  if (!cut.ok || raw === undefined || cut.records.length !== 1) throw new Error(`${hex}: ${JSON.stringify(cut)}`);
  return readDataRecord(raw);
}

const valueOf = (hex: string): (string | null)[] => [read(hex).value, read(hex).unit];

/** EN 13757-3:2018, Table 10: the first and the last code of each row. */
describe('the primary VIFs', () => {
  it.each([
    ['04 00 39300000', '12.345', 'Wh', 'Energy'],
    ['04 07 39300000', '123450000', 'Wh', 'Energy'],
    ['04 08 39300000', '12345', 'J', 'Energy'],
    ['04 0f 39300000', '123450000000', 'J', 'Energy'],
    ['04 10 39300000', '0.012345', 'm3', 'Volume'],
    ['04 17 39300000', '123450', 'm3', 'Volume'],
    ['04 18 39300000', '12.345', 'kg', 'Mass'],
    ['04 1f 39300000', '123450000', 'kg', 'Mass'],
    ['01 20 05', '5', 's', 'On time'],
    ['01 23 05', '5', 'd', 'On time'],
    ['01 25 05', '5', 'min', 'Operating time'],
    ['01 26 05', '5', 'h', 'Operating time'],
    ['02 28 3930', '12.345', 'W', 'Power'],
    ['02 2f 3930', '123450000', 'W', 'Power'],
    ['02 30 3930', '12345', 'J/h', 'Power'],
    ['02 37 3930', '123450000000', 'J/h', 'Power'],
    ['02 38 3930', '0.012345', 'm3/h', 'Volume flow'],
    ['02 3f 3930', '123450', 'm3/h', 'Volume flow'],
    ['02 40 3930', '0.0012345', 'm3/min', 'Volume flow'],
    ['02 47 3930', '12345', 'm3/min', 'Volume flow'],
    ['02 48 3930', '0.000012345', 'm3/s', 'Volume flow'],
    ['02 4f 3930', '123.45', 'm3/s', 'Volume flow'],
    ['02 50 3930', '12.345', 'kg/h', 'Mass flow'],
    ['02 57 3930', '123450000', 'kg/h', 'Mass flow'],
    ['02 58 3930', '12.345', '°C', 'Flow temperature'],
    ['02 5b 3930', '12345', '°C', 'Flow temperature'],
    ['02 5c 3930', '12.345', '°C', 'Return temperature'],
    ['02 5f 3930', '12345', '°C', 'Return temperature'],
    ['02 60 3930', '12.345', 'K', 'Temperature difference'],
    ['02 63 3930', '12345', 'K', 'Temperature difference'],
    ['02 65 cefe', '-3.06', '°C', 'External temperature'],
    ['02 67 3930', '12345', '°C', 'External temperature'],
    ['02 68 3930', '12.345', 'bar', 'Pressure'],
    ['02 6b 3930', '12345', 'bar', 'Pressure'],
    ['01 6e 05', '5', null, 'H.C.A.'],
    ['01 70 05', '5', 's', 'Averaging Duration'],
    ['01 77 05', '5', 'd', 'Actuality Duration'],
    ['0c 78 78563412', '12345678', null, 'Fabrication No'],
    ['01 7a fa', '250', null, 'Bus Address'],
    ['01 7f 05', '5', null, 'Manufacturer specific'],
  ])('%s is %s %s, %s', (hex, value, unit, quantity) => {
    expect(read(hex)).toMatchObject({ value, unit, quantity });
  });

  it.each(['01 6f 05', '01 7b 05', '01 ef 00 05', '01 fd 77 05', '01 fb 06 05', '01 fb 32 05'])(
    'gives no value for the reserved VIF of %s, and keeps its bytes',
    (hex) => {
      expect(read(hex)).toMatchObject({ value: null, unit: null, quantity: null, data: '05' });
      expect(read(hex).reason).toContain(`unknown VIF ${read(hex).vib}`);
    },
  );
});

/** EN 13757-3:2018, Tables 12 and 14. */
describe('the extensions of the VIFs', () => {
  it.each([
    ['01 fd 00 05', '0.005', 'currency units', 'Credit'],
    ['01 fd 07 05', '5', 'currency units', 'Debit'],
    ['01 fd 0e 05', '5', null, 'Firmware version'],
    ['02 fd 17 ffff', '65535', null, 'Error flags'],
    ['01 fd 1b 80', '128', null, 'Digital Input'],
    ['02 fd 1c 6009', '2400', 'baud', 'Baudrate'],
    ['01 fd 24 05', '5', 's', 'Storage interval'],
    ['01 fd 29 05', '5', 'year', 'Storage interval'],
    ['01 fd 2f 05', '5', 'd', 'Duration since last readout'],
    ['01 fd 31 05', '5', 'min', 'Duration of tariff'],
    ['01 fd 34 05', '5', 's', 'Period of tariff'],
    ['01 fd 38 05', '5', 'month', 'Period of tariff'],
    ['01 fd 3a 05', '5', null, 'Dimensionless'],
    ['01 fd 3f 05', '5', 'd', 'Period of nominal data transmissions'],
    ['02 fd 40 3930', '0.000012345', 'V', 'Voltage'],
    ['02 fd 48 fe08', '230.2', 'V', 'Voltage'],
    ['02 fd 4f 3930', '12345000000', 'V', 'Voltage'],
    ['02 fd 50 3930', '0.000000012345', 'A', 'Current'],
    ['02 fd 5f 3930', '12345000', 'A', 'Current'],
    ['01 fd 68 05', '5', 'h', 'Duration since last cumulation'],
    ['01 fd 6f 05', '5', 'year', 'Operating time battery'],
    ['01 fd 71 b0', '-80', 'dBm', 'RF level'],
    ['02 fd 74 e803', '1000', 'd', 'Remaining battery life time'],
    ['01 fd fd 02 05', '5', 'month', 'Remaining battery life time'],
    ['01 fd fd 03 05', '5', 'year', 'Remaining battery life time'],
    ['01 fb 00 05', '500000', 'Wh', 'Energy'],
    ['01 fb 01 05', '5000000', 'Wh', 'Energy'],
    ['01 fb 03 05', '50000', 'varh', 'Reactive energy'],
    ['01 fb 04 05', '5000', 'VAh', 'Apparent energy'],
    ['01 fb 09 05', '5000000000', 'J', 'Energy'],
    ['01 fb 0c 05', '500000', 'cal', 'Energy'],
    ['01 fb 11 05', '5000', 'm3', 'Volume'],
    ['01 fb 14 05', '5', 'var', 'Reactive power'],
    ['01 fb 19 05', '5000000', 'kg', 'Mass'],
    ['02 fb 1a 1d02', '54.1', '%', 'Relative humidity'],
    ['01 fb 21 05', '0.5', 'ft3', 'Volume'],
    ['01 fb 22 05', '0.5', 'gal', 'Volume'],
    ['01 fb 24 05', '0.005', 'gal/min', 'Volume flow'],
    ['01 fb 29 05', '5000000', 'W', 'Power'],
    ['02 fb 2a b004', '120.0', '°', 'Phase U-U'],
    ['02 fb 2e f401', '50.0', 'Hz', 'Frequency'],
    ['01 fb 31 05', '5000000000', 'J/h', 'Power'],
    ['01 fb 37 05', '5000', 'VA', 'Apparent power'],
    ['02 fb 59 3930', '123.45', '°F', 'Flow temperature'],
    ['02 fb 68 0018', '1.5', null, 'Resulting rating factor, K'],
    ['01 fb 74 05', '0.005', '°C', 'Cold / Warm Temperature Limit'],
    ['01 fb 79 05', '0.05', 'W', 'Cumul count max power'],
  ])('%s is %s %s, %s', (hex, value, unit, quantity) => {
    expect(read(hex)).toMatchObject({ value, unit, quantity });
  });

  it('reads a unit that the meter spells out, and its correction', () => {
    expect(read('02 fc 03 48 52 25 74 22 15')).toMatchObject({ value: '54.10', unit: '%RH', vib: 'fc0348522574' });
  });

  it('gives no value whose coding is not decoded', () => {
    expect(valueOf('04 fd 72 01020304')).toEqual([null, null]);
  });
});

/** EN 13757-3:2018, combinable VIFEs. */
describe('the VIFEs that modify a value', () => {
  it.each([
    ['02 93 70 3930', '0.000012345', 'm3'],
    ['02 93 77 3930', '123.45', 'm3'],
    ['02 93 7d 3930', '12345', 'm3'],
    ['02 fd c9 77 3930', '123450', 'V'],
    ['02 93 f0 77 3930', '0.00012345', 'm3'],
    ['02 93 22 3930', '12.345', 'm3/h'],
    ['01 ee 25 05', '5', '1/month'],
    ['02 db 7b 3930', '12346', '°C'],
    ['02 db 78 3930', '12345.001', '°C'],
    ['02 93 49 0700', '7', null],
    ['02 93 52 0700', '7', 'h'],
    ['02 93 67 0700', '7', 'd'],
    ['42 ec 7e 3f0c', '2001-12-31', null],
    ['42 93 6f 3f0c', '2001-12-31', null],
    ['02 fd c9 ff 01 e600', '230', 'V'],
  ])('%s is %s %s', (hex, value, unit) => {
    expect(valueOf(hex)).toEqual([value, unit]);
  });

  it.each([
    ['02 93 15 3930', 'the slave reports: no data available (undefined value)'],
    ['02 93 18 3930', 'the slave reports: data error'],
    ['02 93 3d 3930', 'values of the non-metric unit system are not decoded'],
    ['02 93 79 3930', 'the unit of its additive correction is not certain'],
  ])('%s has no value: %s', (hex, reason) => {
    expect(read(hex)).toMatchObject({ value: null, unit: null, reason });
  });

  it.each([
    ['02 93 3b 3930', ['accumulation only of positive contributions (forward flow)']],
    ['02 93 4e 3f0c', ['date of the begin of the last upper limit exceed']],
    ['02 93 6a 3f0c', ['date of the first begin']],
    ['02 93 6b 3f0c', ['date of the first end']],
    ['02 93 6e 3f0c', ['date of the last begin']],
    ['02 93 5d 0000', ['duration of the last upper limit exceed']],
    ['02 ab fc 03 3930', ['at phase L3']],
    ['02 ab fc 01 3930', ['at phase L1']],
    ['02 ab fc 82 74 3930', ['at phase L2', 'multiplied by 10^-2']],
    ['02 93 ff 81 3b 3930', ['manufacturer specific']],
    ['02 93 10 3930', ['unknown VIFE 10']],
  ])('%s has its modifiers by name', (hex, modifiers) => {
    expect(read(hex).modifiers).toEqual(modifiers);
  });
});

/** EN 13757-3:2018, Tables 4 and 5, Annex A. */
describe('the codings of data', () => {
  it.each([
    ['01 03 ff', '-1'],
    ['03 03 ffff7f', '8388607'],
    ['03 03 01ffff', '-255'],
    ['06 03 ffffffffff7f', '140737488355327'],
    ['07 03 ffffffffffffff7f', '9223372036854775807'],
    ['09 03 42', '42'],
    ['0a 03 3412', '1234'],
    ['0b 03 563412', '123456'],
    ['0c 13 20048502', '2850.420'],
    ['0e 03 129078563412', '123456789012'],
    ['0c 13 27 04 85 f2', '-2850.427'],
    ['0a 5a 00f0', '0.0'],
    ['05 3e 6666e643', '460.8'],
    ['05 5b 1ed82442', '41.211052'],
    ['05 03 00000080', '0'],
    ['0d 13 c4 27048502', '2850.427'],
    ['0d 13 d2 3412', '-1.234'],
    ['0d 03 e3 010203', '197121'],
    ['0d 03 f0 01000000 00000000 00000000 00000000', '1'],
    ['0d 78 05 353433 3231', '12345'],
  ])('%s is %s', (hex, value) => {
    expect(read(hex).value).toBe(value);
  });

  it.each([
    ['00 13', 'the record has no data'],
    ['08 13', 'a selection for readout'],
    ['02 5b 0080', '-32768: the mark of an invalid value'],
    ['0a 5a ffff', 'FFFF: filler'],
    ['0c 13 2704b502', '02B50427: not decimal digits'],
    ['0a 5a ee0e', '0EEE: not decimal digits'],
    ['05 5b 0000c07f', 'NaN: no value'],
    ['05 5b 000080ff', '-Infinity: no value'],
    ['0d fd 10 03 202020', 'blank text'],
    ['0d 03 e1 80', 'a binary number of unclear sign'],
    ['0d 13 c1 1a', 'not decimal digits'],
    ['3f 13 0102030405060708', 'its DIF is reserved'],
    ['0c 6d 12345678', 'not coded as a date or time'],
  ])('%s has no value: %s', (hex, reason) => {
    expect(read(hex)).toMatchObject({ value: null, unit: null, reason });
  });

  it('reads a text from its end, in ISO 8859-1', () => {
    expect(valueOf('0d fd 11 05 fc6c6c61 4d')).toEqual(['Mallü', null]);
  });
});

/** EN 13757-3:2018, Tables 7 and 8. */
describe('the data information', () => {
  it.each([
    ['04 03 00000000', { function: 'instantaneous', storage: 0, tariff: null, device: null }],
    ['54 03 00000000', { function: 'maximum', storage: 1, tariff: null, device: null }],
    ['24 03 00000000', { function: 'minimum', storage: 0 }],
    ['34 03 00000000', { function: 'error', storage: 0 }],
    ['84 10 03 00000000', { storage: 0, tariff: 1, device: 0 }],
    ['c4 8f 40 03 00000000', { storage: 31, tariff: 0, device: 2 }],
    ['84 b0 30 03 00000000', { storage: 0, tariff: 15, device: 0 }],
    ['84 80 80 80 80 80 80 80 80 80 0f 03 00000000', { storage: 15 * 2 ** 37, tariff: 0, device: 0 }],
  ])('of %s', (hex, expected) => {
    expect(read(hex)).toMatchObject(expected);
  });

  it('keeps the record as it stands in the telegram', () => {
    expect(read('8c 10 93 3b 27048502')).toMatchObject({ dib: '8c10', vib: '933b', data: '27048502' });
  });
});
