/**
 * What a meter can be asked for (C 01, 03, 09), as most meters answer.
 *
 * 901F, D12x, 81xx: CJ/T 188-2004, tables 5 to 7; 901F checked on captured frames. The lengths also stand in the
 * concentrator source cj188def.h (2015, public index id 47394191754). 911F, 907F, D2xx to D4xx are of the 2018 edition and
 * come from one source, ng-gateway (Apache-2.0, 0f0c142, cjt188/src/codec/di_schema.rs): not checked on a meter. Its
 * comment gives 911F five bytes more than its fields have; a reply of that length therefore says nothing here.
 */
import { counted, measured, number, raw, STATUS, TIME, type Field, type Item } from './layout.ts';

const VOLUME_METERS = ['water', 'gas'] as const;

const FREEZE: readonly Field[] = [
  TIME,
  measured('volume', 4, 2, 'volume'),
  measured('flow', 4, 4, 'flow'),
  number('temperatureC', 3, 2, '°C'),
  // No source gives its unit.
  number('pressure', 3, 2),
];

export const HEAT_READING: readonly Field[] = [
  measured('settlementHeat', 4, 2, 'energy'),
  measured('currentHeat', 4, 2, 'energy'),
  measured('power', 4, 2, 'power'),
  measured('flow', 4, 4, 'flow'),
  measured('volume', 4, 2, 'volume'),
  number('supplyTempC', 3, 2, '°C'),
  number('returnTempC', 3, 2, '°C'),
  number('workHours', 3, 0, 'h'),
  TIME,
  STATUS,
];

const HEAT_AND_COLD_READING: readonly Field[] = [
  measured('settlementHeat', 4, 2, 'energy'),
  measured('settlementCold', 4, 2, 'energy'),
  measured('currentHeat', 4, 2, 'energy'),
  measured('currentCold', 4, 2, 'energy'),
  measured('power', 3, 2, 'power'),
  measured('flow', 3, 4, 'flow'),
  measured('volume', 4, 2, 'volume'),
  number('supplyTempC', 2, 2, '°C'),
  number('returnTempC', 2, 2, '°C'),
  // No source gives the unit of the pressures.
  number('supplyPressure', 2, 2),
  number('returnPressure', 2, 2),
  number('workHours', 4, 0, 'h'),
  TIME,
  STATUS,
];

export const PRICE_STEPS: readonly Field[] = [
  number('price1', 3, 2),
  number('amount1', 3, 0),
  number('price2', 3, 2),
  number('amount2', 3, 0),
  number('price3', 3, 2),
];

export const READING = 0x901f;
export const ADDRESS = 0x810a;
export const KEY_VERSION = 0x8106;

export const READ_ITEMS: readonly Item[] = [
  {
    di: [READING, READING],
    name: 'current reading',
    families: VOLUME_METERS,
    fields: [measured('current', 4, 2, 'volume'), measured('settlement', 4, 2, 'volume'), TIME, STATUS],
  },
  {
    di: [READING, READING],
    name: 'current reading',
    families: ['other'],
    fields: [counted('current'), counted('settlement'), TIME, STATUS],
  },
  { di: [READING, READING], name: 'current reading', families: ['heat'], fields: HEAT_READING },
  { di: [0x9020, 0x9020], name: 'history', families: VOLUME_METERS, fields: [measured('value', 4, 2, 'volume')] },
  { di: [0x9020, 0x9020], name: 'history', families: ['heat'], fields: [measured('value', 4, 2, 'energy')] },
  { di: [0x9020, 0x9020], name: 'history', families: ['other'], fields: [counted('value')] },
  { di: [0x903f, 0x903f], name: 'heat power' },
  { di: [0x904f, 0x904f], name: 'return temperature' },
  { di: [0x905f, 0x905f], name: 'supply temperature' },
  { di: [0x906f, 0x906f], name: 'working time' },
  { di: [0x907f, 0x907f], name: 'clock', fields: [TIME] },
  { di: [0x911f, 0x911f], name: 'current reading, heat and cold', families: ['heat'], fields: HEAT_AND_COLD_READING },
  {
    di: [0xd120, 0xd12b],
    name: 'reading at a settlement day',
    ago: 'months',
    families: VOLUME_METERS,
    fields: [measured('value', 4, 2, 'volume')],
  },
  {
    di: [0xd120, 0xd12b],
    name: 'reading at a settlement day',
    ago: 'months',
    families: ['heat'],
    fields: [measured('value', 4, 2, 'energy')],
  },
  {
    di: [0xd120, 0xd12b],
    name: 'reading at a settlement day',
    ago: 'months',
    families: ['other'],
    fields: [counted('value')],
  },
  {
    di: [0xd200, 0xd2ff],
    name: 'reading at a settlement day',
    ago: 'months',
    families: VOLUME_METERS,
    fields: [measured('value', 4, 2, 'volume')],
  },
  {
    di: [0xd200, 0xd2ff],
    name: 'reading at a settlement day',
    ago: 'months',
    families: ['heat'],
    fields: [
      measured('settlementHeat', 4, 2, 'energy'),
      measured('settlementCold', 4, 2, 'energy'),
      measured('volume', 4, 2, 'volume'),
    ],
  },
  { di: [0xd300, 0xd3ff], name: 'timed freeze', ago: 'freezes', families: VOLUME_METERS, fields: FREEZE },
  { di: [0xd400, 0xd4ff], name: 'instant freeze', ago: 'freezes', families: VOLUME_METERS, fields: FREEZE },
  { di: [0x8102, 0x8102], name: 'price table', fields: PRICE_STEPS },
  { di: [0x8103, 0x8103], name: 'settlement day', fields: [number('settlementDay', 1, 0)] },
  { di: [0x8104, 0x8104], name: 'reading day', fields: [number('readingDay', 1, 0)] },
  {
    di: [0x8105, 0x8105],
    name: 'purchase',
    fields: [
      // One source reads it as decimal, another as hex.
      raw('purchaseNumber', 1),
      number('purchasedNow', 4, 2),
      number('purchasedInAll', 4, 2),
      number('remaining', 4, 2),
      STATUS,
    ],
  },
  { di: [KEY_VERSION, KEY_VERSION], name: 'key version', fields: [raw('keyVersion', 1)] },
  { di: [ADDRESS, ADDRESS], name: 'address', fields: [{ type: 'address', name: 'meterAddress', bytes: 7 }] },
];
