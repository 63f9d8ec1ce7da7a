import { describe, expect, it } from 'vitest';
import { parseCjt188Profile } from './parse-profile.ts';

const VOLUME = { key: 'volume', nameZh: '水量', obis: '8-0:1.0.0', unit: 'm3', item: '901F', field: 'current' };
const VALVE = { key: 'valve', nameZh: '阀', item: '901F', field: 'valve' };
const KEPT = { ...VOLUME, key: 'kept', item: 'D121', field: 'value', frozen: { kind: 'settlement', ago: 2 } };
const HEAT = { key: 'heatEnergy', nameZh: '热量', obis: '6-0:1.0.0', unit: 'kWh', item: '901F', field: 'currentHeat' };
const HEAT_METER = { meter: { type: '20' } };
const GOOD = {
  id: 'sample',
  driver: 'cjt188',
  maker: 'Sample',
  model: 'S-1',
  nameZh: '样表',
  manual: { title: 'Sample manual', edition: '1', pages: '1' },
  verified: 'manual',
  meter: { type: '10' },
  points: [VOLUME, VALVE, KEPT],
};

/** Every mistake as `path: message`. */
function mistakes(change: object): readonly string[] {
  const parsed = parseCjt188Profile({ ...GOOD, ...change });
  return parsed.ok ? [] : parsed.mistakes.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

function withPoint(point: object, meter: object = {}): readonly string[] {
  return mistakes({ ...meter, points: [point] });
}

describe('a good profile', () => {
  it('is taken, with its defaults', () => {
    const parsed = parseCjt188Profile(GOOD);
    expect(parsed).toMatchObject({
      ok: true,
      profile: {
        meter: {
          type: '10',
          diOrder: 'auto',
          layout: 'standard',
          stBitOrder: 'low-first',
          strictReplies: false,
          wakeUps: 4,
        },
        commands: [],
      },
    });
  });

  it('says of each point what its values are, so that alarm rules can name them', () => {
    const bits = ['batteryLow', 'st'].map((field) => ({ ...VALVE, key: field, field }));
    const clock = { ...VALVE, key: 'clock', field: 'time', obis: '0-0:1.0.0' };
    const maker = { ...VALVE, key: 'maker', field: 'st', bit: 8 };
    const parsed = parseCjt188Profile({ ...GOOD, points: [VOLUME, VALVE, ...bits, clock, maker] });
    const kinds = parsed.ok ? parsed.profile.points.map(({ key, type, enum: names }) => [key, type, names]) : [];
    expect(kinds).toEqual([
      ['volume', 'number', undefined],
      ['valve', 'number', { 0: 'open', 1: 'closed', 3: 'abnormal' }],
      ['batteryLow', 'bool', undefined],
      ['st', 'string', undefined],
      ['clock', 'string', undefined],
      ['maker', 'bool', undefined],
    ]);
  });

  it('offers the valve only where the profile has one, and as what cuts the supply', () => {
    const parsed = parseCjt188Profile({ ...GOOD, valve: {} });
    expect(parsed.ok && parsed.profile.commands).toEqual([
      { action: 'openValve', nameZh: '开阀', supply: true },
      { action: 'closeValve', nameZh: '关阀', supply: true },
    ]);
    expect(parsed.ok && parsed.profile.valve).toEqual({ control: '04', motorMs: 10_000 });
  });

  it.each([
    ['a heat meter in gigajoules', withPoint({ ...HEAT, unit: 'GJ' }, HEAT_METER)],
    ['a water meter in litres', withPoint({ ...VOLUME, unit: 'L' })],
    ['a hot water meter', withPoint({ ...VOLUME, obis: '9-0:1.0.0' }, { meter: { type: '11' } })],
    [
      'an item of a maker',
      withPoint({ ...VALVE, item: '820E', field: 'rssi' }, { meter: { type: '10', layout: 'kingda' } }),
    ],
    ['a temperature', withPoint({ ...VALVE, unit: '°C', field: 'supplyTempC' }, HEAT_METER)],
  ])('may be of %s', (_, found) => {
    expect(found).toEqual([]);
  });
});

describe('a bad point is refused with its place and what would be right:', () => {
  it.each([
    [
      'an unknown item',
      { ...VOLUME, item: '901E' },
      'points.0.item: point volume: there is no item "901E"; did you mean "901F"?',
    ],
    ['an item in the wrong case', { ...VOLUME, item: '901f' }, 'did you mean "901F"?'],
    ['an item by name', { ...VOLUME, item: 'current' }, 'there is no item "current"; known items: 901F, 9020'],
    [
      'an item that is written',
      { ...VOLUME, item: 'A017', field: 'valveCode' },
      'points.0.item: point volume: A017 (valve) is written, never read',
    ],
    [
      'an item without a layout',
      { ...VOLUME, item: '903F' },
      'points.0.item: point volume: no source gives the layout of 903F (heat power)',
    ],
    ['an item of another kind of meter', { ...VOLUME, item: '911F' }, 'no source gives the layout of 911F'],
    ["an item of another maker's", { ...VOLUME, item: '820E' }, 'there is no item "820E"'],
    [
      'a misspelt value',
      { ...VOLUME, field: 'curent' },
      'points.0.field: point volume: 901F (current reading) has no "curent"; did you mean "current"?',
    ],
    [
      'a value that it does not hold',
      { ...VOLUME, field: 'power' },
      'known fields: current, settlement, time, valve, batteryLow, st',
    ],
    [
      'a register without a unit',
      { ...VOLUME, unit: undefined },
      'points.0.unit: point volume: current is a measured volume: give its unit',
    ],
    [
      'a unit of another quantity',
      { ...VOLUME, unit: 'kWh' },
      'current is a measured volume, and kWh is a unit of energy',
    ],
    [
      'a unit where there is none',
      { ...VALVE, unit: 'm3' },
      'points.0.unit: point valve: valve has no unit: leave it out',
    ],
    ['a unit that nobody has', { ...VOLUME, unit: 'gallon' }, 'points.0.unit: point volume: unknown unit "gallon"'],
    ['a bit of no status', { ...VOLUME, bit: 3 }, 'points.0.bit: point volume: a bit is one of the status'],
    ['a bit beyond the status', { ...VALVE, field: 'st', bit: 16 }, 'points.0.bit: point valve: bit'],
    [
      'a bit that has a name',
      { ...VALVE, field: 'st', bit: 1 },
      'points.0.bit: point valve: bit 1 belongs to field valve',
    ],
    ['a bit of the battery', { ...VALVE, field: 'st', bit: 2 }, 'belongs to field batteryLow'],
    [
      'an OBIS code of another medium',
      { ...VOLUME, obis: '9-0:1.0.0' },
      '9-0:1.0.0 is of another medium: a meter of type 10 has 8-0:…',
    ],
    [
      'an OBIS code of a status',
      { ...VALVE, obis: '8-0:1.0.0' },
      'points.0.obis: point valve: only registers and the clock have an OBIS code',
    ],
    ['a clock by another name', { ...VALVE, field: 'time', obis: '8-0:1.0.0' }, 'a clock is 0-0:1.0.0'],
    [
      'a register that is kept',
      { ...VOLUME, frozen: { kind: 'settlement', ago: 1 } },
      'points.0.frozen: point volume: current of 901F is no value that the meter has kept',
    ],
    [
      'a kept value of another month',
      { ...KEPT, frozen: { kind: 'settlement', ago: 3 } },
      'points.0.frozen: point kept: D121 is what was kept 2 times ago: ago is 2',
    ],
    [
      'a kept value for a register',
      { ...KEPT, frozen: undefined },
      'points.0.obis: point kept: a value that was kept needs frozen',
    ],
    ['a settlement for a register', { ...VOLUME, field: 'settlement' }, 'needs frozen'],
    ['a month that is a day', { ...KEPT, frozen: { kind: 'daily', ago: 2 } }, 'kind is settlement'],
    ['a kept value without a name', { ...KEPT, obis: undefined }, 'points.0.frozen: point kept: it needs obis'],
    [
      'an unknown key',
      { ...VOLUME, itme: '901F' },
      'points.0.itme: point volume: unknown key "itme"; did you mean "item"?',
    ],
    ['no field', { ...VOLUME, field: undefined }, 'points.0.field: point volume: field: is missing'],
  ])('%s', (_, point, words) => {
    const found = withPoint(JSON.parse(JSON.stringify(point)) as object);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(words);
  });
});

it('knows the bits that have names at a maker with the other bit order', () => {
  const meter = { meter: { type: '10', stBitOrder: 'high-first' } };
  expect(withPoint({ ...VALVE, field: 'st', bit: 1 }, meter)).toEqual([]);
  expect(withPoint({ ...VALVE, field: 'st', bit: 7 }, meter)[0]).toContain('bit 7 belongs to field valve');
  expect(withPoint({ ...VALVE, field: 'st', bit: 5 }, meter)[0]).toContain('bit 5 belongs to field batteryLow');
});

describe('a bad profile', () => {
  it.each([
    [
      'two points of one key',
      { points: [VOLUME, { ...VALVE, key: 'volume' }] },
      'points.1.key: point volume: number 0 has this key already',
    ],
    [
      'two points of one value',
      { points: [VOLUME, { ...VOLUME, key: 'again' }] },
      'points.1.field: point again: volume is the same value of 901F already',
    ],
    [
      'a valve without a proof',
      { points: [VOLUME], valve: {} },
      'valve: a valve that is commanded needs a point of field valve in 901F',
    ],
    ['a type in decimal', { meter: { type: '16d' } }, 'meter.type: type: T is two hex digits'],
    [
      'a layout of nobody',
      { meter: { type: '10', layout: 'kinga' } },
      'meter.layout: unknown layout "kinga"; one of standard, unit-first',
    ],
    ['no points', { points: [] }, 'points: points:'],
    ['another driver', { driver: 'mbus' }, 'driver: unknown driver "mbus"; one of cjt188'],
  ])('is refused: %s', (_, change, words) => {
    const found = mistakes(change);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(words);
  });

  it('shows all there is to mend, also where the schema finds something', () => {
    const found = mistakes({
      verified: 'yes',
      points: [{ ...VOLUME, unit: 'yard' }, { ...VALVE, item: '901' }, VALVE],
    });
    expect(found.map((text) => text.split(':')[0])).toEqual([
      'verified',
      'points.0.unit',
      'points.2.key',
      'points.1.item',
    ]);
  });

  it.each([null, [], 'text', { points: 'none' }])('of no shape at all is refused: %j', (raw) => {
    expect(parseCjt188Profile(raw).ok).toBe(false);
  });
});
