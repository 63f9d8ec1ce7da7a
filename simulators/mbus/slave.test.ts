/** What slaves make of frames: EN 13757-2 and EN 13757-3. */
import { describe, expect, it } from 'vitest';
import { nothing } from '../metering/drawn.ts';
import { HOUR_MS } from '../metering/local-time.ts';
import { collide } from '../wire/collide.ts';
import { drawnAt, timeFrom, at } from '../testing/meter-time.ts';
import { bytes } from '../testing/hex.ts';
import { fixedMeter } from './fixed-meter.ts';
import { heatMeter } from './heat-meter.ts';
import { electricityMeter } from './electricity-meter.ts';
import { pulseUnit } from './pulse-unit.ts';
import { mbus } from './protocol.ts';
import type { MbusSlave } from './slave.ts';
import { ask, hexOf, long, short } from './testing/asking.ts';
import { waterMeter, type WaterMeterOptions } from './water-meter.ts';

const NOON = '2026-11-22T12:00:00';
const ACK = 'e5';

function water(options: Partial<WaterMeterOptions> = {}): MbusSlave {
  const address = { primary: 1, id: '12345678', access: 0 };
  return waterMeter({ id: 'm', time: timeFrom(NOON), address, drawn: nothing, ...options });
}

/** What follows the header. */
const records = (reply: string): string => reply.slice(2 * 19, -4);
const access = (reply: string): number => Number.parseInt(reply.slice(2 * 15, 2 * 16), 16);
/** 24 23: HYD. */
const select = (id: string, rest = '24 23 29 07'): Uint8Array => long(`53 FD 52 ${id} ${rest}`);

describe('a primary address', () => {
  it('is the slave’s own or FE; FF is heard and not answered', () => {
    const reply = '682929680801727856341224232907010000000c13000000000b3b0000004c130000000042';
    expect(ask(water(), short('5B 01')).startsWith(reply)).toBe(true);
    expect(ask(water(), short('5B FE')).startsWith(reply)).toBe(true);
    expect(ask(water(), short('5B 02'))).toBe('foreign');
    expect(ask(water(), short('5B FF'))).toBe('broadcast');
    expect(ask(water({ address: { id: '12345678', access: 0 } }), short('5B 00')).slice(10, 12)).toBe('00');
  });

  it('is acknowledged after SND_NKE, but by some', () => {
    expect(ask(water(), short('40 01'))).toBe(ACK);
    expect(ask(water({ model: { isMuteToReset: true } }), short('40 01'))).toBe('silent');
  });

  it('can be given', () => {
    const slave = water();
    expect(ask(slave, long('73 01 51 01 7A 07'))).toBe(ACK);
    expect(slave.address).toBe('7');
    expect(ask(slave, short('5B 01'))).toBe('foreign');
    expect(ask(slave, long('73 07 51 01 7A FB'))).toBe(ACK);
    expect(ask(slave, short('5B 07'))).toBe(hexOf(long('08 07 70 00')));
  });
});

describe('a secondary address', () => {
  it.each([
    ['as it is', '78 56 34 12', '24 23 29 07'],
    ['with wildcards for all', 'FF FF FF FF', 'FF FF FF FF'],
    ['with a wildcard for a digit', '7F 56 34 12', 'FF FF FF FF'],
  ])('selects %s', (_, id, rest) => {
    const slave = water();
    expect(ask(slave, select(id, rest))).toBe(ACK);
    expect(ask(slave, short('7B FD')).slice(8, 12)).toBe('0801');
  });

  it.each([
    ['another number', '79 56 34 12', '24 23 29 07'],
    ['another manufacturer', '78 56 34 12', '25 23 29 07'],
    ['another version', '78 56 34 12', '24 23 2A 07'],
    ['another medium', '78 56 34 12', 'FF FF FF 04'],
    ['half an address', '78 56', ''],
  ])('does not select with %s, and ends a selection', (_, id, rest) => {
    const slave = water();
    ask(slave, select('78 56 34 12'));
    expect(ask(slave, select(id, rest))).toBe('foreign');
    expect(ask(slave, short('7B FD'))).toBe('foreign');
  });

  it('may be followed by a fabrication number', () => {
    const any = 'FF FF FF FF';
    expect(ask(water(), long(`53 FD 52 ${any} ${any} 0C 78 F8 56 34 12`))).toBe(ACK);
    expect(ask(water(), long(`53 FD 52 ${any} ${any} 0C 78 79 56 34 12`))).toBe('foreign');
    expect(ask(water({ model: { fabrication: null } }), long(`53 FD 52 ${any} ${any} 0C 78 78 56 34 12`))).toBe(
      'foreign',
    );
  });

  it('is left with SND_NKE to FD', () => {
    const slave = water();
    ask(slave, select('78 56 34 12'));
    expect(ask(slave, short('40 FD'))).toBe(ACK);
    expect(ask(slave, short('5B FD'))).toBe('foreign');
    expect(ask(slave, short('40 FD'))).toBe('foreign');
  });

  it('can be given', () => {
    const slave = water();
    expect(ask(slave, long('73 01 51 0C 79 01 00 00 99'))).toBe(ACK);
    expect(ask(slave, select('01 00 00 99'))).toBe(ACK);
  });
});

