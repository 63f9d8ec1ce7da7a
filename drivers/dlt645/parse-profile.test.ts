import { describe, expect, it } from 'vitest';
import { parseDlt645Profile } from './parse-profile.ts';
import { CLOCK, HEAD, RELAY_OPEN, TARIFF_1, TOTAL, profileOf } from './testing/sample-profile.ts';

const point = (changed: object) => ({ nameZh: '点', ...changed });
const TRIP = { key: 'tripRelay', nameZh: '拉闸', relay: 'trip' };

/** Where each mistake is, and what it says. */
function mistakes(points: readonly object[], rest: object = {}): string[] {
  const result = parseDlt645Profile({ ...HEAD, points: points.map(point), ...rest });
  return result.ok ? [] : result.mistakes.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('a point', () => {
  it.each<readonly [string, object, string]>([
    [
      'an item that no table has, with those that it may mean',
      { ...TOTAL, 2007: { item: '00010F00', part: undefined }, 1997: undefined, unit: 'kWh', obis: '1-0:9.8.0' },
      'points.0.obis: point importEnergy: 00010F00 is 1-0:1.8.15, and not 1-0:9.8.0',
    ],
    [
      'a misspelt item, with those that it may mean',
      { ...TOTAL, 2007: { item: '000B0000' } },
      'points.0.2007.item: point importEnergy: DL/T 645-2007 has no item 000B0000 that this driver knows; did you mean 00000000 (combined active energy, total), or ',
    ],
    [
      'an item of the other version',
      { ...TOTAL, 2007: { item: '9010' } },
      'points.0.2007.item: point importEnergy: item: an item of DL/T 645-2007 is eight hex digits in capitals',
    ],
    [
      'a part that is not said',
      { ...TOTAL, 2007: { item: '0001FF00' } },
      'points.0.2007: point importEnergy: 0001FF00 has several values: say which `part` of it: total, tariff 1, tariff 2',
    ],
    [
      'a misspelt part',
      { ...TOTAL, 2007: { item: '0001FF00', part: 'tarif 1' } },
      'points.0.2007.part: point importEnergy: 0001FF00 has no part "tarif 1"; did you mean "tariff 1"?',
    ],
    [
      'a part that the item never has',
      { ...TOTAL, 2007: { item: '0201FF00', part: 'total' }, 1997: undefined },
      'points.0.2007.part: point importEnergy: 0201FF00 has no part "total"; it has: A, B, C',
    ],
    [
      'a part of what has none',
      { ...TOTAL, 2007: { item: '00010000', part: 'total' } },
      'points.0.2007.part: point importEnergy: 00010000 has one value and no parts',
    ],
    [
      'a block whose layout is up to the meter',
      { ...TOTAL, 2007: { item: '0506FF01', part: 'time' } },
      'points.0.2007.item: point importEnergy: the layout of 0506FF01 is up to the meter',
    ],
    [
      'a status word without its field',
      { key: 'relayOpen', 2007: { item: '04000503' } },
      'points.0.2007: point relayOpen: 04000503 is a status word: say which `status` of it: secondPeriodTable, supply',
    ],
    [
      'a misspelt field of a status word',
      { key: 'relayOpen', 2007: { item: '04000503', status: 'relayopen' } },
      'points.0.2007.status: point relayOpen: 04000503 has no status "relayopen"; did you mean "relayOpen"?',
    ],
    [
      'a status of what is no status word',
      { ...TOTAL, 2007: { item: '00010000', status: 'relayOpen' } },
      'points.0.2007.status: point importEnergy: 00010000 is no status word',
    ],
    [
      'a unit of another quantity',
      { ...TOTAL, unit: 'kW' },
      'points.0.unit: point importEnergy: 0001FF00: it is in kWh, which is no kW',
    ],
    [
      'no unit',
      { ...TOTAL, unit: undefined },
      'points.0.unit: point importEnergy: 0001FF00: unit is missing: it is in kWh',
    ],
    [
      'a unit of what is counted',
      { key: 'trips', unit: 'kWh', 2007: { item: '1D000001' } },
      'points.0.unit: point trips: 1D000001: it has no unit kWh: it is in count',
    ],
    [
      'the name of another quantity',
      { ...TOTAL, obis: '1-0:2.8.0' },
      'points.0.obis: point importEnergy: 0001FF00 is 1-0:1.8.0, and not 1-0:2.8.0: billing would take one quantity for another',
    ],
    [
      'a kept value that is told as one of now',
      { ...TOTAL, 2007: { item: '00010003' }, 1997: undefined },
      'points.0.frozen: point importEnergy: 00010003 is what the meter kept: say so with `frozen`: {"kind":"settlement","ago":3}',
    ],
    [
      'another settlement than is said',
      {
        ...TOTAL,
        frozen: { kind: 'settlement', ago: 1 },
        2007: { item: '000100FF', part: 'settlement 2' },
        1997: undefined,
      },
      'points.0.frozen: point importEnergy: 000100FF is what it kept at the settlement 2 ago',
    ],
    [
      'another day than is said',
      { ...TOTAL, frozen: { kind: 'settlement', ago: 2 }, 2007: { item: '05060102', part: 'total' }, 1997: undefined },
      'points.0.frozen: point importEnergy: 05060102 is what it kept at the daily freeze 2 ago',
    ],
    [
      'a month that 1997 kept otherwise',
      { ...TOTAL, frozen: { kind: 'settlement', ago: 1 }, 2007: undefined, 1997: { item: '9810' } },
      'points.0.frozen: point importEnergy: 9810 is what it kept at the settlement 2 ago',
    ],
    [
      'a value of now that is told as kept',
      { ...TOTAL, frozen: { kind: 'daily', ago: 1 }, 1997: undefined },
      'points.0.frozen: point importEnergy: 0001FF00 is not what a meter kept',
    ],
    [
      'no place',
      { key: 'nowhere' },
      'points.0: point nowhere: it stands nowhere: give it a "2007" or "1997" place, or `clock`',
    ],
    [
      'a clock with a place',
      { ...CLOCK, 2007: { item: '04000102' } },
      'points.0.2007: point meterClock: the clock has no `2007`',
    ],
    [
      'two versions with different kinds of value',
      { key: 'odd', 2007: { item: '04000503', status: 'relayOpen' }, 1997: { item: 'C032' } },
      'points.0.1997: point odd: the two versions have different kinds of value there (04000503, C032)',
    ],
    ['an unknown key', { ...TOTAL, tarif: 1 }, 'points.0.tarif: point importEnergy: unknown key "tarif"'],
  ])('is refused with %s', (_, wrong, words) => {
    const found = mistakes([wrong]);
    expect(found.filter((mistake) => mistake.startsWith(words))).toHaveLength(1);
  });

  it('is refused under a key that another has', () => {
    expect(mistakes([TOTAL, { ...TARIFF_1, key: 'importEnergy' }])).toEqual([
      'points.1.key: point importEnergy: number 0 has this key already; a key names one point',
    ]);
  });

  it('shows all its mistakes at once, and those of others', () => {
    expect(mistakes([{ ...TOTAL, unit: 'V', obis: '1-0:2.8.0' }, { key: 'nowhere' }, { key: 'Bad' }])).toHaveLength(6);
  });

  it('has the names of a status field with more than two states', () => {
    const { points } = profileOf([{ key: 'supply', 2007: { item: '04000503', status: 'supply' } }, RELAY_OPEN]);
    expect(points.map((one) => one.enum)).toEqual([{ 0: 'mains', 1: 'auxiliary', 2: 'battery' }, undefined]);
  });
});

describe('an action', () => {
  it('is a command that cuts a supply or gives it back', () => {
    expect(profileOf([RELAY_OPEN], { actions: [TRIP] }).commands).toEqual([
      { action: 'tripRelay', nameZh: '拉闸', supply: true },
    ]);
  });

  it('may be a freeze, which cuts nothing', () => {
    const actions = [{ key: 'freezeNow', nameZh: '瞬时冻结', freeze: 'now' }];
    const at = { key: 'frozenAt', 2007: { item: '05010001' } };
    expect(profileOf([at], { actions }).commands).toEqual([{ action: 'freezeNow', nameZh: '瞬时冻结' }]);
    expect(mistakes([TOTAL], { actions })).toEqual([
      'actions.0.key: action freezeNow: no point shows what became of it: add one of item 05010001',
    ]);
  });

  it('is refused where it is nothing, or two things', () => {
    const nothing = { key: 'tripRelay', nameZh: '拉闸' };
    const said = 'actions.0.key: action tripRelay: it is either a "relay" or a "freeze"';
    expect(mistakes([RELAY_OPEN], { actions: [nothing] })).toEqual([said]);
    expect(mistakes([RELAY_OPEN], { actions: [{ ...TRIP, freeze: 'now' }] })[0]).toBe(said);
  });

  it('is refused where no point shows what became of it', () => {
    expect(mistakes([TOTAL], { actions: [TRIP] })).toEqual([
      'actions.0.key: action tripRelay: no point shows what became of it: add one of status relayOpen of 04000503',
    ]);
  });

  it('is refused under a key that is taken', () => {
    const found = mistakes([RELAY_OPEN], { actions: [TRIP, TRIP, { ...TRIP, key: 'relayOpen' }] });
    expect(found).toEqual([
      'actions.1.key: action tripRelay: number 0 has this key already; a key names one action',
      'actions.2.key: action relayOpen: a point has this key; rename one',
    ]);
  });

  it('is refused with an unknown command, and with credentials that are none, without telling them', () => {
    const wrong = { actions: [{ ...TRIP, relay: 'tripp' }], credentials: { password: '12345x' } };
    const found = mistakes([RELAY_OPEN], wrong);
    expect(found).toEqual([
      'credentials.password: password: a password has 6 digits',
      expect.stringContaining('actions.0.relay: action tripRelay: unknown relay "tripp"; one of trip, closePermit'),
    ]);
    expect(found.join()).not.toContain('12345x');
  });
});
