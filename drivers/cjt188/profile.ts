/** The schema of a CJ/T 188 meter model: data, never code. `config/profiles/cjt188-*.json` are checked against it. */
import { z } from 'zod';
import type { CommandSpec } from '../contract.ts';
import { frozen, headFields, pointFields } from '../profile/fields.ts';
import { LAYOUT_NAMES } from './layouts.ts';

const point = z.strictObject({
  ...pointFields,
  item: z.string().describe('Data identifier as the standard prints it: 901F, D120'),
  field: z.string().describe('What of the item: current, settlement, time, valve, batteryLow …'),
  bit: z.int().min(0).max(15).optional().describe('With field st: 0 to 7 are those of ST1, 8 to 15 those of ST2'),
  frozen: frozen.optional(),
});

const meter = z.strictObject({
  type: z
    .string()
    .regex(/^[0-9A-F]{2}$/, 'T is two hex digits, such as 10 for cold water')
    .describe('T: 10 cold water, 11 hot water, 13 reclaimed water, 20 heat, 30 gas'),
  diOrder: z
    .enum(['auto', 'high', 'low'])
    .default('auto')
    .describe('How the data identifier is sent: 90 1F or 1F 90; auto is found out once for each meter'),
  layout: z.enum(LAYOUT_NAMES).default('standard').describe('What stands in a reply, where a maker deviates'),
  stBitOrder: z
    .enum(['low-first', 'high-first'])
    .default('low-first')
    .describe('high-first: the valve in D7 D6 of ST1'),
  strictReplies: z.boolean().default(false).describe('Take a reply only with the T and the number of its request'),
  wakeUps: z.int().min(0).max(32).default(4).describe('How many FE before each request'),
});

const valve = z
  .strictObject({
    control: z.enum(['04', '2A']).default('04').describe('The control code that writes it; 2A with some makers'),
    motorMs: z.int().min(50).max(60_000).default(10_000).describe('Between looks at the status; there are three'),
  })
  .describe('Only of a meter with a valve that may be commanded');

export const cjt188ProfileSchema = z.strictObject({
  ...headFields,
  driver: z.literal('cjt188'),
  meter,
  valve: valve.optional(),
  points: z.array(point).min(1),
});

export type Cjt188ProfileFile = z.infer<typeof cjt188ProfileSchema>;
export type Cjt188PointFile = Cjt188ProfileFile['points'][number];

/** A point as its item has it: what a reading of it is. */
export type Cjt188Point = Cjt188PointFile & {
  readonly di: number;
  readonly type: 'number' | 'bool' | 'string';
  readonly enum?: Readonly<Record<string, string>>;
};

/** A profile that has been checked. */
export type Cjt188Profile = Omit<Cjt188ProfileFile, 'points'> & {
  readonly points: readonly Cjt188Point[];
  readonly commands: readonly CommandSpec[];
};
