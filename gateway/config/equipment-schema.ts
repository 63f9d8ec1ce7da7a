/** The schema of a piece of equipment: what has alarms and no address of its own. */
import { z } from 'zod';
import { homeSecuritySchema } from './home-security-schema.ts';
import { liftFilterSchema } from './lift-filter-schema.ts';
import { attended, id, text } from './schema-fields.ts';

export const equipmentSchema = z.strictObject({
  id: id.describe('The source of its alarms'),
  nameZh: text.describe('What people call it'),
  kind: z.enum(['lift', 'pump', 'generator', 'power', 'barrier', 'fire', 'home', 'other']).describe('What it is'),
  location: text.optional().describe('Where a person finds it'),
  ...attended,
  fedBy: id.optional().describe('The equipment that gives it power'),
  filter: liftFilterSchema
    .optional()
    .describe('Of a lift: which presses of its alarm button are left out; without it none is'),
  security: homeSecuritySchema.optional().describe('Of a home: its zones, and how it is armed: docs/home-security.md'),
});
