/** What a meter makes of requests: CJ/T 188-2004 as the byte tables of its items give it. */
import { describe, expect, it } from 'vitest';
import { nothing } from '../metering/drawn.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../metering/local-time.ts';
import { bytes } from '../testing/hex.ts';
import { at, drawnAt, timeFrom } from '../testing/meter-time.ts';
import { dead, lowBattery, jumpingBack, rollingOver, sleepy, stuckDial, stuckValve, wrongClock } from './bad-meters.ts';
import { coldWaterMeter, gasMeter, heatMeter, hotWaterMeter, reclaimedWaterMeter, type FlowOptions } from './meters.ts';
import { UNIT, type Cjt188Model } from './model.ts';
import { ask, reply } from './testing/asking.ts';

const ADDRESS = '12345678901234';
/** T and the address as it goes over the wire. */
const HEAD = '10 34 12 90 78 56 34 12';
const NOON = '2026-11-22T12:00:00';
/** ss mm hh DD MM YY CC. */
const NOON_BYTES = '00 00 12 22 11 26 20';
const OPENED = { control: 0x04, motorMs: 10_000, isStuck: false } as const;

type Options = Partial<FlowOptions>;

function water(options: Options = {}) {
  return coldWaterMeter({ id: 'm', address: ADDRESS, time: timeFrom(NOON), drawn: nothing, ...options });
}

function waterOf(model: Partial<Omit<Cjt188Model, 'content'>>) {
  return water({ model });
}

const read = (meter: ReturnType<typeof water>, now = 0): string => ask(meter, `${HEAD} 01 03 90 1F 07`, now);
const current = (value: string, settled: string, st = '00 00', time = NOON_BYTES): string =>
  reply(`${HEAD} 81 16 90 1F 07 ${value} 2C ${settled} 2C ${time} ${st}`);

describe('the current reading', () => {
  it('is in hundredths of a cubic metre, cut off and not rounded', () => {
    const meter = water({ initial: 123_456, drawn: () => [99] });
    expect(read(meter)).toBe(current('65 34 12 00', '65 34 12 00'));
  });

  it('holds what the register showed when the settlement day began', () => {
    const before = { initial: 100, drawn: drawnAt('2026-11-14T23:59:59', 5_000), settlementDay: 15 };
    const after = { initial: 100, drawn: drawnAt('2026-11-15T00:00:01', 5_000), settlementDay: 15 };
    expect(read(water(before))).toBe(current('00 06 00 00', '00 06 00 00'));
    expect(read(water(after))).toBe(current('00 06 00 00', '00 01 00 00'));
  });

  it('is frozen by the meter’s own clock: an hour ahead, an hour too early', () => {
    const drawn = drawnAt('2026-10-31T23:30:00', 5_000);
    const hourAhead = '00 00 13 22 11 26 20';
    expect(read(water({ drawn, ...wrongClock(HOUR_MS) }))).toBe(
      current('00 05 00 00', '00 00 00 00', '00 00', hourAhead),
    );
    expect(read(water({ drawn }))).toBe(current('00 05 00 00', '00 05 00 00'));
  });

  it('is in litres where the meter counts them', () => {
    const meter = water({ drawn: () => [1_234], unit: UNIT.litre });
    expect(read(meter)).toBe(reply(`${HEAD} 81 16 90 1F 07 00 34 12 00 29 00 34 12 00 29 ${NOON_BYTES} 00 00`));
  });

  it.each([
    ['shows all that it can', 0, '07 98 99 99', '999998.07'],
    ['shows the last litre', 1, '07 99 99 99', '999999.07'],
    ['has begun anew', 2, '07 00 00 00', '0.07'],
    ['goes on from there', 3, '07 01 00 00', '1.07'],
  ])('of a litre meter rolls over without losing a hundredth: it %s', (_, litres, value, shown) => {
    const meter = water({ initial: 99_999_807, drawn: () => [litres], unit: UNIT.litre });
    expect(read(meter)).toBe(reply(`${HEAD} 81 16 90 1F 07 ${value} 29 ${value} 29 ${NOON_BYTES} 00 00`));
    expect(meter.dial?.(0)).toMatchObject({ '8-0:1.0.0': shown, passed: `${litres}.00` });
  });

  it.each([
    ['hot water', hotWaterMeter, '11', '9-0:1.0.0'],
    ['reclaimed water', reclaimedWaterMeter, '13', '8-0:1.0.0'],
    ['gas', gasMeter, '30', '7-0:3.0.0'],
  ])('of %s has a type of its own', (_, make, type, obis) => {
    const meter = make({ id: 'm', address: ADDRESS, time: timeFrom(NOON), drawn: () => [20] });
    const head = HEAD.replace('10', type);
    const values = '02 00 00 00 2C 02 00 00 00 2C';
    expect(ask(meter, `${head} 01 03 90 1F 07`)).toBe(reply(`${head} 81 16 90 1F 07 ${values} ${NOON_BYTES} 00 00`));
    expect(Object.keys(meter.dial?.(0) ?? {})[0]).toBe(obis);
    expect(ask(meter, `${HEAD} 01 03 90 1F 07`)).toBe('foreign');
  });
});

