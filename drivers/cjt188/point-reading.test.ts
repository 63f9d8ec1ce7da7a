import { describe, expect, it } from 'vitest';
import type { Unit } from '../units.ts';
import { decodeItem } from './decode-item.ts';
import type { StBitOrder } from './decode-status.ts';
import type { LayoutName } from './layouts.ts';
import type { Family } from './meter-types.ts';
import { badReadings, pointReadings, statusReadings } from './point-reading.ts';
import type { Cjt188Point } from './profile.ts';
import { fromHex, vectorBytes } from './testing/vectors.ts';

interface Asked {
  readonly di?: number;
  readonly family?: Family;
  readonly layout?: LayoutName;
  readonly stBitOrder?: StBitOrder;
  readonly unit?: Unit;
  readonly bit?: number;
  readonly ago?: number;
}

/** What is read of one field of `data`, which follows SER. */
function read(field: string, data: Uint8Array | string, asked: Asked = {}): object {
  const { di = 0x901f, family = 'water', layout = 'standard', stBitOrder = 'low-first', ago, ...rest } = asked;
  const item = di.toString(16).toUpperCase();
  const frozen = ago === undefined ? {} : ({ frozen: { kind: 'settlement', ago } } as const);
  const point: Cjt188Point = {
    key: 'p',
    nameZh: '点',
    poll: 'slow',
    type: 'number',
    item,
    di,
    field,
    ...rest,
    ...frozen,
  };
  const bytes = typeof data === 'string' ? fromHex(data) : data;
  const decoded = decodeItem(di, bytes, { family, layout, stBitOrder });
  const [reading] = pointReadings([point], decoded, { at: 5, settledAt: (n) => `settled ${n}` });
  const { point: _point, at: _at, ...said } = reading ?? expect.fail('no reading');
  return said;
}

/** What follows SER in a captured frame. */
function dataOf(id: string): Uint8Array {
  const bytes = vectorBytes(id);
  const start = bytes.indexOf(0x68);
  return bytes.slice(start + 14, start + 11 + (bytes[start + 10] ?? 0));
}

const bad = (reason: string | RegExp) => ({
  value: null,
  quality: 'bad',
  reason: expect.stringMatching(reason) as string,
});
const good = (value: unknown, exact?: string) => ({
  value,
  ...(exact === undefined ? {} : { exact }),
  quality: 'good',
});
const water = (current: string, st = '00 00') => `${current} 00 00 00 00 2c 00 00 00 00 00 00 00 ${st}`;

describe('a register', () => {
  it('has the decimals that the meter shows', () => {
    expect(read('current', dataOf('001'), { unit: 'm3' })).toEqual(good(0.6, '0.60'));
    expect(read('current', dataOf('013'), { unit: 'm3' })).toEqual(good(8031.69, '8031.69'));
    expect(read('current', water('00 00 00 00 2c'), { unit: 'm3' })).toEqual(good(0, '0.00'));
  });

  it.each([
    ['29', 'm3', 8.03169, '8.03169'],
    ['2a', 'm3', 80.3169, '80.3169'],
    ['2b', 'm3', 803.169, '803.169'],
    ['2d', 'm3', 80316.9, '80316.9'],
    ['2e', 'm3', 803169, '803169'],
    ['2c', 'L', 8031690, '8031690'],
  ] as const)('in unit %s is told in %s, digit by digit', (code, unit, value, exact) => {
    expect(read('current', water(`69 31 80 00 ${code}`), { unit })).toEqual(good(value, exact));
  });

  it.each([
    ['ff ff ff ff 2c', /FF in place of a value/],
    ['69 3a 80 00 2c', /no decimal digits/],
    ['69 31 80 00 00', /unit code 00 is in no table: the register shows 8031.69/],
    ['69 31 80 00 05', /kWh is no unit of volume/],
  ])('of bytes %s has no value', (bytes, reason) => {
    expect(read('current', water(bytes), { unit: 'm3' })).toEqual(bad(reason));
  });

  it('of another energy unit has no value, unless a power of ten lies between them', () => {
    const heat = (code: string) => `00 00 00 00 ${code} 69 31 80 00 ${code} ${'00 '.repeat(33)}`;
    const asked = { family: 'heat', unit: 'kWh' } as const;
    expect(read('currentHeat', heat('08'), asked)).toEqual(good(8031690, '8031690'));
    expect(read('currentHeat', heat('11'), asked)).toEqual(bad(/8031.69 GJ, which no decimal number of kWh/));
    expect(read('currentHeat', heat('11'), { ...asked, unit: 'MJ' })).toEqual(good(8031690, '8031690'));
  });

  it('has no value where the reply has another length than the layout, nor where it stands elsewhere', () => {
    expect(read('current', '69 31 80 00 2c', { unit: 'm3' })).toEqual(
      bad(/5 bytes of data where the layout "standard" has 19/),
    );
    expect(read('currentHeat', dataOf('013'), { family: 'heat', unit: 'kWh' })).toEqual(bad(/19 bytes of data/));
  });

  it('stands before its unit at some makers', () => {
    const asked = { family: 'heat', layout: 'unit-first', unit: 'kWh' } as const;
    expect(read('currentHeat', dataOf('026'), asked)).toEqual(good(80.31, '80.31'));
    expect(read('currentHeat', dataOf('026'), { ...asked, layout: 'standard' })).toEqual(
      bad(/is in no table|is no unit/),
    );
  });
});

