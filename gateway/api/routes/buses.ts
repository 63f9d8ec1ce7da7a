import { z } from 'zod';
import type { BusConfig } from '../../config/schema.ts';
import type { ApiDeps } from '../deps.ts';
import { budgetSchema, budgetView, busSchema, busView } from '../resources/bus.ts';
import { deviceSchema, deviceView } from '../resources/device.ts';
import { busStatisticsSchema, busStatisticsView } from '../resources/statistics.ts';
import { errors, type Api } from '../schema/zod-routes.ts';
import { findBus } from './find.ts';

const wholeBus = busSchema.omit({ devices: true }).extend({
  statistics: busStatisticsSchema.nullable().describe('Null while it is not started'),
  schedule: budgetSchema.nullable(),
  devices: z.array(deviceSchema),
});

/** What is known of a bus besides its configuration. */
function aboutBus({ config, buses, budgets }: ApiDeps, { id }: BusConfig) {
  return {
    statistics: buses().find(({ bus }) => bus === id),
    budget: budgets().find(({ bus }) => bus === id),
    devices: config().devices.filter(({ bus }) => bus === id),
  };
}

export function busRoutes(api: Api, deps: ApiDeps): void {
  api.get(
    '/buses',
    {
      schema: {
        tags: ['field'],
        summary: 'All buses, and why those that are down are down',
        response: { 200: z.object({ items: z.array(busSchema) }) },
      },
    },
    () => ({
      items: deps.config().buses.map((bus) => {
        const about = aboutBus(deps, bus);
        return busView(bus, { ...about, devices: about.devices.length });
      }),
    }),
  );

  api.get(
    '/buses/:bus',
    {
      schema: {
        tags: ['field'],
        summary: 'One bus: its figures, its schedule and its devices',
        params: z.strictObject({ bus: z.string() }),
        response: { 200: wholeBus, ...errors('unknownBus') },
      },
    },
    ({ params }) => {
      const config = deps.config();
      const bus = findBus(config, params.bus);
      const { statistics, budget, devices } = aboutBus(deps, bus);
      return {
        ...busView(bus, { statistics, budget, devices: devices.length }),
        statistics: statistics ? busStatisticsView(statistics) : null,
        schedule: budget ? budgetView(budget) : null,
        devices: devices.map((device) => deviceView(config, device, deps.store.devices.get(device.id))),
      };
    },
  );
}
