/** How a meter behaves, by the tables of DL/T 645-2007. Requests and replies are made and read byte by byte. */
import { describe, expect, it } from 'vitest';
import { createHousehold } from '../metering/household.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, localMs } from '../metering/local-time.ts';
import { MeterClock } from '../metering/meter-clock.ts';
import { createRegister } from '../metering/register.ts';
import { wireReply, wireRequest } from '../testing/dlt645-frames.ts';
import { ADDRESS, NOVEMBER, testMeter } from '../testing/dlt645-meters.ts';

/** 360 Wh an hour from 1 November on, all in tariff 1. */
const steady = (local: number) => [Math.max(0, Math.floor((local - NOVEMBER) / 10_000)), 0];
/** ss mm hh DD MM YY, of a time that is always to come. */
const VALID = '000000010180';
/** Level 02, password 000000, operator 00000000. */
const WHO = '0200000000000000';

/** Four bytes of 0.01 kWh each. */
function kWh(data: string): number[] {
  return (data.match(/.{8}/g) ?? []).map((four) => Number(four.match(/../g)?.reverse().join('')) / 100);
}

describe('energies', () => {
  const meter = testMeter({ drawn: steady, initial: [50_000, 20_000] });

  it('a block is the total and each tariff', () => {
    expect(kWh(meter.read('0001FF00', NOVEMBER + 100 * HOUR_MS))).toEqual([106, 86, 20]);
    expect(kWh(meter.read('00010200', NOVEMBER + 100 * HOUR_MS))).toEqual([20]);
  });

  it('at a settlement day is what it was then', () => {
    const march = localMs(2027, 3, 10);
    const afterDays = (months: readonly number[]) =>
      months.map((days) => Math.round(100 * (70 + 0.36 * 24 * days)) / 100);
    expect(kWh(meter.read('00010001', march))).toEqual(afterDays([30 + 31 + 31 + 28]));
    expect(kWh(meter.read('00010003', march))).toEqual(afterDays([30 + 31]));
    expect(kWh(meter.read('00010005', march))).toEqual([70]);
  });

  it('rolls over at 999999.99', () => {
    const full = testMeter({ drawn: steady, initial: [999_999_990] });
    expect(full.read('00010000', NOVEMBER)).toBe('99999999');
    expect(full.read('00010000', NOVEMBER + 120_000)).toBe('00000000');
  });

  it('refuses what it does not have', () => {
    for (const di of ['00010900', '0001000D', '000B0000', '00290000', '01160000', '05080001', '12345678']) {
      expect([di, meter.read(di)]).toEqual([di, 'D1 02']);
    }
  });

  it('keeps nothing from before it was installed', () => {
    const fresh = testMeter({ installedAt: localMs(2026, 10, 20) });
    expect(fresh.read('00010001', NOVEMBER)).toBe('00000000');
    expect(fresh.read('00010002', NOVEMBER)).toBe('D1 02');
  });
});

describe('maximum demand', () => {
  it('is the highest quarter of an hour since the settlement day, and when it was', () => {
    const drawn = (local: number) => [local < NOVEMBER + HOUR_MS ? 0 : local < NOVEMBER + 2 * HOUR_MS ? 1_000 : 1_100];
    const meter = testMeter({ drawn });
    // 1000 Wh in one quarter of an hour are 4 kW: XX.XXXX, then mm hh DD MM YY.
    expect(meter.read('01010000', NOVEMBER + 3 * HOUR_MS)).toBe('000004' + '0001011126');
    expect(meter.read('01010000', localMs(2026, 12, 1, 1))).toBe('000000' + '0000000000');
    expect(meter.read('01010001', localMs(2026, 12, 1, 1))).toBe('000004' + '0001011126');
    expect(meter.read('0101FF00', NOVEMBER + 3 * HOUR_MS)).toHaveLength(2 * 3 * 8);
  });

  it('begins anew when it is cleared', () => {
    const meter = testMeter({ drawn: (local) => [Math.max(0, local - NOVEMBER)], password: '123456' });
    const before = meter.read('01010000', NOVEMBER + HOUR_MS);
    expect(meter.ask('19', WHO, NOVEMBER + HOUR_MS)).toMatchObject({ control: 'D9', data: '04' });
    expect(meter.ask('19', '0256341200000000', NOVEMBER + HOUR_MS)).toMatchObject({ control: '99', data: '' });
    expect(meter.read('01010000', NOVEMBER + HOUR_MS + 60_000)).not.toBe(before);
    expect(meter.read('03300200', NOVEMBER + HOUR_MS + 60_000)).toBe('010000');
  });
});

