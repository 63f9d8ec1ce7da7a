/** What the profiles of all protocols have in common, for their schemas. */
import { z } from 'zod';
import { POLL_CLASSES } from '../poll-classes.ts';
import { UNITS, type Unit } from '../units.ts';

const units = Object.keys(UNITS) as [Unit, ...Unit[]];

export const key = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*$/, 'a key starts with a lower-case letter, then letters and digits');

/** The head of a profile, but for its `driver`. */
export const headFields = {
  $schema: z.string().optional(),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  maker: z.string().min(1),
  model: z.string().min(1),
  nameZh: z.string().min(1),
  manual: z.strictObject({ title: z.string().min(1), edition: z.string().min(1), pages: z.string().min(1) }),
  verified: z.enum(['device', 'frames', 'manual', 'second-hand']).describe('What the table was last checked against'),
  notes: z.string().optional(),
};

/** A point, but for where it stands in its device. */
export const pointFields = {
  key,
  nameZh: z.string().min(1),
  unit: z.enum(units).optional(),
  /** How often it is wanted. */
  poll: z.enum(POLL_CLASSES).default('normal'),
  deadband: z.number().positive().optional().describe('A smaller change is not reported; in the unit of the point'),
  obis: z
    .string()
    .regex(/^\d{1,3}-\d{1,3}:\d{1,3}\.\d{1,3}\.\d{1,3}$/, 'an OBIS code is written as 1-0:1.8.0')
    .optional()
    .describe('IEC 62056-6-1; billing finds the register of a meter by it'),
};

/** Of a point that is what the meter itself kept. */
export const frozen = z
  .strictObject({ kind: z.enum(['settlement', 'daily']), ago: z.int().min(1).max(62) })
  .describe('What the meter kept itself: at its settlement days, or each day; 1 is the latest');
