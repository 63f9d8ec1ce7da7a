/** How meters are read for billing: `metering` of the site file. docs/metering.md */
import { z } from 'zod';
import { text, timeOfDay } from './schema-fields.ts';

export const meteringSchema = z.strictObject({
  electricityEveryS: z
    .int()
    .min(1)
    .max(86_400)
    .default(900)
    .describe('Seconds between readings of the electricity meters that the meter tables put on buses'),
  othersEveryS: z
    .int()
    .min(1)
    .max(86_400)
    .default(3_600)
    .describe('The same of all other meters: many run on batteries'),
  cutDay: z
    .int()
    .min(1)
    .max(28)
    .default(1)
    .describe(
      'Day of the month on which a billing period begins; from 16 on a period has the name of the month in which it ends',
    ),
  cutTime: timeOfDay.default('00:00').describe('And the time of that day, on the wall'),
  toleranceMin: z
    .int()
    .min(0)
    .max(1_440)
    .default(120)
    .describe('So far from the cut a reading may be that closes a period'),
  manualToleranceH: z.int().min(0).max(240).default(72).describe('The same of what people read'),
  estimates: z.boolean().default(false).describe('Whether a missing reading may be estimated from the usual use'),
  clockBeyondS: z.int().min(1).default(60).describe('A meter clock that is off by more than this is reported'),
  setClocks: z
    .boolean()
    .default(false)
    .describe('Meter clocks that are reported are set, where their protocol lets them be: docs/metering.md'),
  readingsDays: z
    .int()
    .min(40)
    .default(100)
    .describe(
      'How long every reading of a meter is kept; after that the first of each day, and all that anybody settled',
    ),
  dropFolder: text
    .optional()
    .describe(
      'A folder for the files of closed billing runs, where another program takes them; relative to the site file',
    ),
});