describe('instantaneous values', () => {
  const at = NOVEMBER + 20 * HOUR_MS;
  const { electricity } = createHousehold(1, NOVEMBER);

  it('of three phases add up', () => {
    const meter = testMeter({ phases: 3, drawn: electricity });
    expect(meter.read('0201FF00', at)).toMatch(/^(..2[12]){3}$/);
    const powers = (meter.read('0203FF00', at).match(/.{6}/g) ?? []).map((three) =>
      Number(three.match(/../g)?.reverse().join('')),
    );
    expect(powers).toHaveLength(4);
    const [total = 0, ...phases] = powers;
    expect(total).toBeGreaterThan(1_000);
    expect(phases.reduce((sum, power) => sum + power, 0)).toBe(total);
  });

  it.each([
    ['refused', /^..2[12]$/, 'D1 02'],
    ['FF', /^..2[12]ffffffff$/, 'ffff'],
    ['zero', /^..2[12]00000000$/, '0000'],
  ] as const)('where phases are absent: %s', (absentPhases, block, phaseB) => {
    const meter = testMeter({ absentPhases, drawn: electricity });
    expect(meter.read('0201FF00', at)).toMatch(block);
    expect(meter.read('02010200', at)).toBe(phaseB);
  });

  it('of energy that flows back the top bit is set', () => {
    const still = {
      voltages: [],
      currents: [],
      reactive: [],
      apparent: [],
      powerFactors: [],
      angles: [],
      frequency: 0,
    };
    const meter = testMeter({ measured: () => ({ ...still, active: [-12_345] }) });
    expect(meter.read('02030000')).toBe('452381');
  });
});

describe('freezes', () => {
  it('the daily one is of midnight, with its time, and so many days ago', () => {
    const meter = testMeter({ drawn: steady });
    const at = NOVEMBER + 3 * DAY_MS + 10 * HOUR_MS;
    expect(meter.read('05060001', at)).toBe('0000041126');
    expect(kWh(meter.read('05060101', at))).toEqual([25.92, 25.92, 0]);
    expect(kWh(meter.read('05060103', at))).toEqual([8.64, 8.64, 0]);
    expect(meter.read('0506013F', at)).toBe('D1 02');
  });

  it('an hour that the clock is ahead, it freezes an hour early', () => {
    const meter = testMeter({ drawn: steady, aheadMs: HOUR_MS });
    const at = NOVEMBER + DAY_MS;
    expect(meter.read('05060001', at)).toBe('0000021126');
    expect(kWh(meter.read('05060101', at))).toEqual([8.28, 8.28, 0]);
  });

  it('hours and settlement days are kept too', () => {
    const meter = testMeter({ drawn: steady });
    const at = localMs(2026, 12, 1, 5, 30);
    expect(meter.read('05040001', at)).toBe('0005011226');
    expect(meter.read('0504FF01', at)).toHaveLength(2 * (5 + 4 + 4));
    expect(meter.read('05070001', at)).toBe('0000011226');
  });

  it('at once, on command, also by broadcast, which nobody answers', () => {
    const meter = testMeter({ drawn: steady });
    expect(meter.read('05010101', NOVEMBER)).toBe('D1 02');
    expect(meter.ask('16', '99999999', NOVEMBER + HOUR_MS)).toMatchObject({ control: '96', data: '' });
    expect(meter.raw(wireRequest('999999999999', '16', '99999999'), NOVEMBER + 2 * HOUR_MS)).toBe('');
    const at = NOVEMBER + 9 * HOUR_MS;
    expect([meter.read('05010101', at), meter.read('05010102', at)].map(kWh)).toEqual([
      [0.72, 0.72, 0],
      [0.36, 0.36, 0],
    ]);
    expect(meter.read('05010001', at)).toBe('0002011126');
  });

  it('every day at a time that a command sets; a time that is none is refused', () => {
    const meter = testMeter({ drawn: steady });
    expect(meter.read('05000001')).toBe('D1 02');
    expect(meter.ask('16', '30069999').control).toBe('96');
    expect(meter.read('05000001', NOVEMBER + 12 * HOUR_MS)).toBe('3006011126');
    expect(meter.ask('16', '61069999')).toMatchObject({ control: 'D6', data: '01' });
  });
});