describe('a heat meter', () => {
  const heat = {
    id: 'h',
    address: ADDRESS,
    heat: nothing,
    heatingWater: nothing,
    worksSince: at('2026-11-22T02:00:00'),
  };
  const head = HEAD.replace('10', '20');

  it('computes power and flow from what the last minutes have brought', () => {
    // 360 kJ in six minutes are 3600 kJ an hour, 1 kW; 9 l are 90 l an hour. What was drawn before does not count.
    const before = at('2026-11-22T11:50:00');
    const after = at('2026-11-22T11:55:00');
    const amount = (local: number, all: number): number => (local >= before ? all : 0) + (local >= after ? all : 0);
    const drawn = {
      heat: (local: number) => [amount(local, 360)],
      heatingWater: (local: number) => [amount(local, 9)],
    };
    const meter = heatMeter({ ...heat, ...drawn, time: timeFrom(NOON) });
    const body = `00 00 00 00 05 20 00 00 00 05 00 01 00 00 17 00 09 00 00 35 01 00 00 00 2C 00 45 00 00 35 00 10 00 00`;
    expect(ask(meter, `${head} 01 03 90 1F 07`)).toBe(reply(`${head} 81 2E 90 1F 07 ${body} ${NOON_BYTES} 00 00`));
  });

  it('counts in MJ where it is built so', () => {
    const drawn = { heat: () => [25], heatingWater: nothing };
    const meter = heatMeter({ ...heat, ...drawn, time: timeFrom(NOON), unit: UNIT.megajoule });
    expect(ask(meter, `${head} 01 03 90 1F 07`).slice(44, 54)).toBe('020000000e');
    expect(meter.dial?.(0)).toEqual({ '6-0:1.0.0': '0.02', passed: '0.02', clock: '2026-11-22T12:00:00' });
  });

  it('of 2018 sends 43 bytes', () => {
    const momentary = { power: 1_234, flow: 5_678, supply: 4_512, back: 3_456 };
    const options = { layout: '2018', unit: UNIT.gigajoule, momentary, initial: 12_345 } as const;
    const meter = heatMeter({ ...heat, ...options, time: timeFrom(NOON), model: { edition: '2018', diOrder: 'low' } });
    const body = '45 23 01 00 11 45 23 01 00 11 34 12 00 17 78 56 00 35 00 00 00 00 2C 12 45 56 34 10 00 00 00';
    expect(ask(meter, `${head} 01 03 1F 90 07`)).toBe(reply(`${head} 81 2B 1F 90 07 ${body} ${NOON_BYTES} 00 00`));
  });
});

