/**
 * What can be written to a meter (C 04, 15, 16). A010 to A019: CJ/T 188-2004, tables 8 to 10, with the lengths of the
 * concentrator source cj188def.h (public index id 47394191754). A101 to A107 are of the 2018 edition; their layouts are not
 * public (names: ng-gateway, Apache-2.0, 0f0c142, cjt188/src/protocol/frame/defs.rs).
 */
import { number, raw, TIME, type Item, type MeasuredField } from './layout.ts';
import { PRICE_STEPS } from './read-items.ts';

export const SETTLEMENT_DAY = 0xa011;
export const READING_DAY = 0xa012;
export const CLOCK = 0xa015;
export const BASE_READING = 0xa016;
export const VALVE = 0xa017;
export const NEW_ADDRESS = 0xa018;

const BASE: MeasuredField = {
  type: 'measured',
  name: 'base',
  bytes: 4,
  decimals: 2,
  quantities: ['volume', 'energy'],
  unitAt: 'after',
};

export const WRITE_ITEMS: readonly Item[] = [
  { di: [0xa010, 0xa010], name: 'price table', fields: [...PRICE_STEPS, number('startDay', 1, 0)] },
  { di: [SETTLEMENT_DAY, SETTLEMENT_DAY], name: 'settlement day', fields: [number('settlementDay', 1, 0)] },
  { di: [READING_DAY, READING_DAY], name: 'reading day', fields: [number('readingDay', 1, 0)] },
  { di: [0xa013, 0xa013], name: 'purchase', fields: [raw('purchaseNumber', 1), number('purchasedNow', 4, 2)] },
  { di: [0xa014, 0xa014], name: 'key', fields: [raw('keyVersion', 1), raw('key', 8)] },
  { di: [CLOCK, CLOCK], name: 'clock', fields: [TIME] },
  { di: [BASE_READING, BASE_READING], name: 'base reading', fields: [BASE] },
  { di: [VALVE, VALVE], name: 'valve', fields: [raw('valveCode', 1)] },
  {
    di: [NEW_ADDRESS, NEW_ADDRESS],
    name: 'address',
    fields: [{ type: 'address', name: 'newAddress', bytes: 7 }],
  },
  { di: [0xa019, 0xa019], name: 'factory enable' },
  { di: [0xa101, 0xa101], name: 'calibration mode on' },
  { di: [0xa102, 0xa102], name: 'calibration mode off' },
  { di: [0xa103, 0xa103], name: 'communication parameters' },
  { di: [0xa104, 0xa104], name: 'freeze parameters' },
  { di: [0xa105, 0xa105], name: 'alarm at a remaining volume' },
  { di: [0xa106, 0xa106], name: 'alarm at a remaining amount of money' },
  { di: [0xa107, 0xa107], name: 'change of key' },
];

/** What A017 orders. Open and close: the standard; the other two: firmware of KingDa (index id 6620493497). */
export const VALVE_CODES = { open: 0x55, close: 0x99, 'half-open': 0x77, exercise: 0xaa } as const;

export type ValveCommand = keyof typeof VALVE_CODES;

/** Null for a code that no source gives. */
export function valveCommandOf(code: number): string | null {
  return Object.entries(VALVE_CODES).find(([, one]) => one === code)?.[0] ?? null;
}
