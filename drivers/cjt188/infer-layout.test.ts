import { describe, expect, it } from 'vitest';
import { inferLayout } from './infer-layout.ts';
import { fromHex } from './testing/vectors.ts';

const WATER = '69 31 80 00 2c 03 48 05 00 2c 58 59 23 29 02 24 20 00 00';
const HEAT_REST = '21 43 00 65 43 00 34 12 00 58 59 23 29 02 24 20 03 01';
const UNIT_AFTER = `97 16 00 00 05 31 80 00 00 05 48 25 00 00 17 72 69 00 00 35 16 03 00 00 2c ${HEAT_REST}`;
const UNIT_BEFORE = `05 97 16 00 00 05 31 80 00 00 17 48 25 00 00 35 72 69 00 00 2c 16 03 00 00 ${HEAT_REST}`;
const HEAT_2018 =
  '97 16 00 00 05 31 80 00 00 05 48 25 00 17 72 69 00 35 16 03 00 00 2c 21 43 65 43 34 12 00 00 58 59 23 29 02 24 20 00 00';

describe('inferLayout', () => {
  it.each([
    ['a water meter', 0x901f, 0x10, WATER, 'water', 'standard'],
    ['a heat meter', 0x901f, 0x20, UNIT_AFTER, 'heat', 'standard'],
    ['a heat meter with units before values', 0x901f, 0x20, UNIT_BEFORE, 'heat', 'unit-first'],
    ['a heat meter of the 2018 edition', 0x901f, 0x22, HEAT_2018, 'heat', 'heat-2018'],
    ['a meter of any type', 0x901f, 0xaa, WATER, 'water', 'standard'],
    ['a heat meter of any type', 0x901f, 0xaa, UNIT_AFTER, 'heat', 'standard'],
    ['a heat meter that answers like a water meter', 0x901f, 0x20, WATER, 'water', 'standard'],
    ["an item that only one maker's meters have", 0x820b, 0x10, '30 03 36 00 00', 'water', 'kingda'],
    ['a filler', 0x901f, 0x10, `ff ff ff ff ff ff ff ff ff ff ${'ff '.repeat(9)}`, 'water', 'standard'],
    ['an unknown unit', 0x901f, 0x10, WATER.replaceAll('2c', '00'), 'water', 'standard'],
    ['a length that no layout has', 0x901f, 0x10, '00 00', 'water', 'standard'],
    ['an unknown item', 0x9999, 0x10, '00', 'water', 'standard'],
  ] as const)('finds the layout of %s', (_, di, type, data, family, layout) => {
    expect(inferLayout(di, type, fromHex(data))).toEqual({ family, layout });
  });
});