describe('other items', () => {
  const meter = water({ initial: 100, drawn: drawnAt('2026-08-15T00:00:00', 5_000), model: { keyVersion: 3 } });

  it.each([
    ['the value of the last settlement day', '01 03 D1 20 07', '81 08 D1 20 07 00 06 00 00 2C'],
    ['the value of the third last', '01 03 D1 22 07', '81 08 D1 22 07 00 06 00 00 2C'],
    ['the value of the fourth last', '01 03 D1 23 07', '81 08 D1 23 07 00 01 00 00 2C'],
    ['the second block', '01 03 90 20 07', '81 08 90 20 07 00 06 00 00 2C'],
    ['the clock', '01 03 90 7F 07', `81 0A 90 7F 07 ${NOON_BYTES}`],
    ['the settlement day', '01 03 81 03 07', '81 04 81 03 07 01'],
    ['the key version', '09 03 81 06 07', '89 04 81 06 07 03'],
  ])('are read: %s', (_, request, answer) => {
    expect(ask(meter, `${HEAD} ${request}`)).toBe(reply(`${HEAD} ${answer}`));
  });

  it.each([
    ['a thirteenth month', '01 03 D1 2C 07'],
    ['an identifier of 2018', '01 03 D2 00 07'],
    ['a read with data', '01 04 90 1F 07 00'],
  ])('are refused: %s', (_, request) => {
    expect(ask(meter, `${HEAD} ${request}`)).toBe(reply(`${HEAD} C1 03 07 00 00`));
  });

  it('of 2018: what was frozen at a month’s end, FF for what it does not measure', () => {
    const newer = water({ initial: 100, model: { edition: '2018' } });
    const frozen = '00 00 00 01 11 26 20 00 01 00 00 2C 00 00 00 00 35 FF FF FF FF FF FF';
    expect(ask(newer, `${HEAD} 01 03 D2 00 07`)).toBe(reply(`${HEAD} 81 1A D2 00 07 ${frozen}`));
  });
});

describe('whether a meter answers', () => {
  const FOREIGN = HEAD.replace('34', '35');

  it('to its address, the wildcard and its type or AA', () => {
    const any = 'AA AA AA AA AA AA AA';
    for (const head of [HEAD, `10 ${any}`, `AA ${any}`, HEAD.replace('10', 'AA')]) {
      expect(ask(water(), `${head} 01 03 90 1F 07`)).toBe(current('00 00 00 00', '00 00 00 00'));
    }
    expect(ask(water(), `${FOREIGN} 01 03 90 1F 07`)).toBe('foreign');
    expect(ask(water(), `${HEAD} 81 03 90 1F 07`)).toBe('foreign');
  });

  it('only to the order of identifiers that it knows', () => {
    const inOrder = (diOrder: Cjt188Model['diOrder'], di: string): string =>
      ask(waterOf({ diOrder }), `${HEAD} 01 03 ${di} 07`).slice(28, 32);
    expect(inOrder('high', '90 1F')).toBe('901f');
    expect(inOrder('low', '1F 90')).toBe('1f90');
    expect(inOrder('both', '90 1F')).toBe('901f');
    expect(inOrder('both', '1F 90')).toBe('1f90');
    expect(inOrder('crossed', '1F 90')).toBe('901f');
    for (const [order, di] of [
      ['high', '1F 90'],
      ['low', '90 1F'],
      ['crossed', '90 1F'],
    ] as const) {
      expect(ask(waterOf({ diOrder: order }), `${HEAD} 01 03 ${di} 07`)).toBe('silent');
    }
  });

  it('when it has been woken', () => {
    const meter = water(sleepy(2));
    expect(ask(meter, `${HEAD} 01 03 90 1F 07`, 0, 1)).toBe('silent');
    expect(ask(meter, `${HEAD} 01 03 90 1F 07`, 0, 2)).not.toBe('silent');
  });

  it('while it lives', () => {
    const meter = water(dead(at('2026-11-22T12:01:00')));
    expect(read(meter, MINUTE_MS - 1)).not.toBe('silent');
    expect(read(meter, MINUTE_MS)).toBe('silent');
  });

  it('with its own SER where it counts', () => {
    const meter = water({ ser: 255, model: { ser: 'own' } });
    expect(read(meter).slice(32, 34)).toBe('00');
    expect(read(meter).slice(32, 34)).toBe('01');
  });

  it.each([
    [0, 'silent'],
    [1, reply(`${HEAD} C1 01 00`)],
    [2, reply(`${HEAD} C1 02 00 00`)],
    [3, reply(`${HEAD} C1 03 07 00 00`)],
  ] as const)('to what it does not know with %i bytes', (refusal, expected) => {
    expect(ask(waterOf({ refusal }), `${HEAD} 01 03 90 30 07`)).toBe(expected);
  });
});

