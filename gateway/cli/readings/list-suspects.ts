/** Readings that wait for a person. */
import { z } from 'zod';
import { readingSchema } from '../../api/resources/meter.ts';
import { getApi } from '../api/client.ts';
import type { ShowOptions } from '../api/options.ts';
import { counted } from '../text/counted.ts';
import type { ReadingShown } from './reading-lines.ts';
import { shownReadings } from './shown-readings.ts';

const page = z.object({ items: z.array(readingSchema), next: z.int().nullable() });
const PAGE = 1_000;

export async function listSuspects({ meter, ...options }: ShowOptions & { readonly meter?: string }): Promise<void> {
  const items: ReadingShown[] = [];
  const query = new URLSearchParams({ limit: String(PAGE), ...(meter !== undefined && { meter }) });
  for (let next: number | null = 0; next !== null;) {
    query.set('after', String(next));
    const answer: z.output<typeof page> = await getApi(options, `/suspects?${query.toString()}`, page);
    items.push(...answer.items);
    next = answer.next;
  }
  if (options.json) console.log(JSON.stringify(items));
  else if (items.length === 0) console.log('no reading is in doubt');
  else console.log([...(await shownReadings(items, options)), '', counted(items.length, 'reading')].join('\n'));
}
