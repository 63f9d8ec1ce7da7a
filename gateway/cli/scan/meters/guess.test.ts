import { describe, expect, it } from 'vitest';
import { loadProfiles } from '../../options/load-profiles.ts';
import { guessCjt188, guessDlt645, guessMbus, mbusCandidates, utilityOfMedium, utilityOfType } from './guess.ts';

const profiles = [...(await loadProfiles('config/profiles')).values()];

describe('a guess at the model', () => {
  it.each([
    ['2007', 1, 'dlt645-single-phase'],
    ['2007', 3, 'dlt645-three-phase'],
    ['1997', 1, 'dlt645-1997-single-phase'],
    ['2007', null, null],
  ] as const)('of DL/T 645-%s with %s phases is %s', (version, phases, id) => {
    expect(guessDlt645(profiles, version, phases).id).toBe(id);
  });

  it('is none that is not in the folder', () => {
    expect(guessDlt645([], '2007', 1)).toEqual({ id: null, because: 'there is no profile dlt645-single-phase here' });
  });

  it.each([
    [0x10, 'standard', 'cjt188-cold-water'],
    [0x20, 'standard', 'cjt188-heat-2004'],
    [0x20, 'unit-first', 'cjt188-heat-unit-first'],
    [0x30, 'standard', 'cjt188-gas'],
    [0x25, 'standard', null],
    [0x10, null, null],
  ] as const)('of CJ/T 188 type %s with layout %s is %s', (meterType, layout, id) => {
    expect(guessCjt188(profiles, { meterType, layout, diOrder: 'low' }).id).toBe(id);
  });

  it('of a CJ/T 188 meter without a reading is none', () => {
    expect(guessCjt188(profiles, null)).toEqual({ id: null, because: 'it gives no reading' });
  });

  it('of an M-Bus slave is for its maker if there is one, and else for its medium', () => {
    const ids = (manufacturer: string, version: number, medium: string): string[] =>
      mbusCandidates(profiles, { manufacturer, version, medium }).map(({ id }) => id);
    expect(ids('KAM', 1, 'Electricity')).toEqual(['mbus-kamstrup-382']);
    expect(ids('KAM', 2, 'Electricity')).toEqual(['mbus-electricity']);
    expect(ids('ABC', 1, 'Heat: Outlet').sort()).toEqual(['mbus-heat', 'mbus-heat-gj']);
    expect(ids('ABC', 1, 'Smoke Detector')).toEqual([]);
  });

  it('of an M-Bus slave is whose points it sends, where that is one', () => {
    expect(guessMbus(new Map([['mbus-heat', 7], ['mbus-heat-gj', 5]])).id).toBe('mbus-heat'); // prettier-ignore
    expect(guessMbus(new Map([['a', 5], ['b', 5]]))).toEqual({ id: null, because: 'it may be any of a, b' }); // prettier-ignore
    expect(guessMbus(new Map([['a', 0]])).id).toBeNull();
  });
});

describe('the utility', () => {
  it.each([
    ['Cold water', 'coldWater'],
    ['Water', 'coldWater'],
    ['Warm water (30-90°C)', 'hotWater'],
    ['Hot water (>90°C)', 'hotWater'],
    ['Heat / Cooling load meter', 'heat'],
    ['Electricity', 'electricity'],
    ['Gas', 'gas'],
    ['Heat Cost Allocator', null],
    ['Gas Logger', null],
    ['Water Logger', null],
    ['Smoke Detector', null],
    [null, null],
  ])('of medium %s is %s', (medium, utility) => {
    expect(utilityOfMedium(medium)).toBe(utility);
  });

  it.each([
    [0x10, 'coldWater'],
    [0x12, null],
    [0x25, 'heat'],
    [0x30, 'gas'],
  ])('of type %s is %s', (meterType, utility) => {
    expect(utilityOfType(meterType)).toBe(utility);
  });
});