describe('writing', () => {
  it('sets the clock, and what was frozen before stays', () => {
    const meter = water({ drawn: drawnAt('2026-11-01T00:30:00', 5_000), clock: { since: 0, aheadMs: -HOUR_MS } });
    expect(ask(meter, `${HEAD} 04 0A A0 15 07 30 59 11 22 11 26 20`)).toBe(reply(`${HEAD} 84 05 A0 15 07 00 00`));
    expect(read(meter, 30_000)).toBe(current('00 05 00 00', '00 05 00 00'));
  });

  it('sets the settlement day', () => {
    const meter = water({ drawn: drawnAt('2026-11-10T00:00:00', 5_000) });
    expect(ask(meter, `${HEAD} 04 04 A0 11 07 15`)).toBe(reply(`${HEAD} 84 05 A0 11 07 00 00`));
    expect(read(meter)).toBe(current('00 05 00 00', '00 05 00 00'));
    expect(ask(meter, `${HEAD} 04 04 A0 12 07 01`)).toBe(reply(`${HEAD} 84 05 A0 12 07 00 00`));
    expect(ask(meter, `${HEAD} 01 03 81 04 07`)).toBe(reply(`${HEAD} 81 04 81 04 07 01`));
    for (const day of ['00', '29', '31']) {
      expect(ask(meter, `${HEAD} 04 04 A0 11 07 ${day}`)).toBe(reply(`${HEAD} C4 03 07 00 00`));
    }
  });

  it('sets the base, and what is frozen later begins there', () => {
    const meter = water({ initial: 99_999_999, drawn: drawnAt('2026-11-22T12:00:30', 1_000) });
    expect(ask(meter, `${HEAD} 16 08 A0 16 07 50 00 00 00 2C`)).toBe(reply(`${HEAD} 96 05 A0 16 07 00 00`));
    expect(read(meter).slice(34, 54)).toBe('500000002c999999992c');
    expect(read(meter, MINUTE_MS).slice(34, 44)).toBe('500100002c');
    expect(ask(meter, `${HEAD} 16 08 A0 16 07 50 00 00 00 29`)).toBe(reply(`${HEAD} D6 03 07 00 00`));
    expect(ask(meter, `${HEAD} 16 08 A0 16 07 60 00 00 00 00`, MINUTE_MS)).toBe(reply(`${HEAD} 96 05 A0 16 07 00 00`));
    expect(read(meter, MINUTE_MS).slice(34, 44)).toBe('600000002c');
  });

  it('gives a new address, which the reply has already', () => {
    const meter = water();
    const renamed = HEAD.replace('34', '35');
    expect(ask(meter, `${HEAD} 15 0A A0 18 07 35 12 90 78 56 34 12`)).toBe(reply(`${renamed} 95 03 A0 18 07`));
    expect(read(meter)).toBe('foreign');
    expect(meter.address).toBe('12345678901235');
    expect(ask(meter, `${renamed} 15 0A A0 18 07 3A 12 90 78 56 34 12`)).toBe(reply(`${renamed} D5 03 07 00 00`));
  });

  it('keeps prices', () => {
    const meter = water();
    const prices = '01 02 03 04 05 06 07 08 09 10 11 12 13 14 15';
    expect(ask(meter, `${HEAD} 04 13 A0 10 07 ${prices} 16`)).toBe(reply(`${HEAD} 84 05 A0 10 07 00 00`));
    expect(ask(meter, `${HEAD} 01 03 81 02 07`)).toBe(reply(`${HEAD} 81 12 81 02 07 ${prices}`));
  });

  it('is refused where it makes no sense', () => {
    const refused = reply(`${HEAD} C4 03 07 00 00`);
    for (const wrong of ['0A A0 15 07 61 00 12 22 11 26 20', '04 A0 17 07 55', '04 A0 14 07 00', '04 A0 11 07 1A']) {
      expect(ask(water(), `${HEAD} 04 ${wrong}`)).toBe(refused);
    }
  });
});

