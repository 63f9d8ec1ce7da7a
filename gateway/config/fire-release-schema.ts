/** The schema of `fireRelease`: docs/alarms.md. */
import { z } from 'zod';
import { id, text } from './schema-fields.ts';

const target = z.strictObject({
  device: id.describe('What drives the barrier or the lock'),
  action: text.describe('The command of its profile that opens it, or the point that is written'),
  value: z.union([z.number(), z.boolean()]).optional().describe('What is written, where the command takes a value'),
  sources: z
    .array(id)
    .min(1)
    .optional()
    .describe('Only for alarms of this equipment, such as a detection zone; without it for all'),
});

export const fireReleaseSchema = z.strictObject({
  alarms: z.array(text).min(1).default(['fire.alarm']).describe('Alarms of these types open the targets'),
  confirmWithinS: z
    .int()
    .min(5)
    .max(120)
    .default(20)
    .describe('A target that has not been seen to open for so long is the alarm fire.releaseFailed'),
  targets: z.array(target).min(1).describe('What is opened'),
});

export type FireReleaseSettings = z.infer<typeof fireReleaseSchema>;
