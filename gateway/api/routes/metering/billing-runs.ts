import { z } from 'zod';
import type { ApiDeps } from '../../deps.ts';
import { fullRunSchema, fullRunView, runSchema, runView, utilityName } from '../../resources/billing.ts';
import { by } from '../../schema/fields.ts';
import { pageOf, pageQuery, pageSchema } from '../../schema/pages.ts';
import { errors, type Api } from '../../schema/zod-routes.ts';
import { refusalError, runOf } from './answers.ts';

export const runParams = z.strictObject({ run: z.string() });
const period = z.string().max(20).describe('Such as 2026-11');

export function billingRunRoutes(api: Api, deps: ApiDeps): void {
  api.get(
    '/billing/runs',
    {
      schema: {
        tags: ['billing'],
        summary: 'Billing runs, newest period first',
        querystring: pageQuery.extend({
          utility: utilityName.optional(),
          period: period.optional(),
          unacknowledged: z
            .stringbool()
            .default(false)
            .describe('Closed, and not yet taken over by the billing system'),
        }),
        response: { 200: pageSchema(runSchema) },
      },
    },
    ({ query }) => {
      const runs = deps.billing.runs().filter((row) => {
        if (query.utility !== undefined && row.utility !== query.utility) return false;
        if (query.period !== undefined && row.run.run.period !== query.period) return false;
        return !query.unacknowledged || (row.closed && row.run.run.state !== 'acknowledged');
      });
      const { total, items } = pageOf(runs, query);
      return { total, items: items.map((row) => runView(row, deps)) };
    },
  );

  api.get(
    '/billing/runs/:run',
    {
      schema: {
        tags: ['billing'],
        summary: 'One run with what was found in it',
        params: runParams,
        response: { 200: fullRunSchema, ...errors('unknownRun') },
      },
    },
    ({ params }) => fullRunView(findRun(deps, params.run), deps),
  );

  draftRoute(api, deps);
}

function draftRoute(api: Api, deps: ApiDeps): void {
  api.post(
    '/billing/runs',
    {
      schema: {
        tags: ['billing'],
        summary: 'Draft the run of a utility and period, for the first time or again',
        body: z.strictObject({ utility: utilityName, period, by }),
        response: {
          200: runSchema,
          ...errors('unknownPeriod', 'notOver', 'nothingToBill', 'alreadyClosed', 'drafting', 'storeUnavailable'),
        },
      },
    },
    async ({ body }) => runView(runOf(await deps.billing.draftPeriod(body.utility, body.period, body.by)), deps),
  );
}

/** Throws ApiError where there is none. */
export function findRun({ billing }: ApiDeps, id: string) {
  const row = billing.run(id);
  if (row) return row;
  const said = { zh: `没有这个账单：${id}`, en: `there is no run ${id}` };
  throw refusalError({ code: 'unknownRun', about: [id], ...said });
}