describe('the valve', () => {
  const command = (meter: ReturnType<typeof water>, byte: string, now: number): string =>
    ask(meter, `${HEAD} 04 04 A0 17 07 ${byte}`, now);
  const st = (meter: ReturnType<typeof water>, now: number): string => read(meter, now).slice(-8, -4);

  it('shows what it showed until its motor has ended', () => {
    const meter = waterOf({ valve: OPENED });
    expect(command(meter, '99', 0)).toBe(reply(`${HEAD} 84 05 A0 17 07 00 00`));
    expect(st(meter, 9_999)).toBe('0000');
    expect(st(meter, 10_000)).toBe('0100');
    command(meter, '55', 20_000);
    expect(st(meter, 29_999)).toBe('0100');
    expect(st(meter, 30_000)).toBe('0000');
  });

  it('turns round where it is told so under way', () => {
    const meter = waterOf({ valve: OPENED });
    command(meter, '99', 0);
    command(meter, '55', 5_000);
    expect(st(meter, 60_000)).toBe('0000');
  });

  it('that is shut from the beginning lets nothing pass', () => {
    const drawn = (local: number): number[] => [Math.max(0, (local - at(NOON)) / 1_000)];
    const meter = water({ drawn, valvePosition: 'closed', model: { valve: OPENED } });
    expect(read(meter, 60_000).slice(34, 42)).toBe('00000000');
  });

  it('stops the register while it is shut, and not before', () => {
    // A litre each second.
    const meter = water({ drawn: (local) => [Math.max(0, (local - at(NOON)) / 1_000)], model: { valve: OPENED } });
    command(meter, '99', 0);
    command(meter, '55', 100_000);
    expect(read(meter, 95_000).slice(34, 42)).toBe('01000000');
    expect(read(meter, 130_000).slice(34, 42)).toBe('03000000');
    expect(meter.dial?.(130_000)).toEqual({
      '8-0:1.0.0': '0.03',
      passed: '0.03',
      clock: '2026-11-22T12:02:10',
      valve: 'open',
    });
  });

  it('says that something is wrong where it is stuck, and water runs on', () => {
    const meter = water({ drawn: (local) => [Math.max(0, (local - at(NOON)) / 1_000)], ...stuckValve() });
    command(meter, '99', 0);
    expect(st(meter, 9_000)).toBe('0000');
    expect(st(meter, 100_000)).toBe('0300');
    expect(read(meter, 100_000).slice(34, 42)).toBe('10000000');
    command(meter, '55', 100_000);
    expect(st(meter, 110_000)).toBe('0000');
  });
});

describe('what is wrong with a meter', () => {
  it('its battery is low: bit 2, or bit 5 where the maker has both at the upper end of the byte', () => {
    expect(read(water(lowBattery()))).toBe(current('00 00 00 00', '00 00 00 00', '04 00'));
    const status = { bits: 'high', first: 0, second: 0 } as const;
    const model = { status, batteryLowFrom: 0, valve: OPENED };
    expect(read(water({ model, valvePosition: 'closed' })).slice(-8, -4)).toBe('6000');
  });

  it('its dial is stuck, although water runs', () => {
    const drawn = (local: number): number[] => [Math.max(0, (local - at(NOON)) / 1_000)];
    const meter = water({ drawn, ...stuckDial(at(NOON) + 50_000) });
    expect(read(meter, DAY_MS).slice(34, 42)).toBe('05000000');
  });

  it('it jumps back', () => {
    const meter = water({ initial: 10_000, ...jumpingBack(at(NOON) + 1_000, 20_000) });
    expect(read(meter, 999).slice(34, 42)).toBe('00000100');
    expect(read(meter, 1_000).slice(34, 42)).toBe('00800000');
    expect(meter.dial?.(1_000)).toMatchObject({ '8-0:1.0.0': '80.00', passed: '0.00' });
  });

  it('it rolls over', () => {
    const meter = water({ drawn: drawnAt('2026-11-22T12:00:01', 30), ...rollingOver(2) });
    expect(read(meter, 0).slice(34, 42)).toBe('98999999');
    expect(read(meter, 1_000).slice(34, 42)).toBe('01000000');
  });
});

it('adds its maker’s bytes behind the frame', () => {
  expect(read(waterOf({ trailing: bytes('52 4F') }))).toBe(`${current('00 00 00 00', '00 00 00 00')}524f`);
});
