import type { Registry } from 'prom-client';
import { z } from 'zod';
import { floodSince } from '../../alarms/performance/flood-watch.ts';
import type { ApiDeps } from '../deps.ts';
import { newestSeq } from '../feed/journal.ts';
import { BUS_METRICS, DEVICE_METRICS } from '../metrics/field-metrics.ts';
import { GATEWAY_METRICS } from '../metrics/gateway-metrics.ts';
import type { Snapshot } from '../metrics/metric.ts';
import { render } from '../metrics/render.ts';
import type { Api } from '../schema/zod-routes.ts';

const METRICS = [...GATEWAY_METRICS, ...BUS_METRICS, ...DEVICE_METRICS];

export function metricsRoute(api: Api, deps: ApiDeps): void {
  let watched: Promise<Registry> | null = null;
  api.get(
    '/metrics',
    {
      schema: {
        tags: ['site'],
        summary: 'Figures for Prometheus',
        produces: ['text/plain'],
        response: { 200: z.string() },
      },
    },
    async (_, reply) => {
      const ofProcess = await (watched ??= watchProcess());
      const ofGateway = render(METRICS, takeSnapshot(deps));
      return reply.type(ofProcess.contentType).send(ofGateway + (await ofProcess.metrics()));
    },
  );
}

/** From the first request on: most sites have no Prometheus, and what it wants to know of Node costs memory and time. */
async function watchProcess(): Promise<Registry> {
  const { collectDefaultMetrics, Registry } = await import('prom-client');
  const register = new Registry();
  collectDefaultMetrics({ register });
  return register;
}

function takeSnapshot({ store, config, buses, budgets, health, version }: ApiDeps): Snapshot {
  const configured = new Set(config().devices.map(({ id }) => id));
  return {
    version,
    buses: buses(),
    budgets: budgets(),
    devices: store.devices.list().filter(({ device }) => configured.has(device)),
    alarms: store.alarms.list('nonNormal'),
    floodSince: floodSince(store.events),
    health: health(),
    store: store.size(),
    outbox: store.outbox.waiting(),
    deadLetters: store.outbox.deadLetters(),
    newestSeq: newestSeq(store.events),
  };
}