describe('the frame count bit', () => {
  it('asks for the same bytes again where it has not changed', () => {
    const slave = water({ drawn: (local) => [(local - at('2026-01-01T00:00:00')) / 1_000] });
    const first = ask(slave, short('7B 01'), 0);
    expect(ask(slave, short('7B 01'), HOUR_MS)).toBe(first);
    const second = ask(slave, short('5B 01'), HOUR_MS);
    expect(second).not.toBe(first);
    expect([first, second].map(access)).toEqual([1, 2]);
  });

  it('asks for the next telegram where it has changed, and then for the first again', () => {
    const slave = water({ history: 13, initial: 5 });
    const telegrams = ['7B 01', '5B 01', '7B 01', '5B 01'].map((request) => records(ask(slave, short(request))));
    expect(telegrams.map((each) => each.slice(-2))).toEqual(['1f', '1f', '00', '1f']);
    expect(telegrams[0]?.slice(0, 12)).toBe('0c1305000000');
    // October is storage 2, the October before it 14.
    expect(telegrams[1]?.slice(0, 24)).toBe('82016c5f3a8c011305000000');
    expect(telegrams[2]).toBe('82076c3f3a8c071305000000');
    expect(telegrams[3]).toBe(telegrams[0]);
  });

  it('begins anew with SND_NKE, a selection, or a reset of the application', () => {
    for (const request of [short('40 01'), select('78 56 34 12'), long('53 01 50')]) {
      const slave = water({ history: 1 });
      const first = records(ask(slave, short('7B 01')));
      expect(ask(slave, request)).toBe(ACK);
      expect(records(ask(slave, short('5B 01')))).toBe(first);
    }
  });

  it('is ignored by some: they send their first telegram for ever', () => {
    const slave = water({ history: 1, model: { ignoresFcb: true } });
    const first = records(ask(slave, short('7B 01')));
    expect(records(ask(slave, short('5B 01')))).toBe(first);
    expect(records(ask(slave, short('5B 01')))).toBe(first);
  });

  it('counts for nothing without FCV', () => {
    const slave = water({ history: 1 });
    const first = records(ask(slave, short('7B 01')));
    expect(records(ask(slave, short('4B 01')))).toBe(first);
    expect(records(ask(slave, short('5B 01')))).not.toBe(first);
  });
});

