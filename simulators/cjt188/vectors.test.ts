/** A simulated meter in the state of a real one says the same, byte for byte. The frames: drivers/cjt188/testdata. */
import { describe, expect, it } from 'vitest';
import { nothing } from '../metering/drawn.ts';
import { HOUR_MS } from '../metering/local-time.ts';
import { bytes } from '../testing/hex.ts';
import { at, drawnAt, timeFrom } from '../testing/meter-time.ts';
import { coldWaterMeter, heatMeter, type FlowOptions } from './meters.ts';
import { UNIT } from './model.ts';
import { ask, vector } from './testing/asking.ts';

const MADE_UP = '21 43 00 12 34 56 78';
const NO_CLOCK = new Uint8Array(7);

function water(options: Partial<FlowOptions> & Pick<FlowOptions, 'address'>) {
  return coldWaterMeter({ id: 'm', time: timeFrom('2026-11-22T12:00:00'), drawn: nothing, ...options });
}

describe('a water meter says what a real one said', () => {
  it('whose clock is garbage and whose settlement value is the current one', () => {
    const model = { noClock: bytes('60 20 20 00 00 00 00'), wakeUps: 0, settlement: 'current' } as const;
    const meter = water({ address: '00201809230001', initial: 60, model });
    expect(ask(meter, '10 01 00 23 09 18 20 00 01 03 90 1F 01')).toBe(vector('001'));
  });

  it('that has counted nothing yet, to the request of that master', () => {
    const meter = water({ address: '00201510270588', model: { wakeUps: 0 }, time: timeFrom('2017-01-09T17:20:06') });
    const answer = meter.answer(bytes(vector('002')), 0);
    expect(typeof answer === 'object' && Buffer.from(answer.frame).toString('hex')).toBe(vector('003'));
  });

  it('without a clock, with a second status byte of its maker', () => {
    const model = { noClock: NO_CLOCK, status: { bits: 'standard', first: 0, second: 0x23 } } as const;
    const meter = water({ address: '00924040000018', initial: 29, model });
    expect(ask(meter, '10 18 00 00 40 40 92 00 01 03 90 1F 00')).toBe(vector('004'));
  });

  it('that keeps no settlement value', () => {
    const model = { noClock: NO_CLOCK, settlement: 'zero', wakeUps: 0 } as const;
    const meter = water({ address: '00000010000192', initial: 222_200, model });
    expect(ask(meter, '10 92 01 00 10 00 00 00 01 03 90 1F 01')).toBe(vector('005'));
  });

  it('that writes the low byte of an identifier first', () => {
    const model = { diOrder: 'low', noClock: NO_CLOCK, settlement: 'zero', wakeUps: 2 } as const;
    const meter = water({ address: '78330007061326', initial: 6_800, model });
    expect(ask(meter, '10 26 13 06 07 00 33 78 01 03 1F 90 04')).toBe(vector('006'));
  });

  it('whose address is asked for', () => {
    const meter = water({ address: '00000805000001', model: { wakeUps: 0 } });
    expect(ask(meter, 'AA AA AA AA AA AA AA AA 03 03 81 0A 00')).toBe(vector('008'));
  });

  it('whose valve did not move, and whose radio adds its signal strength', () => {
    const meter = water({
      address: '78563412004321',
      time: timeFrom('2024-02-29T23:59:48'),
      initial: 54_803,
      drawn: drawnAt('2024-02-29T12:00:00', 7_483_660),
      model: {
        diOrder: 'low',
        wakeUps: 0,
        trailing: bytes('52 4F'),
        valve: { control: 0x04, motorMs: 9_000, isStuck: true },
        status: { bits: 'standard', first: 0x10, second: 0x01 },
      },
    });
    ask(meter, `10 ${MADE_UP} 04 04 17 A0 01 99`);
    expect(ask(meter, `10 ${MADE_UP} 01 03 1F 90 02`, 10_000)).toBe(vector('013'));
  });

  it('that answers the wildcard and has no settlement value and no clock: FF', () => {
    const model = { noClock: new Uint8Array(7).fill(0xff), settlement: 'filler', wakeUps: 2 } as const;
    const meter = water({ address: '78563412004321', initial: 697_254, model });
    const answer = meter.answer(bytes(vector('016')), 0);
    expect(typeof answer === 'object' && Buffer.from(answer.frame).toString('hex')).toBe(vector('017'));
  });

  it('that accepts a valve command', () => {
    const valve = { control: 0x04, motorMs: 10_000, isStuck: false } as const;
    const meter = water({ address: '78563412004321', model: { valve, wakeUps: 4 } });
    expect(ask(meter, `10 ${MADE_UP} 04 04 A0 17 01 55`)).toBe(vector('025'));
  });

  it('that takes its maker’s control code for a valve command', () => {
    const valve = { control: 0x2a, motorMs: 10_000, isStuck: false } as const;
    const meter = water({ address: '78563412004321', model: { valve } });
    const answer = meter.answer(bytes(vector('010')), 0);
    expect(typeof answer === 'object' && Buffer.from(answer.frame).toString('hex')).toBe(vector('011'));
  });
});

