import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import { figuresOf, happenedIn } from '../../alarms/performance/figures.ts';
import { entriesIn, floodsIn } from '../../alarms/performance/read-journal.ts';
import type { Stretch } from '../../alarms/performance/stretch.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import { performanceSchema, performanceView } from '../resources/performance.ts';
import { queryTime } from '../schema/fields.ts';
import type { Api } from '../schema/zod-routes.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 31;

const querySchema = z.strictObject({
  by: z.enum(['type', 'source', 'shift']).default('type').describe('What the items are'),
  from: queryTime.optional().describe('Inclusive; a day before `to` without it'),
  to: queryTime.optional().describe('Exclusive; now without it. At most 31 days after `from`'),
});

export function performanceRoute(api: Api, deps: ApiDeps): void {
  const { store } = deps;
  api.get(
    '/alarms/kpis',
    {
      schema: {
        tags: ['alarms'],
        summary:
          'How the alarm system performs: rates, floods, chattering, standing and stale alarms, acknowledgements',
        querystring: querySchema,
        response: { 200: performanceSchema },
      },
    },
    async ({ query }) => {
      const stretch = stretchOf(query, deps.clock.now());
      const happened = happenedIn(await entriesIn(store, stretch));
      // Each step of a month takes its time, and alarms wait for none of them.
      await turn();
      const floods = floodsIn(store.events, stretch);
      const total = figuresOf(happened, stretch, floods);
      await turn();
      return performanceView(deps, query.by, { stretch, happened, floods, total });
    },
  );
}

/** What has not been yet is left out. */
function stretchOf(query: z.output<typeof querySchema>, now: number): Stretch {
  const to = Math.min(query.to ?? now, now);
  const from = query.from ?? Math.max(0, to - DAY_MS);
  if (from >= to) throw new ApiError('invalidRequest', '"from" must be before "to", and in the past');
  if (to - from > MOST_DAYS * DAY_MS) throw new ApiError('invalidRequest', `that is more than ${MOST_DAYS} days`);
  return { from, to };
}
