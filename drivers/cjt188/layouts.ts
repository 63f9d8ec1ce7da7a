/** How makers deviate: layouts by name. A meter's profile names its layout; the length of a reply never chooses one. */
import { integer, measured, number, raw, STATUS, TIME, unitFirst, type Field, type Item } from './layout.ts';
import type { Family } from './meter-types.ts';
import { HEAT_READING, READ_ITEMS, READING } from './read-items.ts';
import { WRITE_ITEMS } from './write-items.ts';

export const LAYOUT_NAMES = ['standard', 'unit-first', 'heat-2018', 'kingda', 'rd-w10'] as const;

export type LayoutName = (typeof LAYOUT_NAMES)[number];

const VOLTAGE: readonly Field[] = [number('batteryVolts', 2, 2, 'V'), raw('unitCode', 1), STATUS];
const ENDPOINT: readonly Field[] = [integer('port', 2), raw('ipLowFirst', 4), STATUS];

/**
 * What goes before the items of the standard.
 *
 * `unit-first`: heat meters with the unit before the value: cnblogs.com/llguanli/p/8683992.html (JY), index id 25826630114.
 * `heat-2018`: 901F of heat meters as ng-gateway has it (Apache-2.0, 0f0c142, di_schema.rs); no capture is known.
 * `kingda`: firmware of KingDa's water meter (CaiYongCode, index id 6620493497): its own items. Its unit code 36 is volts.
 * `rd-w10`: ultrasonic water meter RD-W10 (huaxinqs.com/read-gktid-1432264): same length as a water meter's reading, other
 * fields. What is published says where they stand, not how the numbers are written: they are left as bytes.
 */
const DEVIATIONS: Readonly<Record<LayoutName, readonly Item[]>> = {
  standard: [],
  'unit-first': [
    { di: [READING, READING], name: 'current reading', families: ['heat'], fields: unitFirst(HEAT_READING) },
  ],
  'heat-2018': [
    {
      di: [READING, READING],
      name: 'current reading',
      families: ['heat'],
      fields: [
        measured('settlementHeat', 4, 2, 'energy'),
        measured('currentHeat', 4, 2, 'energy'),
        measured('power', 3, 2, 'power'),
        measured('flow', 3, 3, 'flow'),
        measured('volume', 4, 2, 'volume'),
        number('supplyTempC', 2, 2, '°C'),
        number('returnTempC', 2, 2, '°C'),
        number('workHours', 4, 0, 'h'),
        TIME,
        STATUS,
      ],
    },
  ],
  kingda: [
    {
      di: [0x8108, 0x8108],
      name: 'temperature in the meter',
      fields: [integer('temperatureC', 1, true, '°C'), STATUS],
    },
    { di: [0x8209, 0x820a], name: 'address of a server', fields: ENDPOINT },
    { di: [0x820b, 0x820b], name: 'battery', fields: VOLTAGE },
    { di: [0x820c, 0x820c], name: 'alarm limit of the battery', fields: VOLTAGE },
    { di: [0x820d, 0x820d], name: 'upload period', fields: [number('hour', 1, 0), number('day', 1, 0), STATUS] },
    { di: [0x820e, 0x820e], name: 'signal strength', fields: [integer('rssi', 1), STATUS] },
    { di: [0xa201, 0xa202], name: 'address of a server' },
    { di: [0xa203, 0xa203], name: 'alarm limit of the battery' },
    { di: [0xa204, 0xa204], name: 'upload period' },
    {
      di: [0xa205, 0xa205],
      name: 'upload by the meter itself',
      fields: [
        measured('current', 4, 2, 'volume'),
        measured('settlement', 4, 2, 'volume'),
        TIME,
        number('batteryVolts', 2, 2, 'V'),
        raw('unitCode', 1),
        integer('rssi', 1),
        integer('temperatureC', 1, true, '°C'),
        STATUS,
      ],
    },
  ],
  'rd-w10': [
    {
      di: [READING, READING],
      name: 'current reading',
      families: ['water'],
      fields: [
        raw('volumeWhole', 4),
        raw('volumeFraction', 3),
        raw('flow', 3),
        raw('temperature', 1),
        { type: 'time', name: 'time', bytes: 6 },
        STATUS,
      ],
    },
  ],
};

const STANDARD_ITEMS: readonly Item[] = [...READ_ITEMS, ...WRITE_ITEMS];
const ALL_ITEMS: readonly Item[] = [...STANDARD_ITEMS, ...Object.values(DEVIATIONS).flat()];

/**
 * What `di` means at a meter of this family; null for an unknown item. An item that is known, but not its layout at such a
 * meter, has no fields.
 */
export function findItem(di: number, family: Family | null, layout: LayoutName): Item | null {
  const items = [...DEVIATIONS[layout], ...STANDARD_ITEMS].filter((item) => hasDi(item, di));
  const found = items.find(({ families }) => families === undefined || (family !== null && families.includes(family)));
  if (found !== undefined || items[0] === undefined) return found ?? null;
  const { fields: _fields, families: _families, ...known } = items[0];
  return known;
}

/** What `di` is called in any layout, whatever the meter; null for an unknown item. */
export function itemName(di: number): string | null {
  return ALL_ITEMS.find((item) => hasDi(item, di))?.name ?? null;
}

/** The first data identifier of each item that a meter of this layout can be asked for. */
export function knownItems(layout: LayoutName): readonly number[] {
  const items = [...DEVIATIONS[layout], ...READ_ITEMS].map(({ di: [first] }) => first);
  return [...new Set(items)].filter((di) => di >>> 12 !== 0xa);
}

export function isKnownDi(di: number): boolean {
  return itemName(di) !== null;
}

/** How far back the item is, counted from 1; null where nothing is counted. */
export function ageOf(item: Item, di: number): number | null {
  return item.ago === undefined ? null : di - item.di[0] + 1;
}

function hasDi({ di: [first, last] }: Item, di: number): boolean {
  return di >= first && di <= last;
}
