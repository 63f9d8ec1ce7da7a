/** The schema of an M-Bus meter model: data, never code. `config/profiles/mbus-*.json` are checked against it. */
import { z } from 'zod';
import type { CommandSpec, PollClass } from '../contract.ts';
import { POLL_CLASSES } from '../poll-classes.ts';
import { frozen, headFields, pointFields } from '../profile/fields.ts';
import { STATUS_BITS } from './status-bits.ts';

const { poll: _, ...ownFields } = pointFields;

const record = z
  .strictObject({
    quantity: z.string().describe('By the name that `decode` gives it: Volume, Energy, Flow temperature …'),
    function: z.enum(['instantaneous', 'maximum', 'minimum', 'error']).default('instantaneous'),
    storage: z.int().min(0).default(0).describe('0 is the actual value, 1 usually that of the last settlement day'),
    tariff: z.int().min(0).default(0).describe('0 is the total'),
    subunit: z.int().min(0).default(0),
    modifiers: z.array(z.string()).default([]).describe('What `decode` says of it besides, such as forward flow'),
    index: z.int().min(0).optional().describe('Which of several that are alike in all this, from 0'),
    telegram: z.int().min(1).optional().describe('Only in this telegram of the readout, from 1'),
    day: z
      .enum(['begins', 'ends'])
      .optional()
      .describe(
        'A value that was kept on a day: when on it. Without: where that is the first of a month it is its beginning, where it ' +
          'is the last its end; of any other day it is not known',
      ),
  })
  .describe('Variable data: which record of the readout');

const counter = z
  .strictObject({
    number: z.int().min(1).max(2),
    quantity: z.string().describe('Volume, Energy …'),
    storage: z.enum(['actual', 'stored', 'historic']).default('actual'),
  })
  .describe('Fixed data: which of the two counters');

const point = z.union([
  z.strictObject({
    ...ownFields,
    record,
    bit: z.int().min(0).max(63).optional().describe('One bit of its flags, 0 is the lowest'),
    frozen: frozen.optional(),
  }),
  z.strictObject({ ...ownFields, counter }),
  z.strictObject({ ...ownFields, status: z.enum(STATUS_BITS).describe('What the status byte of the header says') }),
  z.strictObject({ ...ownFields, header: z.enum(['identification']).describe('Who answers, as text') }),
]);

export const mbusProfileSchema = z.strictObject({
  ...headFields,
  driver: z.literal('mbus'),
  poll: z.enum(POLL_CLASSES).default('slow').describe('One readout brings all points: how often it is wanted'),
  slave: z
    .strictObject({
      manufacturer: z
        .string()
        .regex(/^[A-Z]{3}$/, 'three capital letters, such as KAM')
        .optional(),
      versions: z.array(z.int().min(0).max(255)).min(1).optional(),
      media: z.array(z.string()).min(1).optional().describe('By the names that `decode` gives them'),
    })
    .default({})
    .describe('Whose values these points are: of any other meter they are bad'),
  points: z.array(point).min(1),
});

export type MbusProfileFile = z.infer<typeof mbusProfileSchema>;
export type MbusPointFile = MbusProfileFile['points'][number];
export type RecordWanted = z.infer<typeof record>;
export type CounterWanted = z.infer<typeof counter>;
export type SlaveWanted = MbusProfileFile['slave'];

/** `type`: of what is no number. */
export type MbusPoint = MbusPointFile & { readonly poll: PollClass; readonly type?: 'bool' };

/** A profile that has been checked. */
export type MbusProfile = Omit<MbusProfileFile, 'points'> & {
  readonly points: readonly MbusPoint[];
  readonly commands: readonly CommandSpec[];
};
