import { describe, expect, it } from 'vitest';
import { mistakesOf, profileOf } from './testing/session.ts';

const volume = { key: 'volume', unit: 'm3', record: { quantity: 'Volume' } };

describe('a profile of an M-Bus meter', () => {
  it('gives each of its points the pace of the readout, and nothing to command', () => {
    const profile = profileOf([volume], { poll: 'rare' });
    expect(profile.points).toMatchObject([{ key: 'volume', poll: 'rare' }]);
    expect(profile.commands).toEqual([]);
    expect(profileOf([volume]).points[0]?.poll).toBe('slow');
  });

  it.each([
    [
      { record: { quantity: 'Volum' } },
      'points.0.record.quantity: point a: there is no quantity "Volum"; did you mean "Volume"?',
    ],
    [{ record: { quantity: 'Volume' } }, 'points.0.unit: point a: Volume is measured (in m3, '],
    [{ unit: 'kWh', record: { quantity: 'Volume' } }, 'points.0.unit: point a: Volume comes in m3, '],
    [{ unit: 'm3', record: { quantity: 'H.C.A.' } }, 'points.0.unit: point a: H.C.A. has no unit: leave it out'],
    [{ unit: 'h', record: { quantity: 'Time point (date)' } }, 'Time point (date) has no unit'],
    [
      { unit: 'kWh', record: { quantity: 'Energy', modifiers: ['per hours'] } },
      'points.0.record.modifiers.0: point a: there is no modifier "per hours"; did you mean "per hour"?',
    ],
    [
      { unit: 'kWh', record: { quantity: 'Energy', modifiers: ['per hour'] } },
      'a value per hour has a unit (…/h) that points do not have',
    ],
    [
      { unit: 'm3/h', record: { quantity: 'Volume flow', modifiers: ['duration of the first upper limit exceed'] } },
      'Volume flow comes in s, and m3/h is a unit of flow that none of them becomes',
    ],
    [{ unit: 'm3', record: { quantity: 'Volume' }, bit: 1 }, 'points.0.bit: point a: Volume is no set of flags'],
    [{ unit: 's', record: { quantity: 'Error flags' }, bit: 1 }, 'points.0.unit: point a: a bit has no unit'],
    [
      { obis: '8-0:1.0.0', record: { quantity: 'Error flags' }, bit: 1 },
      'points.0.obis: point a: only registers and the clock',
    ],
    [{ obis: '8-0:1.0.0', status: 'alarm' }, 'points.0.obis: point a: only registers and the clock'],
    [{ unit: 'V', header: 'identification' }, 'points.0.unit: point a: it has no unit'],
    [
      { obis: '8-0:1.0.0', record: { quantity: 'Time point (date & time)' } },
      'points.0.obis: point a: a clock is 0-0:1.0.0',
    ],
    [
      { unit: 'm3', obis: '8-0:1.0.0', record: { quantity: 'Volume', function: 'maximum' } },
      'points.0.obis: point a: a maximum is no register',
    ],
    [
      { unit: 'm3', obis: '8-0:1.0.0', record: { quantity: 'Volume' }, frozen: { kind: 'settlement', ago: 1 } },
      'points.0.frozen: point a: what the meter has kept has a storage number',
    ],
    [
      { unit: 'm3', record: { quantity: 'Volume', storage: 1 }, frozen: { kind: 'settlement', ago: 1 } },
      'points.0.frozen: point a: it needs obis',
    ],
    [
      { unit: 'm3', record: { quantity: 'Volume', day: 'ends' } },
      'points.0.record.day: point a: it is of values that were kept',
    ],
    [
      { unit: 'm3', counter: { number: 1, quantity: 'Volum' } },
      'points.0.counter.quantity: point a: there is no quantity "Volum"; did you mean "Volume"?',
    ],
    [
      { unit: 'm3', counter: { number: 1, quantity: 'Volume', storage: 'historic' } },
      'points.0.counter.storage: point a: the second counter alone',
    ],
    [
      { counter: { number: 2, quantity: 'Energy' } },
      'points.0.unit: point a: Energy is measured (in Wh, J): give its unit',
    ],
    [{ status: 'powerlow' }, 'unknown status "powerlow"; one of applicationBusy'],
    [
      { unit: 'm3', record: { quantity: 'Volume', stoarge: 1 } },
      'points.0.record.stoarge: point a: unknown key "stoarge"; did you mean "storage"?',
    ],
  ])('is refused with the place and what would be right: %j', (point, words) => {
    const mistakes = mistakesOf([{ key: 'a', ...point }]);
    expect(mistakes.join('\n')).toContain(words);
    expect(mistakes).toHaveLength(1);
  });

  it('has no key and no value twice', () => {
    expect(mistakesOf([volume, { ...volume, record: { quantity: 'Volume', storage: 1 } }])).toEqual([
      'points.1.key: point volume: number 0 has this key already; a key names one point',
    ]);
    expect(mistakesOf([volume, { ...volume, key: 'other', unit: 'L' }])).toEqual([
      'points.1: point other: volume is the same value already; leave one out',
    ]);
    expect(
      mistakesOf([
        { key: 'a', status: 'alarm' },
        { key: 'b', status: 'alarm' },
      ]),
    ).toHaveLength(1);
    const energy = (key: string, unit: string) => ({ key, unit, record: { quantity: 'Energy' } });
    expect(mistakesOf([energy('a', 'kWh'), energy('b', 'GJ')])).toEqual([]);
  });

  it('is of records or of counters', () => {
    const counter = { key: 'other', unit: 'm3', counter: { number: 1, quantity: 'Volume' } };
    expect(mistakesOf([volume, counter])).toEqual([
      'points.1: point other: volume is a record: a meter sends fixed data or variable data, not both',
    ]);
  });

  it('names media as they are told', () => {
    expect(mistakesOf([volume], { slave: { media: ['Water', 'Cold Water'] } })).toEqual([
      'slave.media.1: there is no medium "Cold Water"; did you mean "Cold water"?',
    ]);
    expect(mistakesOf([volume], { slave: { manufacturer: 'Kam' } })).toEqual([
      'slave.manufacturer: manufacturer: three capital letters, such as KAM',
    ]);
  });

  it('is told all that is wrong with it at once', () => {
    const mistakes = mistakesOf(
      [
        { key: 'a', unit: 'kWh', record: { quantity: 'Volume' } },
        { key: 'B', status: 'alarm' },
      ],
      { poll: 'often' },
    );
    expect(mistakes.map((text) => text.split(':')[0]).sort()).toEqual(['points.0.unit', 'points.1.key', 'poll']);
  });
});