describe('what else a master may send', () => {
  it('a request of alarms: there are none', () => {
    expect(ask(water(), short('5A 01'))).toBe(ACK);
  });

  it('a CI field that is not known: acknowledged, and reported once instead of data', () => {
    const slave = water();
    expect(ask(slave, long('53 01 99 00'))).toBe(ACK);
    expect(ask(slave, short('7B 01'))).toBe(hexOf(long('08 01 70 01')));
    expect(ask(slave, short('7B 01'))).toBe(hexOf(long('08 01 70 01')));
    expect(ask(slave, short('5B 01')).slice(12, 14)).toBe('72');
  });

  it.each([
    ['B8', 300],
    ['BB', 2400],
    ['BC', 4800],
    ['BD', 9600],
    ['BF', 38_400],
  ])('another rate: CI %s', (ci, baud) => {
    const slave = water();
    expect(slave.serial).toBeUndefined();
    expect(ask(slave, long(`53 01 ${ci}`))).toBe(ACK);
    expect(slave.serial).toEqual({ baud, format: '8E1' });
  });

  it('something to write that it has not', () => {
    const slave = water();
    expect(ask(slave, long('53 01 51 04 13 01 00 00 00'))).toBe(ACK);
    expect(ask(slave, short('7B 01'))).toBe(hexOf(long('08 01 70 00')));
  });

  it('the time: 2026-11-22 13:45', () => {
    const slave = water({ due: { each: 'month' }, drawn: drawnAt('2026-10-31T23:30:00', 7) });
    // The clock goes an hour and three quarters ahead after the month's end: what was kept stays.
    expect(ask(slave, long('53 01 51 04 6D 2D 0D 56 3B'))).toBe(ACK);
    expect(records(ask(slave, short('5B 01'))).slice(22, 34)).toBe('4c1307000000');
  });

  it('a selection to a primary address: no such thing', () => {
    const slave = water();
    expect(ask(slave, long('53 01 52 78 56 34 12 FF FF FF FF'))).toBe(ACK);
    expect(slave.state.isSelected).toBe(false);
  });

  it.each(['48 01', '5C 01'])('a function that nobody has: %s', (request) => {
    expect(ask(water(), short(request))).toBe('silent');
  });
});

