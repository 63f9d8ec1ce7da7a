/** Pages of a list that has an order of its own. */
import { z } from 'zod';
import { limit, whole } from './fields.ts';

export const pageQuery = z.strictObject({
  limit: limit(10_000, 1_000),
  offset: whole(z.int().min(0).default(0)).describe('So many are left out from the beginning'),
});

export function pageSchema<S extends z.ZodType>(item: S) {
  return z.object({ total: z.int().describe('On all pages together'), items: z.array(item) });
}

export function pageOf<T>(all: readonly T[], query: z.output<typeof pageQuery>): { total: number; items: T[] } {
  return { total: all.length, items: all.slice(query.offset, query.offset + query.limit) };
}
