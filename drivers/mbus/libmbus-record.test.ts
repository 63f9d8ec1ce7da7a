import { describe, expect, it } from 'vitest';
import { libmbusRecord, type LibmbusRecord } from './libmbus-record.ts';
import { cutRecords } from './raw-record.ts';
import { fromHex } from './testing/vectors.ts';

function read(hex: string): LibmbusRecord {
  const cut = cutRecords(fromHex(hex), 0);
  const [raw] = cut.ok ? cut.records : [];
  if (raw === undefined) throw new Error(hex);
  return libmbusRecord(raw, 0);
}

/** Printed by libmbus 0.9.0 itself; blanks around texts left out. The columns: function, storage, tariff/device; the rest by name. */
describe('libmbusRecord', () => {
  it.each([
    ['04 93 7d 39300000', 'Instantaneous value 0', 'Volume', 'm^3', '12345.000000'],
    ['04 93 74 39300000', 'Instantaneous value 0', 'Volume', 'm^3', '0.123450'],
    ['02 db 7a 3930', 'Instantaneous value 0', 'Flow temperature', '°C', '12345.100000'],
    ['02 fd c9 7d 3930', 'Instantaneous value 0', 'Voltage', 'V', '12345.000000'],
    ['02 93 93 74 3930', 'Instantaneous value 0', 'Volume', 'm^3', '12.345000'],
    ['04 6d 80000000', 'Instantaneous value 0', 'Time point (date & time)', '-', '1900-01-00T00:00:00Z'],
    ['06 6d 008008162700', 'Instantaneous value 0', 'Time point (date & time)', '-', '1900-01-00T00:00:00Z'],
    ['02 6c ffff', 'Instantaneous value 0', 'Time point (date)', '-', '2127-15-31'],
    ['02 fd 70 1f0c', 'Instantaneous value 0', 'Date and time of battery change', '', '3103.000000'],
    ['04 fd 30 2b0d9811', 'Instantaneous value 0', 'Reserved', 'Reserved', '2012-01-24T13:43:00Z'],
    ['03 6d 050a17', 'Instantaneous value 0', 'Time point (date & time)', '-', '1509893.000000'],
    ['01 fb 08 05', 'Instantaneous value 0', 'Energy', 'Reserved', '500000000.000000'],
    ['01 fb 1a 05', 'Instantaneous value 0', 'Reserved', 'Reserved', '5.000000'],
    ['01 fb 30 05', 'Instantaneous value 0', 'Power', 'J', '500000000.000000'],
    ['01 fb 79 05', 'Instantaneous value 0', 'Cumul count max power', 'W', '0.005000'],
    ['01 fd 1f 05', 'Instantaneous value 0', 'Reserved', 'Reserved', '5.000000'],
    ['01 fd 71 b0', 'Instantaneous value 0', 'Reserved', 'Reserved', '-80.000000'],
    ['01 fd fd 02 05', 'Instantaneous value 0', 'Reserved', 'Reserved', '5.000000'],
    ['01 fd 28 02', 'Instantaneous value 0', 'Storage interval', 's', '5259487.660000'],
    ['01 fd 6b 02', 'Instantaneous value 0', 'Duration since last cumulation', 's', '63113852.000000'],
    ['01 6f 05', 'Instantaneous value 0', 'Reserved', 'Reserved', '0.000000'],
    ['00 13', 'Instantaneous value 0', 'Volume', 'm^3', ''],
    ['3f 13 0102030405060708', 'Value during error state 0', 'Volume', 'm^3', '01 02 03 04 05 06 07 08'],
    ['0c 13 2704b502', 'Instantaneous value 0', 'Volume', 'm^3', '2050.427000'],
    ['0c 13 270485f2', 'Instantaneous value 0', 'Volume', 'm^3', '-2850.427000'],
    ['0a 5a ffff', 'Instantaneous value 0', 'Flow temperature', '°C', '-151.500000'],
    ['09 5a f0', 'Instantaneous value 0', 'Flow temperature', '°C', '0.000000'],
    ['05 5b 0000c07f', 'Instantaneous value 0', 'Flow temperature', '°C', 'nan'],
    ['05 5b 000080ff', 'Instantaneous value 0', 'Flow temperature', '°C', '-inf'],
    ['07 03 ffffffffffffffff', 'Instantaneous value 0', 'Energy', 'Wh', '-1.000000'],
    ['02 ff 74 3930', 'Instantaneous value 0', 'Manufacturer specific', '', '123.450000'],
    ['01 fe 00 05', 'Instantaneous value 0', 'Any VIF', '', '5.000000'],
    ['c4 8f 40 03 00000000', 'Instantaneous value 31 0/2', 'Energy', 'Wh', '0.000000'],
    ['54 03 01000000', 'Maximum value 1', 'Energy', 'Wh', '1.000000'],
    ['34 03 01000000', 'Value during error state 0', 'Energy', 'Wh', '1.000000'],
    ['02 fc 03 48 52 25 74 22 15', 'Instantaneous value 0', '%RH', '-', '54.100000'],
    ['0d fd 11 05 41001f4220', 'Instantaneous value 0', 'Customer', '', 'B'],
    ['04 48 01000000', 'Instantaneous value 0', 'Volume flow', 'm^3/s', '0.000000'],
  ])('prints %s as libmbus does: %s, %s, %s, %s', (hex, where, quantity, unit, value) => {
    const { Function: which = '', StorageNumber = '', Tariff, Device, ...rest } = read(hex);
    const device = Tariff === undefined ? '' : ` ${Tariff}/${Device ?? ''}`;
    expect(`${which} ${StorageNumber}${device}`).toBe(where);
    expect(rest).toEqual({ id: '0', Quantity: quantity, Unit: unit, Value: value });
  });

  it.each(['01 7b 05', '08 13'])('has nothing but the place of %s, which libmbus does not know', (hex) => {
    expect(read(hex)).toEqual({ id: '0' });
  });

  it.each([
    ['0f 00 01 75 13', 'Manufacturer specific', '00 01 75 13'],
    ['1f', 'More records follow', ''],
  ])('prints %s byte by byte', (hex, name, value) => {
    const words = { Function: name, StorageNumber: '0', Unit: '', Quantity: '', Value: value };
    expect(read(hex)).toEqual({ id: '0', ...words });
  });

  /** Version 0.10.0; 0.9.0 cannot read the one and has 2096 for the other. */
  it.each([
    ['0d 7c 02 5750 f0 96075b2a27a693013db51ab3dcd13e17', '17 3E D1 DC B3 1A B5 3D 01 93 A6 27 2A 5B 07 96'],
    ['04 6d 100905c5', '1996-05-05T09:16:00Z'],
  ])('prints %s as its version 0.10.0 does', (hex, value) => {
    expect(read(hex).Value).toBe(value);
  });
});
