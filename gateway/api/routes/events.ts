import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import { newestSeq, oldestSeq, readForward } from '../feed/journal.ts';
import { eventSchema, eventView } from '../resources/event.ts';
import { limit, seq, whole } from '../schema/fields.ts';
import { errors, type Api } from '../schema/zod-routes.ts';

const querySchema = z
  .strictObject({
    after: whole(seq.optional()).describe(
      'Exclusive; oldest first from here. Without it the newest come, newest first',
    ),
    before: whole(seq.optional()).describe('Exclusive; for paging backwards'),
    epoch: whole(z.int().optional()).describe('That `after` is from; another one is gone'),
    domain: z.string().optional(),
    source: z.string().optional().describe('The device or equipment'),
    limit: limit(1_000, 100),
  })
  .refine(({ after, before }) => after === undefined || before === undefined, {
    error: 'there is either an "after" or a "before"',
    path: ['before'],
  })
  .refine(({ after, epoch }) => epoch === undefined || after !== undefined, {
    error: 'it belongs to an "after"',
    path: ['epoch'],
  });

type Query = z.output<typeof querySchema>;

const pageSchema = z.object({
  epoch: z.int(),
  seq: seq.describe('The newest event'),
  items: z.array(eventSchema),
  next: seq
    .nullable()
    .describe('The `after` of the following page, and you have everything when it is `seq`; backwards its `before`'),
});

export function eventRoutes(api: Api, deps: ApiDeps): void {
  api.get(
    '/events',
    {
      schema: {
        tags: ['feed'],
        summary: 'Events, alarm transitions and command results',
        description: 'A filtered page may be empty, and then `next` leads on. There is never a hole within a page.',
        querystring: querySchema,
        response: { 200: pageSchema, ...errors('gone') },
      },
    },
    ({ query }) => {
      const { epoch, events } = deps.store;
      const newest = newestSeq(events);
      const page = query.after === undefined ? backward(deps, query) : forward(deps, query, query.after);
      return { epoch, seq: newest, ...page };
    },
  );
}

const GONE = {
  expired: 'events after that seq are no longer kept',
  ahead: 'that seq is beyond the newest event',
  otherEpoch: 'that seq is from another epoch: the store has been replaced since',
} as const;

function forward({ store: { events, epoch } }: ApiDeps, query: Query, after: number) {
  const gone = (why: keyof typeof GONE, oldest: number): ApiError =>
    new ApiError('gone', `${GONE[why]}: take a snapshot, go on at \`oldest\``, { epoch, oldest });
  if ((query.epoch ?? epoch) !== epoch) throw gone('otherEpoch', oldestSeq(events));
  const page = readForward(events, { ...query, after });
  if (!page.ok) throw gone(page.why, page.oldest);
  return { items: page.rows.map(eventView), next: page.next };
}

function backward({ store: { events } }: ApiDeps, query: Query) {
  const rows = events.list(query);
  return { items: rows.map(eventView), next: rows.length < query.limit ? null : (rows.at(-1)?.seq ?? null) };
}
