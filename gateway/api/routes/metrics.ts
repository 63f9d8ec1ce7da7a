import { collectDefaultMetrics, Registry } from 'prom-client';
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { newestSeq } from '../feed/journal.ts';
import { BUS_METRICS, DEVICE_METRICS } from '../metrics/field-metrics.ts';
import { GATEWAY_METRICS } from '../metrics/gateway-metrics.ts';
import type { Snapshot } from '../metrics/metric.ts';
import { render } from '../metrics/render.ts';
import type { Api } from '../schema/zod-routes.ts';

const METRICS = [...GATEWAY_METRICS, ...BUS_METRICS, ...DEVICE_METRICS];

export function metricsRoute(api: Api, deps: ApiDeps): void {
  const ofProcess = new Registry();
  collectDefaultMetrics({ register: ofProcess });
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
      const ofGateway = render(METRICS, takeSnapshot(deps));
      return reply.type(ofProcess.contentType).send(ofGateway + (await ofProcess.metrics()));
    },
  );
}

function takeSnapshot({ store, config, buses, budgets, health, version }: ApiDeps): Snapshot {
  const configured = new Set(config().devices.map(({ id }) => id));
  return {
    version,
    buses: buses(),
    budgets: budgets(),
    devices: store.devices.list().filter(({ device }) => configured.has(device)),
    alarms: store.alarms.list('nonNormal'),
    health: health(),
    store: store.size(),
    outbox: store.outbox.waiting(),
    deadLetters: store.outbox.deadLetters(),
    newestSeq: newestSeq(store.events),
  };
}