describe('long blocks', () => {
  it('come in several frames, each but the last with more to follow, numbered from 1', () => {
    const meter = testMeter({ drawn: steady, initial: [1_000, 2_000], maxData: 70 });
    const at = NOVEMBER + DAY_MS;
    const whole = testMeter({ drawn: steady, initial: [1_000, 2_000] }).read('0506FF01', at);
    // 5 of time, 8 energies and 2 demands of a total and two tariffs, 8 powers.
    expect(whole).toHaveLength(2 * (5 + 8 * 3 * 4 + 2 * 3 * 8 + 24));
    const first = meter.ask('11', '01ff0605', at);
    expect(first.control).toBe('B1');
    let data = first.data.slice(8);
    const controls: string[] = [];
    for (let n = 1; n <= 2; n++) {
      const more = meter.ask('12', `01ff06050${n}`, at);
      controls.push(more.control);
      expect(more.data.slice(0, 8)).toBe('01ff0605');
      expect(more.data.slice(-2)).toBe(`0${n}`);
      data += more.data.slice(8, -2);
    }
    expect(controls).toEqual(['B2', '92']);
    expect(data).toBe(whole);
    expect(meter.ask('12', '01ff060503', at)).toMatchObject({ control: 'D2', data: '02' });
  });

  it('of 1997 come without numbers', () => {
    const meter = testMeter({ version: '1997', initial: [1_000, 2_000, 3_000, 4_000], maxData: 15 });
    const first = meter.ask('01', '1f90');
    const second = meter.ask('02', '1f90');
    expect([first.control, second.control]).toEqual(['A1', '82']);
    expect(first.data.slice(4) + second.data.slice(4)).toBe(
      '00100000' + '00010000' + '00020000' + '00030000' + '00040000' + 'aa',
    );
  });
});

describe('addresses', () => {
  const meter = testMeter();

  it('answers 13H, and wildcards that fit it, with its own address', () => {
    expect(meter.ask('13', '', NOVEMBER, 'aaaaaaaaaaaa')).toMatchObject({
      control: '93',
      address: ADDRESS,
      data: '214300123456',
    });
    expect(meter.ask('11', '00000100', NOVEMBER, 'aaaaaaaa4321').address).toBe(ADDRESS);
    expect(meter.raw(wireRequest('aaaaaaaa4322', '11', '00000100'))).toBe('');
  });

  it('leaves alone what is for others, and is silent to what it does not know', () => {
    const { device } = meter;
    const answer = (address: string, control: string) =>
      device.answer(Buffer.from(wireRequest(address, control), 'hex'), NOVEMBER);
    expect(answer('563412004322', '11')).toBe('foreign');
    expect(answer(ADDRESS, '1f')).toBe('silent');
    expect(answer('999999999999', '11')).toBe('broadcast');
  });

  it('of 1997 tells the day and hour at which it settles', () => {
    const old = testMeter({ version: '1997', settlement: { each: 'month', day: 25, hour: 9, minute: 0 } });
    expect(old.ask('01', '17c1').data).toBe('17c1' + '0925');
  });

  it('of 1997 has no 13H and no identifiers of four bytes', () => {
    const old = testMeter({ version: '1997' });
    expect(old.raw(wireRequest('aaaaaaaaaaaa', '13'))).toBe('');
    expect(old.raw(wireRequest(ADDRESS, '11', '00000100'))).toBe('');
  });

  it('wakes the line up as often as it is told to', () => {
    expect([0, 2, 7].map((wakeUp) => wireReply(testMeter({ wakeUp }).raw(wireRequest(ADDRESS, '13'))).wakeUp)).toEqual([
      0, 2, 7,
    ]);
  });
});

describe('the clock', () => {
  const noon = NOVEMBER + 12 * HOUR_MS;
  const set = (time: string) => wireRequest('999999999999', '08', time);

  it('says date, weekday and time', () => {
    const meter = testMeter({ aheadMs: 5_000 });
    expect(meter.read('04000101', noon)).toBe('00011126'); // a Sunday
    expect(meter.read('04000102', noon)).toBe('050012');
    expect(meter.read('0400010C', noon)).toBe('05001200011126');
  });

  it('is set by broadcast by up to five minutes, once a day, and not around midnight', () => {
    const meter = testMeter({ aheadMs: 3 * MINUTE_MS });
    meter.raw(set('000712011126'), noon); // 12:07 while it shows 12:03
    expect(meter.read('04000102', noon)).toBe('000712');
    meter.raw(set('000012011126'), noon);
    expect(meter.read('04000102', noon)).toBe('000712');
    const next = NOVEMBER + DAY_MS;
    meter.raw(set('000000021126'), next);
    expect(meter.read('04000102', next)).toBe('000700');
    meter.raw(set('000006021126'), next + 6 * HOUR_MS);
    expect(meter.read('04000102', next + 6 * HOUR_MS)).toBe('000706');
    expect(meter.read('03300400', next)).toBe('010000');
  });

  it('without a guard takes any time, and one that is none not', () => {
    const meter = testMeter({ aheadMs: HOUR_MS, guardsClock: false });
    meter.raw(set('000012311126'), noon);
    expect(meter.read('04000102', noon)).toBe('000013');
    meter.raw(set('000012011126'), noon);
    expect(meter.read('04000102', noon)).toBe('000012');
  });

  it('is written with the password', () => {
    const meter = testMeter({ password: '123456' });
    expect(meter.ask('14', `02010004${WHO}300815`, noon)).toMatchObject({ control: 'D4', data: '04' });
    expect(meter.ask('14', '0201000402563412' + '00000000' + '300815', noon).control).toBe('94');
    expect(meter.read('04000102', noon)).toBe('300815');
  });
});

