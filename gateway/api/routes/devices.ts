import { z } from 'zod';
import type { DeviceConfig } from '../../config/schema.ts';
import type { ApiDeps } from '../deps.ts';
import { commandSpecSchema, commandSpecView, deviceSchema, deviceView } from '../resources/device.ts';
import { pointSchema, pointsOf } from '../resources/point.ts';
import { deviceStatisticsSchema, deviceStatisticsView } from '../resources/statistics.ts';
import { pageQuery, pageSchema, pageOf } from '../schema/pages.ts';
import { errors, type Api } from '../schema/zod-routes.ts';
import { findBus, findDevice } from './find.ts';

const listQuery = pageQuery.extend({
  bus: z.string().optional().describe('Only those of this bus'),
  state: deviceSchema.shape.state.optional().describe('Only those in this state'),
});

const wholeDevice = deviceSchema.extend({
  inputs: z
    .array(
      z.object({
        ...{ channel: z.int(), source: z.string(), invert: z.boolean() },
        alarm: z.string().optional().describe('Its type; absent where the channel is a signal'),
        signal: z.enum(['doorOpen', 'running']).optional().describe('What the filter of a lift goes by'),
      }),
    )
    .describe('What the channels of an input module mean'),
  points: z.array(pointSchema),
  commands: z.array(commandSpecSchema).describe('What it can be told'),
  statistics: deviceStatisticsSchema.nullable().describe('Null before the first exchange'),
});

export function deviceRoutes(api: Api, deps: ApiDeps): void {
  listRoute(api, deps);
  const params = z.strictObject({ device: z.string() });

  api.get(
    '/devices/:device',
    {
      schema: {
        tags: ['field'],
        summary: 'One device: how it is, its points, its commands, its figures',
        params,
        response: { 200: wholeDevice, ...errors('unknownDevice') },
      },
    },
    (request) => whole(deps, findDevice(deps.config(), request.params.device)),
  );

  api.get(
    '/devices/:device/points',
    {
      schema: {
        tags: ['field'],
        summary: 'The current values of one device',
        params,
        response: { 200: z.object({ items: z.array(pointSchema) }), ...errors('unknownDevice') },
      },
    },
    (request) => {
      const config = deps.config();
      return { items: pointsOf(deps.store, config, findDevice(config, request.params.device)) };
    },
  );
}

function listRoute(api: Api, deps: ApiDeps): void {
  api.get(
    '/devices',
    {
      schema: {
        tags: ['field'],
        summary: 'All devices, and why those that are down are down',
        querystring: listQuery,
        response: { 200: pageSchema(deviceSchema), ...errors('unknownBus') },
      },
    },
    ({ query }) => {
      const config = deps.config();
      if (query.bus !== undefined) findBus(config, query.bus);
      const rows = new Map(deps.store.devices.list().map((row) => [row.device, row]));
      const found = config.devices
        .filter(({ bus }) => (query.bus ?? bus) === bus)
        .map((device) => deviceView(config, device, rows.get(device.id)))
        .filter(({ state }) => (query.state ?? state) === state);
      return pageOf(found, query);
    },
  );
}

function whole(deps: ApiDeps, device: DeviceConfig): z.input<typeof wholeDevice> {
  const config = deps.config();
  const { store, buses } = deps;
  const bus = buses().find((running) => running.bus === device.bus);
  const statistics = bus?.devices.find((figures) => figures.device === device.id);
  return {
    ...deviceView(config, device, store.devices.get(device.id)),
    inputs: device.inputs,
    points: pointsOf(store, config, device),
    commands: (config.profiles.get(device.profile)?.commands ?? []).map(commandSpecView),
    statistics: statistics ? deviceStatisticsView(statistics) : null,
  };
}
