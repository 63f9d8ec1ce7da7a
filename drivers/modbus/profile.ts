/** The schema of a Modbus device model: data, never code. `config/profiles/*.json` are checked against it. */
import { z } from 'zod';
import type { CommandSpec, Point } from '../contract.ts';
import { headFields, key, pointFields } from '../profile/fields.ts';

const scalar = z.union([z.number(), z.boolean()]);

export const TYPES = [
  'bool', 'u16', 'i16', 'u32', 'i32', 'u64', 'i64', 'f32', 'f64', 'bcd16', 'bcd32', 'string',
] as const; // prettier-ignore

const point = z.strictObject({
  ...pointFields,
  table: z.enum(['coil', 'discrete', 'input', 'holding']).describe('FC 1, 2, 4 and 3 read them, in this order'),
  address: z
    .int()
    .min(0)
    .max(65535)
    .describe('On the wire: the documented number less one where a manual counts from 1'),
  bit: z.int().min(0).max(15).optional().describe('Lowest bit within a 16-bit register, 0 is the least significant'),
  width: z.int().min(1).max(16).default(1).describe('How many bits from `bit` upward'),
  type: z.enum(TYPES),
  length: z.int().min(1).max(123).optional().describe('Registers of a string'),
  wordOrder: z.enum(['high-first', 'low-first']).default('high-first'),
  byteOrder: z.enum(['big', 'little']).default('big').describe('Order of the two bytes inside a register'),
  scale: z.number().optional().describe('value = raw × scale + offset'),
  offset: z.number().default(0),
  invalid: z.array(z.number()).default([]).describe('Raw values that mean "no value"; NaN always does'),
  min: z.number().optional(),
  max: z.number().optional(),
  enum: z.record(z.string().regex(/^\d+$/), z.string()).optional(),
  access: z.enum(['r', 'rw', 'w']).default('r'),
  writeFunction: z.literal([5, 6, 15, 16]).optional().describe('Where the device refuses the usual one'),
  channel: z.int().min(0).optional().describe('Channel of an input module'),
  role: z.enum(['level', 'counter', 'latch']).optional(),
});

const step = z.union([
  z.strictObject({ write: key, value: scalar }),
  z.strictObject({ write: key, words: z.array(z.int().min(0).max(65535)).min(1).max(123) }),
  z.strictObject({ pulse: key, ms: z.int().min(50).max(5000) }).describe('Write true, wait, write false'),
]);

const action = z.strictObject({
  key,
  nameZh: z.string().min(1),
  passage: z
    .enum(['opens', 'closes', 'stops'])
    .optional()
    .describe('What it does to a barrier or a door: a fire alarm opens them, and lets nobody close or stop them'),
  unless: z
    .strictObject({ point: key, equals: scalar })
    .optional()
    .describe('Local interlock: refuse while this holds or is unknown'),
  steps: z.array(step).min(1),
  confirm: z
    .strictObject({ point: key, in: z.array(scalar).min(1), withinMs: z.int().min(0).max(60_000) })
    .optional()
    .describe('The seen effect that proves the action: never the echo of the request'),
});

const range = z.strictObject({ table: z.enum(['coil', 'discrete', 'input', 'holding']), from: z.int(), to: z.int() });

export const modbusProfileSchema = z.strictObject({
  ...headFields,
  driver: z.literal('modbus'),
  limits: z
    .strictObject({
      maxRegisters: z.int().min(1).max(125).default(125),
      maxBits: z.int().min(1).max(2000).default(2000),
      /** Some meters answer odd starts or counts with an exception (Eastron SDM). */
      evenRegisters: z.boolean().default(false),
      /** Addresses that answer with an exception: never read across. */
      holes: z.array(range).default([]),
      /** True where only the documented registers may be read: no request may span a gap. */
      noGaps: z.boolean().default(false),
    })
    .prefault({}),
  points: z.array(point).min(1),
  actions: z.array(action).default([]),
  setup: z
    .array(z.strictObject({ point: key, value: scalar }))
    .default([])
    .describe('Written after each (re)connection where the device does not hold it already'),
});

export type ModbusProfileFile = z.infer<typeof modbusProfileSchema>;
/** A profile that has been checked, and what can be commanded of its device. */
export type ModbusProfile = ModbusProfileFile & {
  readonly points: readonly ModbusPoint[];
  readonly commands: readonly CommandSpec[];
};
export type ModbusPoint = ModbusProfileFile['points'][number] & Pick<Point, 'range'>;
export type ModbusAction = ModbusProfileFile['actions'][number];
export type Table = ModbusPoint['table'];
