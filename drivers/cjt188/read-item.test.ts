import { describe, expect, it } from 'vitest';
import { hex } from '../bytes/hex.ts';
import { DriverError } from '../errors.ts';
import type { MeterSettings } from './meter.ts';
import { readCurrent, readItem, readSettlement, statusIn, timeIn } from './read-item.ts';
import { masterOf, WIRE_ADDRESS } from './testing/meters.ts';
import { scriptedLine } from './testing/scripted-line.ts';
import { sealed, vectorBytes } from './testing/vectors.ts';

const HEAD = `68 10 ${WIRE_ADDRESS}`;
const HEAT: Partial<MeterSettings> = { meterType: 0x20, address: '78563412004321', diOrder: 'high' };
const HEAT_REQUEST = hex(sealed('68 20 21 43 00 12 34 56 78 01 03 90 1f 01'));

function request(text: string): string {
  return hex(sealed(`${HEAD} ${text}`));
}

describe('readCurrent', () => {
  it('reads values, clock and status of a captured reply', async () => {
    const line = scriptedLine([{ asks: request('01 03 90 1f 01'), hears: vectorBytes('003') }]);
    const reading = await readCurrent(masterOf(), line);
    expect(reading).toMatchObject({
      item: 'current reading',
      di: 0x901f,
      meterType: 0x10,
      at: 500,
      fields: [
        { name: 'current', value: '0.00', unit: 'm3' },
        { name: 'settlement', value: '0.00', unit: 'm3' },
        { name: 'time' },
        { name: 'st' },
      ],
    });
    expect(timeIn(reading)).toMatchObject({ text: '2017-01-09 17:20:06', isReal: true });
    expect(statusIn(reading)).toMatchObject({ valve: 'open', batteryLow: false });
  });

  it('goes by the layout of the profile and guesses nothing', async () => {
    const turn = { asks: HEAT_REQUEST, hears: vectorBytes('026') };
    const standard = await readCurrent(masterOf(HEAT), scriptedLine([turn]));
    expect(standard.fields.slice(0, 5).map((field) => (field.type === 'measured' ? field.value : ''))).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    const unitFirst = await readCurrent(masterOf({ ...HEAT, layout: 'unit-first' }), scriptedLine([turn]));
    expect(unitFirst.fields[1]).toMatchObject({ name: 'currentHeat', value: '80.31', unit: 'kWh' });
  });

  it('reads a reply of another type by the type that was asked', async () => {
    const settings = { meterType: 0x20, address: '00312718241912', diOrder: 'low' } as const;
    const asks = hex(sealed('68 20 12 19 24 18 27 31 00 01 03 1f 90 01'));
    const reading = await readCurrent(masterOf(settings), scriptedLine([{ asks, hears: vectorBytes('028') }]));
    expect(reading.meterType).toBe(0x25);
    expect(reading.fields[1]).toMatchObject({ name: 'currentHeat', value: '54427.88' });
  });

  it('reads a meter that was asked as any type by the type that it answers with', async () => {
    const asks = hex(sealed(`68 aa ${WIRE_ADDRESS} 01 03 90 1f 01`));
    const reading = await readCurrent(
      masterOf({ meterType: 0xaa }),
      scriptedLine([{ asks, hears: vectorBytes('003') }]),
    );
    expect(reading.fields).toHaveLength(4);
  });

  it('has no values, and a reason, for data of another length', async () => {
    const hears = sealed(`${HEAD} 81 08 90 1f 01 01 00 00 00 2c`);
    const reading = await readCurrent(masterOf(), scriptedLine([{ asks: request('01 03 90 1f 01'), hears }]));
    expect(reading).toMatchObject({ fields: [], reason: '5 bytes of data where the layout "standard" has 19' });
    expect([statusIn(reading), timeIn(reading)]).toEqual([null, null]);
  });
});

describe('readSettlement', () => {
  it.each([
    [1, 'd1 20'],
    [12, 'd1 2b'],
  ])('reads the settlement day %i months ago', async (months, di) => {
    const hears = sealed(`${HEAD} 81 08 ${di} 01 34 12 00 00 2c`);
    const line = scriptedLine([{ asks: request(`01 03 ${di} 01`), hears }]);
    expect(await readSettlement(masterOf(), line, months)).toMatchObject({ ago: months, fields: [{ value: '12.34' }] });
  });

  it.each([0, 13, 1.5])('refuses %d months ago', async (months) => {
    await expect(readSettlement(masterOf(), scriptedLine([]), months)).rejects.toThrow(DriverError);
  });
});

describe('readItem', () => {
  it('reads the version of the key with the function that is for it', async () => {
    const hears = sealed(`${HEAD} 89 04 81 06 01 07`);
    const line = scriptedLine([{ asks: request('09 03 81 06 01'), hears }]);
    expect(await readItem(masterOf(), line, 0x8106)).toMatchObject({ fields: [{ name: 'keyVersion', hex: '07' }] });
  });
});

describe('the address', () => {
  it.each([
    ['the head of the reply', '83 03 81 0a 01'],
    ['the data of the reply', `83 0a 81 0a 01 ${WIRE_ADDRESS}`],
  ])('is asked for with its own function, and taken from %s', async (_, reply) => {
    const turn = { asks: request('03 03 81 0a 01'), hears: sealed(`${HEAD} ${reply}`) };
    const { fields } = await readItem(masterOf({ diOrder: 'high' }), scriptedLine([turn]), 0x810a);
    expect(fields).toEqual([{ type: 'raw', name: 'meterAddress', hex: '00201510270588' }]);
  });
});
