import { z } from 'zod';
import { queryFor } from '../../records/find.ts';
import type { ApiDeps } from '../deps.ts';
import { occurrenceSchema, occurrenceViewer } from '../resources/occurrence.ts';
import { limit, queryTime, seq, whole } from '../schema/fields.ts';
import type { Api } from '../schema/zod-routes.ts';

const querySchema = z.strictObject({
  from: queryTime.optional().describe('Inclusive; of their beginning'),
  to: queryTime.optional().describe('Exclusive; of their beginning'),
  type: z.string().optional().describe('Alarm type, such as lift.carAlarm'),
  source: z.string().optional().describe('The equipment or device that it is about'),
  device: z.string().optional().describe('The device that tells of it'),
  location: z.string().min(1).optional().describe('Part of the location of the source, as the site has it now'),
  by: z.string().optional().describe('Whoever acted on it: acknowledged, reset, shelved …'),
  priority: whole(z.int().min(1).max(4).optional()),
  drill: z.stringbool().optional().describe('true: drills alone; false: none'),
  state: z.enum(['open', 'closed']).optional(),
  before: whole(seq.optional()).describe('The `next` of the page before'),
  limit: limit(1_000, 100),
});

const pageSchema = z.object({
  items: z.array(occurrenceSchema),
  next: seq.nullable().describe('The `before` of the following page; null: that was all'),
});

export function occurrenceRoute(api: Api, { store, config }: ApiDeps): void {
  api.get(
    '/alarms/occurrences',
    {
      schema: {
        tags: ['alarms'],
        summary: 'What happened to alarms, an occurrence an item, the newest beginning first',
        querystring: querySchema,
        response: { 200: pageSchema },
      },
    },
    ({ query: { state, ...sought } }) => {
      const current = config();
      const everyAlarm = sought.device === undefined ? [] : store.alarms.list('all');
      const open = state === undefined ? undefined : state === 'open';
      const rows = store.occurrences.list(queryFor({ ...sought, open }, current, everyAlarm));
      const next = rows.length < sought.limit ? null : (rows.at(-1)?.seq ?? null);
      return { items: rows.map(occurrenceViewer(current)), next };
    },
  );
}
