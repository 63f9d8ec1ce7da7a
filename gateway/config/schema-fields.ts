/** Kinds of values that stand in many places of the site file. */
import { z } from 'zod';

/** Ids become MQTT topic segments: some brokers give a dot, a slash or a plus a meaning of its own. */
export const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'an id is 1 to 64 letters, digits, - or _');
export const port = z.int().min(0).max(65535);
/** Milliseconds. */
export const ms = (least = 0) => z.int().min(least);
export const text = z.string().min(1);

const OCTET = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const LABEL = '[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?';
/** A name does not end in a number: what looks like an address has to be one. */
const NAME = `(?!(.*\\.)?\\d+\\.?$)${LABEL}(\\.${LABEL})*\\.?`;
const HOST = new RegExp(`^((${OCTET}\\.){3}${OCTET}|${NAME}|(?=.*:.*:)[0-9A-Fa-f:.]+(%[\\w.-]+)?)$`);
export const host = z
  .string()
  .regex(HOST, 'a host is a name or an address alone, as 10.0.0.5: its port has a key of its own');
/** On the wall clock. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is written as 00:00');
/** What a report of an alarm names, of where it was. */
export const attended = {
  cameraRef: text.optional().describe('The camera that looks at it, as the recorder of the cameras names it'),
  contacts: z
    .array(text)
    .optional()
    .describe('Who is called about it, in this order: a name and a number; in a CSV file with semicolons between them'),
};