describe('what slaves send', () => {
  it('water: litres now and at the end of the due day, and which day it was', () => {
    const drawn = drawnAt('2026-01-01T00:00:00', 1_000);
    const due = drawnAt('2025-12-31T23:59:59', 1_000);
    const head = (stored: string): string => `0c13121000000b3b0000004c13${stored}426c3f3c02fd170000`;
    expect(records(ask(water({ drawn, initial: 12 }), short('5B 01')))).toBe(head('12100000'));
    expect(records(ask(water({ drawn: due, initial: 12 }), short('5B 01')))).toBe(head('12100000'));
    const later = drawnAt('2026-01-01T00:00:01', 1_000);
    expect(records(ask(water({ drawn: later, initial: 12 }), short('5B 01')))).toBe(head('12000000'));
  });

  it('water: the due day is over at its midnight', () => {
    const dateAt = (text: string): string =>
      records(ask(water({ time: timeFrom(text) }), short('5B 01'))).slice(38, 42);
    expect(dateAt('2026-12-30T00:00:00')).toBe('3f3c');
    expect(dateAt('2026-12-31T23:59:59')).toBe('3f3c');
    expect(dateAt('2027-01-01T00:00:00')).toBe('5f3c');
  });

  it('water: the ends of the last months in telegrams of their own', () => {
    const slave = water({ drawn: drawnAt('2026-10-15T00:00:00', 1_000), history: 2 });
    ask(slave, short('7B 01'));
    // 2026-10-31 and 2026-09-30; storage 2 and 3.
    expect(records(ask(slave, short('5B 01')))).toBe('82016c5f3a8c011300100000c2016c5e39cc011300000000');
  });

  it('heat: 10 kWh a step; while it stands the temperatures are nearly equal', () => {
    const options = { id: 'm', time: timeFrom(NOON), address: { primary: 1, id: '12345678', access: 0 } };
    const slave = heatMeter({ ...options, heat: () => [72_000], heatingWater: () => [25] });
    const reply = records(ask(slave, short('5B 01')));
    expect(reply.startsWith('0c07020000000c14020000000c7b000000000c2c000000000a5a15020a5e10020b60000500')).toBe(true);
    const running = heatMeter({ ...options, heat: drawnAt('2026-11-22T11:58:00', 360), heatingWater: nothing });
    expect(records(ask(running, short('5B 01'))).slice(36, 48)).toBe('0c2c00010000');
  });

  it.each([
    ['1 kWh', '0c0620000000', { '6-0:1.0.0': '20', passed: '20' }],
    ['0.01 GJ', '0c0f07000000', { '6-0:1.0.0': '0.07', passed: '0.07' }],
  ] as const)('heat: in steps of %s', (step, record, dial) => {
    const options = { id: 'm', time: timeFrom(NOON), address: { primary: 1, id: '12345678', access: 0 } };
    const slave = heatMeter({ ...options, heat: () => [75_599], heatingWater: nothing, step });
    expect(records(ask(slave, short('5B 01'))).startsWith(record)).toBe(true);
    expect(slave.dial?.(0)).toEqual(dial);
  });

  it('heat: what the ends of the months have left', () => {
    const options = { id: 'm', time: timeFrom(NOON), address: { primary: 1, id: '12345678', access: 0 }, history: 2 };
    const heat = drawnAt('2026-10-15T00:00:00', 72_000);
    const slave = heatMeter({ ...options, heat, heatingWater: nothing });
    ask(slave, short('7B 01'));
    // 2026-10-31 and 2026-09-30; storage 1 and 2.
    expect(records(ask(slave, short('5B 01')))).toBe('426c5f3a4c070200000082016c5e398c010700000000');
  });

  it('electricity: Wh of all tariffs, and current from power', () => {
    const options = { id: 'm', time: timeFrom(NOON), address: { primary: 1, id: '12345678', access: 0 } };
    const before = at('2026-11-22T11:58:00');
    const slave = electricityMeter({ ...options, drawn: (local) => [100, local < before ? 0 : 230] });
    expect(records(ask(slave, short('5B 01')))).toBe(
      '04034a01000004837f4a01000002fd48fc0802fd5b6400022bfc080c78785634120f0e',
    );
  });

  it('fixed data: BCD or binary, as bit 0 of the status says', () => {
    const options = { id: 'm', time: timeFrom(NOON), address: { primary: 5, id: '12345678', access: 0 } };
    const drawn = drawnAt('2026-11-10T00:00:00', 135);
    expect(ask(fixedMeter({ ...options, drawn }), short('5B 05'))).toBe(
      hexOf(long('08 05 73 78 56 34 12 01 00 E9 7E 35 01 00 00 00 00 00 00')),
    );
    expect(ask(fixedMeter({ ...options, drawn, coding: 'binary' }), short('5B 05'))).toBe(
      hexOf(long('08 05 73 78 56 34 12 01 01 E9 7E 87 00 00 00 00 00 00 00')),
    );
  });

  it('fixed data: the medium in four bits above the units', () => {
    const options = { id: 'm', time: timeFrom(NOON), address: { primary: 5, id: '12345678', access: 0 } };
    const slave = fixedMeter({ ...options, drawn: nothing, medium: 'gas' });
    expect(ask(slave, short('5B 05')).slice(26, 30)).toBe('e93e');
    expect(slave.dial?.(0)).toEqual({ '7-0:3.0.0': '0.000', passed: '0.000' });
  });

  it('what a person reads off them, in the unit that is billed', () => {
    const options = { id: 'm', time: timeFrom(NOON), address: { primary: 1, id: '12345678' } };
    const drawn = (): number[] => [72_345];
    const pulses = { ...options, drawn, batteryEnds: at('2036-01-01T00:00:00') };
    expect(water({ drawn }).dial?.(0)).toEqual({ '8-0:1.0.0': '72.345', passed: '72.345' });
    expect(water({ drawn, kind: 'warmWater' }).dial?.(0)).toEqual({ '9-0:1.0.0': '72.345', passed: '72.345' });
    expect(fixedMeter({ ...options, drawn }).dial?.(0)).toEqual({ '8-0:1.0.0': '72.345', passed: '72.345' });
    expect(electricityMeter({ ...options, drawn }).dial?.(0)).toEqual({ '1-0:1.8.0': '72.345', passed: '72.345' });
    expect(pulseUnit({ ...pulses, kind: 'gas' }).dial?.(0)).toEqual({ '7-0:3.0.0': '72.34', passed: '72.345' });
    expect(pulseUnit({ ...pulses, kind: 'water' }).dial?.(0)).toEqual({ '8-0:1.0.0': '72.34', passed: '72.345' });
    expect(heatMeter({ ...options, heat: drawn, heatingWater: drawn }).dial?.(0)).toEqual({
      '6-0:1.0.0': '20',
      passed: '20',
    });
  });

  it('power low: bit 2 of the status', () => {
    expect(ask(water({ model: { powerLowFrom: 0, status: 0x10 } }), short('5B 01')).slice(32, 34)).toBe('14');
  });
});

