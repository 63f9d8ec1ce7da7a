/** The schema of a home's `security`: docs/home-security.md. */
import { z } from 'zod';
import { id, text } from './schema-fields.ts';

const eolSchema = z.strictObject({
  normal: z.number().describe('What the point shows while all is well, in its unit'),
  alarm: z.number().describe('What it shows while the zone is open'),
  tamper: z.number().optional().describe('What it shows while the detector itself is opened'),
  short: z.number().optional().describe('What it shows when the line is shorted'),
  open: z.number().optional().describe('What it shows when the line is cut'),
  tolerance: z.number().min(0.001).describe('Give or take so much'),
});

const contact = {
  device: id.describe('The input module'),
  channel: z.int().min(0).optional().describe('Of a contact: channel of the module, as its profile counts'),
  invert: z.boolean().default(false).describe('Normally closed: an open contact, or a broken wire, is the alarm'),
};

const zoneSchema = z.strictObject({
  id: id.describe('Tells the alarms of the home apart'),
  nameZh: text.describe('What people call it'),
  kind: z
    .enum(['instant', 'delayed', 'follower', 'twentyFourHour', 'panic', 'gas', 'tamper'])
    .describe('When it is an alarm, and which'),
  ...contact,
  point: text.optional().describe('Instead of `channel`: the point that shows a line with resistors at its end'),
  eol: eolSchema.optional().describe('With `point`: what it shows when'),
  bypass: z.boolean().default(true).describe('Whether the home may be armed without it where it is open'),
});

export const homeSecuritySchema = z.strictObject({
  entryS: z.int().min(0).max(300).default(30).describe('From the opening of a delayed zone until it is an alarm'),
  exitS: z.int().min(0).max(300).default(45).describe('From arming until delayed zones and followers count'),
  keyswitch: z
    .strictObject({
      ...contact,
      mode: z.enum(['away', 'stay']).default('away').describe('How it arms'),
    })
    .optional()
    .describe('A contact that arms the home while it is closed'),
  zones: z.array(zoneSchema).min(1).describe('Contacts and lines of the home'),
});

export type HomeSecurity = z.infer<typeof homeSecuritySchema>;
export type ZoneConfig = z.infer<typeof zoneSchema>;