describe('the relay', () => {
  const at = (seconds: number) => NOVEMBER + seconds * 1_000;
  const trip = (meter: ReturnType<typeof testMeter>, command: string, seconds: number, who = WHO) =>
    meter.ask('1C', `${who}${command}00${VALID}`, at(seconds));

  it('opens a second after it was told to, and word 3 says so; nothing is counted meanwhile', () => {
    const meter = testMeter({ drawn: steady });
    expect(trip(meter, '1a', 3_600)).toMatchObject({ control: '9C', data: '' });
    expect(meter.read('04000503', at(3_600))).toBe('4000');
    expect(meter.read('04000503', at(3_602))).toBe('5000');
    expect(kWh(meter.read('00010000', at(7_200)))).toEqual([0.36]);
    expect(meter.read('02030000', at(7_200))).toBe('000000');
    expect(meter.read('1D000001', at(7_200))).toBe('010000');
  });

  it('permitted to close, it waits for the button', () => {
    const meter = testMeter({ drawn: steady });
    meter.device.press?.(at(0));
    trip(meter, '1a', 10);
    trip(meter, '1b', 20);
    expect(meter.read('04000503', at(30))).toBe('1000');
    meter.device.press?.(at(40));
    expect(meter.read('04000503', at(42))).toBe('0000');
    trip(meter, '1a', 50);
    trip(meter, '1c', 60);
    expect(meter.read('04000503', at(62))).toBe('0000');
    expect(meter.read('1E000001', at(62))).toBe('020000');
  });

  it.each([
    ['the password is wrong', { password: '123456' }, '04'],
    ['it takes orders only through its security chip', { relay: 'secured' as const }, '04'],
    ['the order is too old', { clock: new MeterClock({ since: NOVEMBER, aheadMs: 80 * 366 * DAY_MS }) }, '01'],
  ])('refuses when %s', (_, options, error) => {
    const meter = testMeter(options);
    expect(trip(meter, '1a', 0)).toMatchObject({ control: 'DC', data: error });
    expect(meter.read('04000503', at(60))).toBe('0000');
  });

  it('refuses to trip while it keeps the supply, and shows the alarm', () => {
    const meter = testMeter();
    trip(meter, '3a', 0);
    expect(trip(meter, '1a', 1)).toMatchObject({ control: 'DC', data: '01' });
    trip(meter, '3b', 2);
    trip(meter, '2a', 2);
    expect(meter.read('040005FF', at(3))).toBe('0000 0000 8000 0000 0000 0000 0000'.replaceAll(' ', ''));
    expect(trip(meter, '1a', 4).control).toBe('9C');
  });
});

describe('a meter that is not as it should be', () => {
  it('is dead from a moment on', () => {
    const meter = testMeter({ deadFrom: NOVEMBER + HOUR_MS });
    expect(meter.raw(wireRequest(ADDRESS, '13'), NOVEMBER)).not.toBe('');
    expect(meter.raw(wireRequest(ADDRESS, '13'), NOVEMBER + HOUR_MS)).toBe('');
  });

  it('counts one opening of its cover more, from the moment on at which somebody opens it', () => {
    const meter = testMeter({ events: { '03300D00': 4 }, coverOpenedAt: NOVEMBER + HOUR_MS });
    expect(meter.read('03300D00', NOVEMBER)).toBe('040000');
    expect(meter.read('03300D00', NOVEMBER + HOUR_MS)).toBe('050000');
  });

  it('has at an identifier whatever bytes it is given, or nothing', () => {
    const meter = testMeter({ overrides: { '00010000': '5a120000', '02010100': null } });
    expect(meter.read('00010000')).toBe('5a120000');
    expect(meter.read('02010100')).toBe('D1 02');
  });

  it('cannot have an address that is none', () => {
    expect(() => testMeter({ address: '12345' })).toThrow('twelve digits');
  });
});

describe('what stands on the meter', () => {
  it('is its display, its relay and its clock, and what has really passed', () => {
    const register = createRegister({
      drawn: steady,
      initial: [70_000, 5],
      modulus: 1e9,
      jumps: [{ at: NOVEMBER + HOUR_MS, by: -10_000 }],
    });
    expect(testMeter({ register }).device.dial?.(NOVEMBER + 10 * HOUR_MS)).toEqual({
      '1-0:1.8.0': '63.60',
      '1-0:1.8.1': '63.60',
      '1-0:1.8.2': '0.00',
      passed: '3.600',
      clock: '2026-11-01T10:00:00',
      relayOpen: false,
    });
  });
});
