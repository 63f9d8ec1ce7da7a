import { describe, expect, it } from 'vitest';
import { decodeItem } from './decode-item.ts';
import type { LayoutName } from './layouts.ts';
import type { Family } from './meter-types.ts';
import { fromHex } from './testing/vectors.ts';

const AT = '58 59 23 29 02 24 20';
const CLOCK = { text: '2024-02-29 23:59:58', isReal: true, raw: AT.replaceAll(' ', '') };

/** What an item of a meter says, its values as text with their units. */
function decode(di: number, data: string, family: Family = 'water', layout: LayoutName = 'standard') {
  const decoded = decodeItem(di, fromHex(data), { family, layout, stBitOrder: 'low-first' });
  const values = decoded.fields.map((field): readonly [string, unknown] => {
    switch (field.type) {
      case 'measured':
        return [field.name, field.value === null ? null : `${field.value} ${field.unit ?? ''}`];
      case 'number':
        return [field.name, field.value];
      case 'time':
        return [field.name, field.time];
      case 'status':
        return [field.name, `${field.status.valve ?? ''} ${field.status.batteryLow === true ? 'low' : 'ok'}`];
      case 'raw':
        return [field.name, field.hex];
    }
  });
  return { ...decoded, fields: Object.fromEntries(values) };
}

