/** The tables of meters and homes, as the API tells of them. */
import { z } from 'zod';
import { time } from '../schema/fields.ts';

export const registryVersionsSchema = z.object({
  current: z.string().describe('The one in force; without tables it is not among the items'),
  items: z.array(z.object({ version: z.string(), at: time.describe('When it was first in force') })),
});

export const registrySchema = z.object({
  version: z.string(),
  tables: z.array(
    z.object({
      n: z.int(),
      holds: z.string().describe('meters or homes'),
      file: z.string().describe('Its name, without its folder'),
      bytes: z.int(),
      sha256: z.string(),
    }),
  ),
});