describe('what was kept', () => {
  const kept = { unit: 'm3', ago: 1 } as const;

  it('has its value, and the time of its settlement', () => {
    expect(read('settlement', dataOf('013'), kept)).toEqual({ ...good(548.03, '548.03'), meterTime: 'settled 1' });
    const month = { di: 0xd122, unit: 'm3', ago: 3 } as const;
    expect(read('value', '03 48 05 00 2c', month)).toEqual({ ...good(548.03, '548.03'), meterTime: 'settled 3' });
  });

  it('is not trusted where a meter that keeps nothing would say the same', () => {
    const zero = water('69 31 80 00 2c');
    expect(read('settlement', zero, kept)).toMatchObject({
      value: 0,
      quality: 'uncertain',
      reason: expect.stringMatching(/^0: /) as string,
    });
    expect(read('settlement', dataOf('001'), kept)).toMatchObject({
      value: 0.6,
      quality: 'uncertain',
      reason: expect.stringMatching(/^what the register shows now: /) as string,
    });
    expect(read('settlement', dataOf('001'), kept)).not.toHaveProperty('meterTime');
    expect(read('value', '00 00 00 00 2c', { di: 0xd120, ...kept })).toMatchObject({ quality: 'uncertain' });
  });

  it('has no value where the meter has none', () => {
    expect(read('settlement', dataOf('017'), kept)).toEqual(bad(/FF in place of a value/));
  });

  it('has the time that stands beside it in a freeze of 2018', () => {
    const freeze = '00 00 00 02 11 26 20 03 48 05 00 2c 00 00 00 00 35 ff ff ff ff ff ff';
    expect(read('volume', freeze, { di: 0xd300, unit: 'm3', ago: 1 })).toEqual({
      ...good(548.03, '548.03'),
      meterTime: '2026-11-02T00:00:00',
    });
  });
});

describe('a plain number', () => {
  const heat = (supply: string) => `${'00 '.repeat(25)} ${supply} 00 00 00 00 00 00 ${'00 '.repeat(9)}`;

  it('has its decimals, or the reason why there is none', () => {
    expect(read('supplyTempC', heat('21 45 00'), { family: 'heat' })).toEqual(good(45.21));
    expect(read('supplyTempC', heat('ff ff ff'), { family: 'heat' })).toEqual(bad(/FF in place of a value/));
  });
});

describe('a clock', () => {
  it('is the local time of the meter, twice', () => {
    expect(read('time', dataOf('003'))).toEqual({ ...good('2017-01-09T17:20:06'), meterTime: '2017-01-09T17:20:06' });
  });

  it.each([
    ['001', /0000-00-00 20:20:60 is no time of any day/],
    ['014', /no clock, or it was never set/],
    ['017', /FF in place of a time/],
  ])('that is none has no value: frame %s', (id, reason) => {
    expect(read('time', dataOf(id))).toEqual(bad(reason));
  });
});

describe('a status', () => {
  it.each([
    ['00 00', 'open'],
    ['01 00', 'closed'],
    ['03 00', 'abnormal'],
    ['fc 00', 'open'],
  ])('%s says that the valve is %s', (st, valve) => {
    expect(read('valve', water('00 00 00 00 2c', st))).toEqual(good(valve));
  });

  it.each([
    ['02 00', /valve bits 10 have no meaning/],
    ['ff ff', /FF in place of a status/],
  ])('%s says nothing of the valve', (st, reason) => {
    expect(read('valve', water('00 00 00 00 2c', st))).toEqual(bad(reason));
  });

  it('says whether the battery is low', () => {
    expect(read('batteryLow', water('00 00 00 00 2c', '04 00'))).toEqual(good(true));
    expect(read('batteryLow', water('00 00 00 00 2c', '02 00'))).toEqual(good(false));
    expect(read('batteryLow', water('00 00 00 00 2c', '20 00'), { stBitOrder: 'high-first' })).toEqual(good(true));
    expect(read('batteryLow', water('00 00 00 00 2c', 'ff 00'))).toEqual(bad(/FF/));
  });

  it('has bits of the maker in either byte', () => {
    expect(read('st', water('00 00 00 00 2c', '20 81'), { bit: 5 })).toEqual(good(true));
    expect(read('st', water('00 00 00 00 2c', '20 81'), { bit: 6 })).toEqual(good(false));
    expect(read('st', water('00 00 00 00 2c', '20 81'), { bit: 8 })).toEqual(good(true));
    expect(read('st', water('00 00 00 00 2c', '20 81'), { bit: 15 })).toEqual(good(true));
    expect(read('st', water('00 00 00 00 2c', '20 ff'), { bit: 15 })).toEqual(bad(/FF/));
    expect(read('st', water('00 00 00 00 2c', '20 ff'))).toEqual(good('20ff'));
  });
});

const POINTS = ['valve', 'batteryLow', 'current'].map((field): Cjt188Point => ({
  key: field,
  nameZh: field,
  poll: 'slow',
  type: 'number',
  item: '901F',
  di: 0x901f,
  field,
}));

it('tells the status points of a status that was read by itself', () => {
  const status = { st: '0100', valve: 'closed', batteryLow: false } as const;
  expect(statusReadings(POINTS, status, 7)).toEqual([
    { point: 'valve', value: 'closed', quality: 'good', at: 7 },
    { point: 'batteryLow', value: false, quality: 'good', at: 7 },
  ]);
});

it('says the same reason of each point that has no value', () => {
  const [first, , third] = badReadings(POINTS, 'gone', 7);
  expect(first).toEqual({ point: 'valve', value: null, quality: 'bad', reason: 'gone', at: 7 });
  expect(third?.point).toBe('current');
});
