/** The HTTP API: reads what devices said from the store, and waits for no wire. docs/api.md lists its routes. */
import fastify, { LogController, type FastifyServerOptions } from 'fastify';
import type { SiteConfig } from '../config/site-config.ts';
import type { ApiDeps } from './deps.ts';
import { answerError, answerErrors } from './http/error-replies.ts';
import { guard } from './http/guards.ts';
import { takeJson } from './http/json-body.ts';
import { noteMethods, refuseOtherMethods, type MethodTable } from './http/methods.ts';
import { statusPage } from './page/status-page.ts';
import { decisionRoutes } from './routes/alarm-decisions.ts';
import { drillRoute } from './routes/alarm-drills.ts';
import { groupRoute } from './routes/alarm-groups.ts';
import { performanceRoute } from './routes/alarm-performance.ts';
import { alarmRoutes } from './routes/alarms.ts';
import { homeSecurityRoutes } from './routes/home-security.ts';
import { occurrenceRoute } from './routes/occurrences.ts';
import { reportRoutes } from './routes/incident-report.ts';
import { fireReleaseRoute } from './routes/fire-releases.ts';
import { liftRoutes } from './routes/lifts.ts';
import { busRoutes } from './routes/buses.ts';
import { commandRoutes, submitRoute } from './routes/commands.ts';
import { supplyRoutes } from './routes/supply.ts';
import { deviceRoutes } from './routes/devices.ts';
import { eventStreamRoute } from './routes/event-stream.ts';
import { eventRoutes } from './routes/events.ts';
import { healthRoute } from './routes/health.ts';
import { billingFileRoute, billingLineRoutes } from './routes/metering/billing-lines.ts';
import { billingRunRoutes } from './routes/metering/billing-runs.ts';
import { billingStepRoutes } from './routes/metering/billing-steps.ts';
import { homeRoutes, meterRoutes } from './routes/metering/meters.ts';
import { moveRoute, readingRoutes, suspectRoutes } from './routes/metering/readings.ts';
import { registryRoutes } from './routes/metering/registry.ts';
import { metricsRoute } from './routes/metrics.ts';
import { historyRoute, pointRoutes } from './routes/points.ts';
import { auditRoute, gapRoute } from './routes/records.ts';
import { handoverRoutes } from './routes/shifts/handovers.ts';
import { shiftRoutes } from './routes/shifts/shifts.ts';
import { siteRoute } from './routes/site.ts';
import { describeApi, openapiRoute } from './schema/openapi.ts';
import { addDefaultAnswer, checkWithZod, writeWithZod, type Api, type ZodTypes } from './schema/zod-routes.ts';

export interface ApiOptions {
  /** How often an idle event stream says that it is alive, and how long a client may take nothing. Milliseconds. */
  readonly heartbeatMs?: number;
}

const PREFIX = '/api/v1';
const HEARTBEAT_MS = 15_000;
const BODY_BYTES = 64 * 1024;
const NAME_LENGTH = 256;
/** To send a request; a client that drips its headers holds nothing for longer. */
const REQUEST_MS = 10_000;

/** The API, not listening. Nothing starts before it is asked. */
export function createApi(deps: ApiDeps, { heartbeatMs = HEARTBEAT_MS }: ApiOptions = {}): Api {
  const app: Api = fastify(settings(deps)).withTypeProvider<ZodTypes>();
  const methods: MethodTable = new Map();
  app.setValidatorCompiler(checkWithZod);
  app.setSerializerCompiler(writeWithZod);
  app.addHook('onRoute', addDefaultAnswer);
  app.addHook('onRoute', noteMethods(methods));
  guard(app);
  takeJson(app);
  answerErrors(app, methods);
  describeApi(app, deps.version);
  app.register(
    (api, _, done) => {
      addRoutes(api, deps, heartbeatMs);
      done();
    },
    { prefix: PREFIX },
  );
  app.register((rest, _, done) => {
    statusPage(rest, deps);
    refuseOtherMethods(rest, methods);
    done();
  });
  return app;
}

function addRoutes(api: Api, deps: ApiDeps, heartbeatMs: number): void {
  siteRoute(api, deps);
  busRoutes(api, deps);
  deviceRoutes(api, deps);
  pointRoutes(api, deps);
  historyRoute(api, deps);
  eventRoutes(api, deps);
  eventStreamRoute(api, deps, heartbeatMs);
  alarmRoutes(api, deps);
  groupRoute(api, deps);
  performanceRoute(api, deps);
  occurrenceRoute(api, deps);
  reportRoutes(api, deps);
  decisionRoutes(api, deps);
  drillRoute(api, deps);
  submitRoute(api, deps);
  commandRoutes(api, deps);
  supplyRoutes(api, deps);
  liftRoutes(api, deps);
  homeSecurityRoutes(api, deps);
  shiftRoutes(api, deps);
  handoverRoutes(api, deps);
  fireReleaseRoute(api, deps);
  meterRoutes(api, deps);
  readingRoutes(api, deps);
  suspectRoutes(api, deps);
  homeRoutes(api, deps);
  registryRoutes(api, deps);
  moveRoute(api, deps);
  billingRunRoutes(api, deps);
  billingStepRoutes(api, deps);
  billingLineRoutes(api, deps);
  billingFileRoute(api, deps);
  auditRoute(api, deps);
  gapRoute(api, deps);
  healthRoute(api, deps);
  metricsRoute(api, deps);
  openapiRoute(api);
}

function settings({ log }: ApiDeps): FastifyServerOptions {
  return {
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_MS,
    forceCloseConnections: true,
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: NAME_LENGTH },
    frameworkErrors: answerError,
    ...(log && { loggerInstance: log }),
  };
}

export interface RunningApi {
  /** Where it listens, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Ends event streams and connections, and stops. */
  close(): Promise<void>;
}

/** Listens. `port` 0: any free one. Rejects with Node's error where the port is taken. */
export async function startApi(deps: ApiDeps, { host, port }: SiteConfig['api']): Promise<RunningApi> {
  const app = createApi(deps);
  const url = await app.listen({ host, port });
  return { url, close: () => app.close() };
}
