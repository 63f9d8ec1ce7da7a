import { describe, expect, it } from 'vitest';
import { layoutLength } from './layout.ts';
import { ageOf, findItem, isKnownDi, itemName, LAYOUT_NAMES, type LayoutName } from './layouts.ts';
import type { Family } from './meter-types.ts';

/** Bytes of data behind SER; undefined where no source gives the layout. */
function lengthOf(di: number, family: Family | null, layout: LayoutName = 'standard'): number | undefined {
  const fields = findItem(di, family, layout)?.fields;
  return fields && layoutLength(fields);
}

describe('the items of a meter', () => {
  // L of the reply is three more: DI0 DI1 SER.
  it.each([
    [0x901f, 'water', 0x16],
    [0x901f, 'gas', 0x16],
    [0x901f, 'other', 0x16],
    [0x901f, 'heat', 0x2e],
    [0x911f, 'heat', 0x39],
    [0x9020, 'water', 0x08],
    [0x9020, 'heat', 0x08],
    [0x9020, 'other', 0x08],
    [0x907f, 'gas', 0x0a],
    [0xd120, 'water', 0x08],
    [0xd12b, 'heat', 0x08],
    [0xd12b, 'other', 0x08],
    [0xd200, 'gas', 0x08],
    [0xd2ff, 'heat', 0x12],
    [0xd300, 'water', 0x1a],
    [0xd4ff, 'gas', 0x1a],
    [0x8102, 'water', 0x12],
    [0x8103, 'heat', 0x04],
    [0x8104, 'gas', 0x04],
    [0x8105, 'water', 0x12],
    [0x8106, 'water', 0x04],
    [0x810a, 'water', 0x0a],
    [0xa010, 'water', 0x13],
    [0xa011, 'heat', 0x04],
    [0xa012, 'gas', 0x04],
    [0xa013, 'water', 0x08],
    [0xa014, 'water', 0x0c],
    [0xa015, 'water', 0x0a],
    [0xa016, 'gas', 0x08],
    [0xa017, 'water', 0x04],
    [0xa018, 'gas', 0x0a],
  ] as const)('%i of %s meters has L %i', (di, family, length) => {
    expect(lengthOf(di, family)).toBe(length - 3);
  });

  it.each([
    ['unit-first', 0x901f, 'heat', 0x2e],
    ['heat-2018', 0x901f, 'heat', 0x2b],
    ['rd-w10', 0x901f, 'water', 0x16],
    ['kingda', 0x901f, 'water', 0x16],
    ['kingda', 0x8108, 'water', 0x06],
    ['kingda', 0x8209, 'water', 0x0b],
    ['kingda', 0x820a, 'water', 0x0b],
    ['kingda', 0x820b, 'water', 0x08],
    ['kingda', 0x820c, 'water', 0x08],
    ['kingda', 0x820d, 'water', 0x07],
    ['kingda', 0x820e, 'water', 0x06],
    ['kingda', 0xa205, 'water', 0x1b],
  ] as const)('in the layout %s, %i of %s meters has L %i', (layout, di, family, length) => {
    expect(lengthOf(di, family, layout)).toBe(length - 3);
  });

  it('differ only where their maker deviates', () => {
    for (const layout of LAYOUT_NAMES) expect(lengthOf(0xd120, 'water', layout)).toBe(5);
    expect(findItem(0x901f, 'water', 'unit-first')).toBe(findItem(0x901f, 'water', 'standard'));
  });

  it('are known by name where no source gives their layout', () => {
    expect(findItem(0xa104, 'water', 'standard')).toEqual({ di: [0xa104, 0xa104], name: 'freeze parameters' });
    expect(findItem(0xd300, 'heat', 'standard')).toEqual({
      di: [0xd300, 0xd3ff],
      name: 'timed freeze',
      ago: 'freezes',
    });
    expect(findItem(0x901f, null, 'standard')?.fields).toBeUndefined();
    expect(findItem(0x820b, 'water', 'standard')).toBeNull();
    expect(itemName(0x820b)).toBe('battery');
  });

  it.each([
    [0x901f, 'current reading'],
    [0x9020, 'history'],
    [0x903f, 'heat power'],
    [0x904f, 'return temperature'],
    [0x905f, 'supply temperature'],
    [0x906f, 'working time'],
    [0x907f, 'clock'],
    [0x911f, 'current reading, heat and cold'],
    [0xd120, 'reading at a settlement day'],
    [0xd200, 'reading at a settlement day'],
    [0xd300, 'timed freeze'],
    [0xd400, 'instant freeze'],
    [0x8102, 'price table'],
    [0x8103, 'settlement day'],
    [0x8104, 'reading day'],
    [0x8105, 'purchase'],
    [0x8106, 'key version'],
    [0x8108, 'temperature in the meter'],
    [0x810a, 'address'],
    [0x8209, 'address of a server'],
    [0x820a, 'address of a server'],
    [0x820b, 'battery'],
    [0x820c, 'alarm limit of the battery'],
    [0x820d, 'upload period'],
    [0x820e, 'signal strength'],
    [0xa010, 'price table'],
    [0xa011, 'settlement day'],
    [0xa012, 'reading day'],
    [0xa013, 'purchase'],
    [0xa014, 'key'],
    [0xa015, 'clock'],
    [0xa016, 'base reading'],
    [0xa017, 'valve'],
    [0xa018, 'address'],
    [0xa019, 'factory enable'],
    [0xa101, 'calibration mode on'],
    [0xa102, 'calibration mode off'],
    [0xa103, 'communication parameters'],
    [0xa104, 'freeze parameters'],
    [0xa105, 'alarm at a remaining volume'],
    [0xa106, 'alarm at a remaining amount of money'],
    [0xa107, 'change of key'],
    [0xa201, 'address of a server'],
    [0xa202, 'address of a server'],
    [0xa203, 'alarm limit of the battery'],
    [0xa204, 'upload period'],
    [0xa205, 'upload by the meter itself'],
  ])('%i is called %s', (di, name) => {
    expect(itemName(di)).toBe(name);
  });

  it('are unknown outside the tables', () => {
    expect(
      [0x901e, 0x9021, 0xd11f, 0xd12c, 0xd1ff, 0xd500, 0x8101, 0x8107, 0xa00f, 0xa01a, 0xa100, 0xa108].map(isKnownDi),
    ).not.toContain(true);
  });

  it.each([
    [0xd120, 1],
    [0xd12b, 12],
    [0xd2ff, 256],
    [0xd300, 1],
    [0x901f, null],
  ])('%i is the one %s ago', (di, ago) => {
    const item = findItem(di, 'water', 'standard');
    expect(item && ageOf(item, di)).toBe(ago);
  });
});
