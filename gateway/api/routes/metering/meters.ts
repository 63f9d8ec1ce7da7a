import { z } from 'zod';
import { iso } from '../../../broker/messages.ts';
import type { Home, Meter } from '../../../metering/model.ts';
import { metersOf } from '../../../metering/desk/move.ts';
import type { ApiDeps } from '../../deps.ts';
import { homeSchema, homeView, meterSchema, meterView, readingSchema, readingView } from '../../resources/meter.ts';
import { utilityName } from '../../resources/billing.ts';
import { limit, queryTime, time } from '../../schema/fields.ts';
import { pageOf, pageQuery, pageSchema } from '../../schema/pages.ts';
import { errors, type Api } from '../../schema/zod-routes.ts';
import { notFound } from '../find.ts';

export const meterParams = z.strictObject({ meter: z.string() });
export const homeParams = z.strictObject({ home: z.string() });
const DAY_MS = 86_400_000;
const MOST_MOVES = 20;

export function meterRoutes(api: Api, deps: ApiDeps): void {
  api.get(
    '/meters',
    {
      schema: {
        tags: ['metering'],
        summary: 'The meters that are billed, those that were removed too',
        querystring: pageQuery.extend({ home: z.string().optional(), utility: utilityName.optional() }),
        response: { 200: pageSchema(meterSchema) },
      },
    },
    ({ query }) => {
      const meters = [...deps.config().registry.meters.values()].filter(
        ({ home, utility }) =>
          (query.home === undefined || home === query.home) &&
          (query.utility === undefined || utility === query.utility),
      );
      const { total, items } = pageOf(meters, query);
      return { total, items: items.map(meterView) };
    },
  );

  api.get(
    '/meters/:meter',
    {
      schema: {
        tags: ['metering'],
        summary: 'One meter, and what it showed last',
        params: meterParams,
        response: {
          200: meterSchema.extend({ last: readingSchema.nullable().describe('The last one that counts') }),
          ...errors('unknownMeter'),
        },
      },
    },
    ({ params }) => {
      const meter = findMeter(deps, params.meter);
      const last = deps.store.meterReadings.lastGood(meter.number, deps.clock.now());
      return { ...meterView(meter), last: last ? readingView(last) : null };
    },
  );

  readingsRoute(api, deps);
}

function readingsRoute(api: Api, deps: ApiDeps): void {
  api.get(
    '/meters/:meter/readings',
    {
      schema: {
        tags: ['metering'],
        summary: 'What a meter showed',
        params: meterParams,
        querystring: z.strictObject({
          from: queryTime.optional().describe('Inclusive; a day before `to` without it'),
          to: queryTime.optional().describe('Inclusive; now without it'),
          limit: limit(10_000, 1_000),
        }),
        response: {
          200: z.object({
            meter: z.string(),
            from: time,
            to: time,
            items: z.array(readingSchema).describe('Oldest first; the newest where there are more than `limit`'),
          }),
          ...errors('unknownMeter'),
        },
      },
    },
    ({ params, query }) => {
      const { number } = findMeter(deps, params.meter);
      const { to = deps.clock.now(), from = Math.max(0, to - DAY_MS) } = query;
      const items = deps.store.meterReadings.list({ meter: number, from, to, limit: query.limit });
      return { meter: number, from: iso(from), to: iso(to), items: items.map(readingView) };
    },
  );
}

export function homeRoutes(api: Api, deps: ApiDeps): void {
  api.get(
    '/homes',
    {
      schema: {
        tags: ['metering'],
        summary: 'The homes of the community',
        querystring: pageQuery.extend({ building: z.string().optional() }),
        response: { 200: pageSchema(homeSchema) },
      },
    },
    ({ query }) => {
      const homes = [...deps.config().registry.homes.values()].filter(
        ({ building }) => query.building === undefined || building === query.building,
      );
      const { total, items } = pageOf(homes, query);
      return { total, items: items.map(homeView) };
    },
  );

  api.get(
    '/homes/:home',
    {
      schema: {
        tags: ['metering'],
        summary: 'One home: its meters, and what they showed when people moved',
        params: homeParams,
        response: {
          200: homeSchema.extend({ meters: z.array(meterSchema), moves: z.array(readingSchema) }),
          ...errors('unknownHome'),
        },
      },
    },
    ({ params }) => {
      const home = findHome(deps, params.home);
      const meters = metersOf(deps.config().registry, home.id);
      const moves = meters.flatMap(({ number }) => deps.store.meterReadings.moves(number, MOST_MOVES));
      moves.sort((a, b) => b.at - a.at || b.id - a.id);
      return { ...homeView(home), meters: meters.map(meterView), moves: moves.map(readingView) };
    },
  );
}

/** Throws ApiError with the nearest number. */
export function findMeter({ config }: ApiDeps, number: string): Meter {
  const { meters } = config().registry;
  const meter = meters.get(number);
  if (!meter) throw notFound('unknownMeter', `there is no meter ${number}`, number, [...meters.keys()]);
  return meter;
}

function findHome({ config }: ApiDeps, id: string): Home {
  const { homes } = config().registry;
  const home = homes.get(id);
  if (!home) throw notFound('unknownHome', `there is no home ${id}`, id, [...homes.keys()]);
  return home;
}
