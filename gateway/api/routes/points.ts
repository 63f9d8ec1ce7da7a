import { z } from 'zod';
import { iso } from '../../broker/messages.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import { pointSchema, pointsOfProfile, pointView, type PointView } from '../resources/point.ts';
import { limit, queryTime, time, value } from '../schema/fields.ts';
import { pageOf, pageQuery, pageSchema } from '../schema/pages.ts';
import { errors, type Api } from '../schema/zod-routes.ts';
import { findDevice, notFound } from './find.ts';

const params = z.strictObject({ device: z.string(), point: z.string() });
type Named = z.infer<typeof params>;
const DAY_MS = 86_400_000;

const historySchema = z.object({
  device: z.string(),
  point: z.string(),
  unit: z.string().nullable(),
  from: time,
  to: time,
  items: z
    .array(z.object({ at: time, value, quality: z.enum(['good', 'uncertain', 'bad']) }))
    .describe('Oldest first; the newest where there are more than `limit`'),
  next: time.describe('There is more before: the `to` of the page that has it; null: that was all'),
});

export function pointRoutes(api: Api, deps: ApiDeps): void {
  api.get(
    '/points',
    {
      schema: {
        tags: ['field'],
        summary: 'The current values of all devices, or of one',
        querystring: pageQuery.extend({ device: z.string().optional() }),
        response: { 200: pageSchema(pointSchema), ...errors('unknownDevice') },
      },
    },
    ({ query }) => {
      const config = deps.config();
      const devices = query.device === undefined ? config.devices : [findDevice(config, query.device)];
      const { total, items } = pageOf(
        devices.flatMap((device) => pointsOfProfile(config, device).map((point) => ({ device: device.id, point }))),
        query,
      );
      const { points } = deps.store;
      return {
        total,
        items: items.map(({ device, point }) => pointView(device, point, points.get(device, point.key))),
      };
    },
  );

  api.get(
    '/points/:device/:point',
    {
      schema: {
        tags: ['field'],
        summary: 'The current value of one point',
        params,
        response: { 200: pointSchema, ...errors('unknownDevice', 'unknownPoint') },
      },
    },
    (request) => findPoint(deps, request.params),
  );
}

export function historyRoute(api: Api, deps: ApiDeps): void {
  api.get(
    '/points/:device/:point/history',
    {
      schema: {
        tags: ['field'],
        summary: 'What a point was',
        params,
        querystring: z.strictObject({
          from: queryTime.optional().describe('Inclusive; a day before `to` without it'),
          to: queryTime.optional().describe('Inclusive; now without it'),
          limit: limit(10_000, 1_000),
        }),
        response: { 200: historySchema, ...errors('unknownDevice', 'unknownPoint') },
      },
    },
    (request) => {
      const unit = unitOf(deps, request.params);
      const { to = deps.clock.now(), from = Math.max(0, to - DAY_MS), limit: most } = request.query;
      if (from > to) throw new ApiError('invalidRequest', '"from" must not be after "to"');
      const found = deps.store.history.list({ ...request.params, from, to, limit: most + 1 });
      const rows = found.slice(-most);
      const first = rows[0];
      return {
        ...request.params,
        unit,
        from: iso(from),
        to: iso(to),
        items: rows.map((row) => ({ ...row, at: iso(row.at) })),
        next: found.length > most && first ? iso(first.at - 1) : null,
      };
    },
  );
}

/** One that the configuration has. */
function findPoint({ config, store }: ApiDeps, { device, point: key }: Named): PointView {
  const points = pointsOfProfile(config(), findDevice(config(), device));
  const point = points.find((candidate) => candidate.key === key);
  if (point) return pointView(device, point, store.points.get(device, key));
  const keys = points.map((candidate) => candidate.key);
  throw notFound('unknownPoint', `${device} has no point ${key}`, key, keys);
}

/** What left the configuration keeps its history, and has no unit any more. */
function unitOf(deps: ApiDeps, named: Named): string | null {
  const site = deps.config();
  const device = site.devices.find(({ id }) => id === named.device);
  const configured = device && pointsOfProfile(site, device).some(({ key }) => key === named.point);
  const hasHistory = () =>
    deps.store.history.list({ ...named, from: 0, to: Number.MAX_SAFE_INTEGER, limit: 1 }).length > 0;
  return !configured && hasHistory() ? null : findPoint(deps, named).unit;
}