describe('what is wrong with a slave', () => {
  it('it is dead, also for a search', () => {
    const slave = water({ model: { deadFrom: at(NOON) + 1_000 } });
    expect(ask(slave, short('5B 01'), 999)).not.toBe('silent');
    expect(ask(slave, short('5B 01'), 1_000)).toBe('silent');
    expect(ask(slave, select('78 56 34 12'), 1_000)).toBe('silent');
    expect(ask(slave, short('5B 02'), 1_000)).toBe('foreign');
  });

  it('its register jumps back, rolls over, is stuck', () => {
    const volume = (slave: MbusSlave, now = 0): string => records(ask(slave, short('4B 01'), now)).slice(4, 12);
    expect(volume(water({ initial: 500, register: { jumps: [{ at: at(NOON), by: -100 }] } }))).toBe('00040000');
    expect(volume(water({ initial: 99_999_999, drawn: () => [3] }))).toBe('02000000');
    const stuck = water({ drawn: (local) => [(local - at(NOON)) / 1_000], register: { stuckFrom: at(NOON) + 5_000 } });
    expect(volume(stuck, HOUR_MS)).toBe('05000000');
  });

  it('two with the same address fall together: a search sees that more than one is there', () => {
    const one = water({ address: { primary: 1, id: '12345678', access: 0 } }).answer(short('5B 01'), 0);
    const other = water({ address: { primary: 1, id: '87654321', access: 0 } }).answer(short('5B 01'), 0);
    const sent = [one, other].flatMap((each) => (typeof each === 'object' ? [{ at: 0, bytes: each.frame }] : []));
    const [heard] = collide(sent, 4.6, () => 0.5);
    expect(hexOf(heard?.bytes ?? new Uint8Array()).slice(14, 22)).toBe('20422402');
  });
});

describe('the line', () => {
  it('hears whole frames with right check bytes, and keeps what may become one', () => {
    const end = (hex: string): unknown => mbus.requestEnd(bytes(hex), 0);
    expect(end('10 5B 01 5C 16')).toBe(5);
    expect(end('10 5B 01 5D 16')).toBeUndefined();
    expect(end('10 5B 01')).toBe('incomplete');
    expect(end('68 03 03 68 53 01 50 A4 16')).toBe(9);
    expect(end('68 03')).toBe('incomplete');
    expect(end('68 03 03 68 53')).toBe('incomplete');
    expect(end('68 03 04 68 53')).toBeUndefined();
    expect(end('E5')).toBeUndefined();
  });

  it('can spoil a reply and keep its check byte right', () => {
    const reply = bytes(ask(water({ initial: 34 }), short('5B 01')));
    const distorted = (fault: Parameters<typeof mbus.distort>[1]): string => hexOf(mbus.distort(reply, fault));
    expect(distorted('failure')).toBe(hexOf(long('08 01 70 00')));
    expect(distorted('busy')).toBe(hexOf(long('08 01 70 08')));
    expect(records(distorted('wrongItem')).slice(0, 12)).toBe('0c7834000000');
    expect(records(distorted('wrongDigits')).slice(0, 12)).toBe('0c131a000000');
    expect(distorted('wrongUnit').slice(8, 12)).toBe('0802');
    expect(distorted('wrongFunction').slice(8, 12)).toBe('0901');
    expect(distorted('wrongTransaction')).toBe(hexOf(reply));
    expect(hexOf(mbus.distort(bytes('E5'), 'failure'))).toBe(ACK);
    expect(mbus.checksumAt(bytes('E5'))).toBeUndefined();
  });

  it('puts the same question to a neighbour without changing anything in it', () => {
    const slave = water({ history: 1 });
    const first = records(ask(slave, short('7B 01')));
    expect(records(ask(slave, mbus.readdress(short('5B 02'), '1')))).toBe(first);
    expect(records(ask(slave, short('5B 01')))).not.toBe(first);
  });
});