describe('decodeItem', () => {
  it('reads a water meter', () => {
    expect(decode(0x901f, `69 31 80 00 2c 03 48 05 00 2c ${AT} 05 00`)).toEqual({
      item: 'current reading',
      fields: { current: '8031.69 m3', settlement: '548.03 m3', time: CLOCK, st: 'closed low' },
    });
  });

  it.each([
    ['29', '12.30 L'],
    ['2a', '123.0 L'],
    ['2b', '1230 L'],
    ['2c', '12.30 m3'],
    ['2d', '123.0 m3'],
    ['2e', '1230 m3'],
  ])('scales a value by its unit %s', (unit, value) => {
    expect(decode(0xd120, `30 12 00 00 ${unit}`).fields).toEqual({ value });
  });

  it.each([
    ['30 12 00 00 00', '12.30', null, '00', 'unit code 00 is in no table: the register shows 12.30'],
    ['30 12 00 00 30', '12.30', null, '30', 'unit code 30 is in no table: the register shows 12.30'],
    ['30 12 00 00 05', '12.30', 'kWh', '05', 'kWh is no unit of volume: the register shows 12.30'],
    ['ff ff ff ff 2c', null, 'm3', '2C', 'FF in place of a value: not supported'],
    ['3a 12 00 00 2c', null, 'm3', '2C', '3a120000 are no decimal digits'],
  ])('gives no value for %s', (data, shown, unit, unitCode, reason) => {
    const { fields } = decodeItem(0xd120, fromHex(data), {
      family: 'water',
      layout: 'standard',
      stBitOrder: 'low-first',
    });
    expect(fields).toEqual([{ type: 'measured', name: 'value', value: null, shown, unit, unitCode, reason }]);
  });

  it('takes the counts of other meters in any unit that is counted', () => {
    expect(decode(0xd121, '30 12 00 00 05', 'other').fields).toEqual({ value: '12.30 kWh' });
    expect(decode(0xd121, '30 12 00 00 17', 'other').fields).toEqual({ value: null });
  });

  it('reads a heat meter', () => {
    const data = `97 16 00 00 05 31 80 00 00 11 48 25 00 00 17 72 69 00 00 35 16 03 00 00 2c 21 43 00 65 43 00 34 12 00 ${AT} 04 00`;
    expect(decode(0x901f, data, 'heat').fields).toEqual({
      settlementHeat: '16.97 kWh',
      currentHeat: '80.31 GJ',
      power: '25.48 kW',
      flow: '0.6972 m3/h',
      volume: '3.16 m3',
      supplyTempC: '43.21',
      returnTempC: '43.65',
      workHours: '1234',
      time: CLOCK,
      st: 'open low',
    });
  });

  it('reads a heat meter of the 2018 edition', () => {
    const data = `97 16 00 00 05 31 80 00 00 08 48 25 00 17 72 69 00 35 16 03 00 00 2c 21 43 65 43 34 12 00 00 ${AT} 00 00`;
    expect(decode(0x901f, data, 'heat', 'heat-2018').fields).toEqual({
      settlementHeat: '16.97 kWh',
      currentHeat: '80.31 MWh',
      power: '25.48 kW',
      flow: '6.972 m3/h',
      volume: '3.16 m3',
      supplyTempC: '43.21',
      returnTempC: '43.65',
      workHours: '1234',
      time: CLOCK,
      st: 'open ok',
    });
  });

  it('reads a meter of heat and cold', () => {
    const data = `97 16 00 00 05 98 16 00 00 05 31 80 00 00 05 32 80 00 00 05 48 25 00 17 72 69 00 35 16 03 00 00 2c 21 43 65 43 60 00 55 00 34 12 00 00 ${AT} 00 00`;
    expect(decode(0x911f, data, 'heat').fields).toEqual({
      settlementHeat: '16.97 kWh',
      settlementCold: '16.98 kWh',
      currentHeat: '80.31 kWh',
      currentCold: '80.32 kWh',
      power: '25.48 kW',
      flow: '0.6972 m3/h',
      volume: '3.16 m3',
      supplyTempC: '43.21',
      returnTempC: '43.65',
      supplyPressure: '0.60',
      returnPressure: '0.55',
      workHours: '1234',
      time: CLOCK,
      st: 'open ok',
    });
  });

  it('gives no value where the unit stands before it and the layout says after', () => {
    const data = `05 97 16 00 00 05 31 80 00 00 17 48 25 00 00 35 72 69 00 00 2c 16 03 00 00 21 43 00 65 43 00 34 12 00 ${AT} 03 01`;
    const names = ['settlementHeat', 'currentHeat', 'power', 'flow', 'volume'];
    const standard = decode(0x901f, data, 'heat').fields as Readonly<Record<string, unknown>>;
    expect(names.map((name) => standard[name])).toEqual([null, null, null, null, null]);
    expect(decode(0x901f, data, 'heat', 'unit-first').fields).toMatchObject({
      settlementHeat: '16.97 kWh',
      currentHeat: '80.31 kWh',
      power: '25.48 kW',
      flow: '0.6972 m3/h',
      volume: '3.16 m3',
      supplyTempC: '43.21',
    });
  });

  it('reads history, freezes and parameters', () => {
    expect(decode(0xd12b, '30 12 00 00 2c')).toMatchObject({ item: 'reading at a settlement day', ago: 12 });
    expect(decode(0xd205, '30 12 00 00 05 31 12 00 00 05 32 12 00 00 2c', 'heat')).toEqual({
      item: 'reading at a settlement day',
      ago: 6,
      fields: { settlementHeat: '12.30 kWh', settlementCold: '12.31 kWh', volume: '12.32 m3' },
    });
    expect(decode(0xd301, `${AT} 30 12 00 00 2c 01 00 00 00 35 20 23 00 30 00 00`)).toEqual({
      item: 'timed freeze',
      ago: 2,
      fields: { time: CLOCK, volume: '12.30 m3', flow: '0.0001 m3/h', temperatureC: '23.20', pressure: '0.30' },
    });
    expect(decode(0x907f, AT).fields).toEqual({ time: CLOCK });
    expect(decode(0x8102, '50 02 00 20 00 00 50 03 00 40 00 00 50 04 00').fields).toEqual({
      price1: '2.50',
      amount1: '20',
      price2: '3.50',
      amount2: '40',
      price3: '4.50',
    });
    expect(decode(0x8103, '25').fields).toEqual({ settlementDay: '25' });
    expect(decode(0x8104, '01').fields).toEqual({ readingDay: '1' });
    expect(decode(0x8105, '07 00 10 00 00 00 30 00 00 50 12 00 00 00 00').fields).toEqual({
      purchaseNumber: '07',
      purchasedNow: '10.00',
      purchasedInAll: '30.00',
      remaining: '12.50',
      st: 'open ok',
    });
    expect(decode(0x810a, '88 05 27 10 15 20 00').fields).toEqual({ meterAddress: '00201510270588' });
  });

  it("reads the maker's items where the layout says so", () => {
    expect(decode(0x820b, '30 03 36 00 00', 'water', 'kingda').fields).toMatchObject({ batteryVolts: '3.30' });
    expect(decode(0x8108, 'f6 00 00', 'water', 'kingda').fields).toMatchObject({ temperatureC: '-10' });
    expect(decode(0x8108, '14 00 00', 'water', 'kingda').fields).toMatchObject({ temperatureC: '20' });
    expect(decode(0x820e, 'c8 00 00', 'water', 'kingda').fields).toMatchObject({ rssi: '200' });
    expect(decode(0x8209, '16 1f 04 03 02 01 00 00', 'water', 'kingda').fields).toMatchObject({ port: '7958' });
    expect(decode(0x820b, '30 03 36 00 00')).toEqual({ item: null, fields: {}, reason: 'unknown item' });
  });

  it('leaves alone what is published without its number format', () => {
    const data = '01 02 03 04 05 06 07 08 09 0a 0b 58 59 23 29 02 24 00 00';
    expect(decode(0x901f, data, 'water', 'rd-w10').fields).toEqual({
      volumeWhole: '01020304',
      volumeFraction: '050607',
      flow: '08090a',
      temperature: '0b',
      time: { text: '2024-02-29 23:59:58', isReal: true, raw: '585923290224' },
      st: 'open ok',
    });
  });

  it('gives nothing out of data of another length', () => {
    expect(decode(0x901f, '00 00')).toEqual({
      item: 'current reading',
      fields: {},
      reason: '2 bytes of data where the layout "standard" has 19',
    });
    expect(decode(0xd120, '30 12 00 00 2c 00')).toMatchObject({ ago: 1, fields: {} });
  });

  it('gives nothing where no layout is known', () => {
    expect(decode(0x903f, '00 00')).toEqual({
      item: 'heat power',
      fields: {},
      reason: 'no source gives the layout of this item at such a meter',
    });
  });
});