describe('a heat meter says what a real one said', () => {
  it('with each unit before its value', () => {
    const time = timeFrom('2024-02-29T23:59:58');
    const meter = heatMeter({
      id: 'h',
      address: '78563412004321',
      time,
      layout: 'unitFirst',
      initial: 1_697,
      heat: drawnAt('2024-02-10T00:00:00', (8_031 - 1_697) * 36),
      heatingWater: drawnAt('2024-02-10T00:00:00', 3_160),
      worksSince: time.local(0) - 1_234 * HOUR_MS,
      momentary: { power: 2_548, flow: 6_972, supply: 4_321, back: 4_365 },
      model: { wakeUps: 0, status: { bits: 'standard', first: 0x03, second: 0x01 } },
    });
    expect(ask(meter, `20 ${MADE_UP} 01 03 90 1F 00`)).toBe(vector('026'));
  });

  it('with another T and another SER than it was asked with', () => {
    const time = timeFrom('2025-09-03T17:52:11');
    const meter = heatMeter({
      id: 'h',
      address: '00312718241912',
      time,
      ser: 2,
      initial: 27_411,
      heat: drawnAt('2025-09-02T00:00:00', (5_442_788 - 27_411) * 36),
      heatingWater: drawnAt('2025-09-02T00:00:00', 7_156_080),
      worksSince: time.local(0) - 74_766 * HOUR_MS,
      momentary: { power: 0, flow: 0, supply: 2_679, back: 2_664 },
      model: {
        meterType: 0x25,
        answersTo: [0x20],
        diOrder: 'low',
        ser: 'own',
        wakeUps: 0,
        status: { bits: 'standard', first: 0, second: 0x05 },
      },
    });
    const answer = meter.answer(bytes(vector('027')), 0);
    expect(typeof answer === 'object' && Buffer.from(answer.frame).toString('hex')).toBe(vector('028'));
  });

  it('whose battery is low and whose power is in W', () => {
    const time = timeFrom('2007-09-12T11:41:32');
    const meter = heatMeter({
      id: 'h',
      address: '11110017312151',
      time,
      heat: nothing,
      heatingWater: drawnAt('2007-01-01T00:00:00', 190),
      worksSince: time.local(0) - 273 * HOUR_MS,
      powerUnit: UNIT.watt,
      momentary: { power: 0, flow: 0, supply: 3_076, back: 3_068 },
      model: { diOrder: 'low', wakeUps: 0, batteryLowFrom: at('2007-06-01T00:00:00') },
    });
    expect(ask(meter, '20 51 21 31 17 00 11 11 01 03 1F 90 12')).toBe(vector('029'));
  });
});
