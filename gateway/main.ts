/** The composition root: puts the gateway together, applies changed configurations, and takes it apart again. */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Driver } from '../drivers/contract.ts';
import type { AlarmCommand } from './broker/inbound.ts';
import { systemClock } from './clock.ts';
import { acceptCommand, type Acceptance, type CommandRequest } from './commands/accept.ts';
import { CommandRunner } from './commands/run.ts';
import { diff, isEmpty } from './config/diff.ts';
import type { Loaded } from './config/load.ts';
import type { SiteConfig } from './config/site-config.ts';
import { ConfigurationWatch } from './config/watch.ts';
import { openCore, type Core } from './core.ts';
import { Field } from './field.ts';
import { startHousekeeping } from './housekeeping.ts';
import { watchLoopLag } from './loop-lag.ts';
import { startHttp } from './http.ts';
import { startMqtt } from './mqtt.ts';
import { mayPass } from './store/errors.ts';

export interface GatewayOptions {
  readonly siteFile: string;
  /** What `siteFile` said when it was checked. */
  readonly loaded: Extract<Loaded, { ok: true }>;
  /** Another database file than the site names. */
  readonly storeFile?: string | undefined;
  readonly drivers: readonly Driver[];
  readonly log: Logger;
  readonly version: string;
}

export type Gateway = Awaited<ReturnType<typeof startGateway>>;

const clock = systemClock;
/** How long a stop waits for commands under way: a relay that is closed is to be opened again. */
const DRAIN_MS = 5_000;
/** Buses need a moment to open; what a restart left over is for them. */
const RESUME_AFTER_MS = 1_500;

/** Rejects with StoreError when the store cannot be used, or when a port is taken. */
export async function startGateway(options: GatewayOptions) {
  const { siteFile, loaded, storeFile, drivers, log, version } = options;
  const bootId = randomUUID();
  const running = { config: loaded.config };
  const core = await openCore(running.config, storeFile ?? running.config.store.file, clock, log);
  const { store, feed, alarms } = core;
  const settled = () => core.recorder.flush();
  const archiveEveryMs = running.config.store.archiveEveryS * 1000;
  const field = new Field(running.config, { clock, drivers, store, archiveEveryMs, observe: core.observe, settled });
  core.onRecovered(() => field.reportAgain());
  const { runner, submitCommand, drain } = commandSide(core, field);
  const shared = { clock, bootId, version, submitCommand };
  const mqtt = await orUndo(startMqtt({ ...shared, ...mqttSide(core, log), config: running.config }), core.close);
  const lag = watchLoopLag();
  const closeCore = async (): Promise<void> => {
    lag.stop();
    await core.recorder.flush();
    await mqtt.close();
    await core.close();
  };
  const httpSide = { ...shared, core, log, field, mqtt, lag, drivers, config: () => running.config };
  const http = await orUndo(startHttp(httpSide), closeCore);
  const housekeeping = startHousekeeping({ store, clock, settings: () => running.config.store, log });
  await forgetStale(core, running.config);
  field.start();
  const callOffResuming = runner.resume(RESUME_AFTER_MS);
  const watch = new ConfigurationWatch({
    siteFile,
    drivers,
    loaded,
    onLoaded: applier(running, core, field, runner, log),
  });
  watch.start();

  return {
    ...{ ...shared, store, feed, field, mqtt, lag, alarms },
    recorder: core.recorder,
    apiUrl: http.url,
    config: () => running.config,
    /** Reads the configuration now, as a signal asks. */
    reload: () => watch.reload(),
    /** Stops asking, writes what waits, says goodbye. */
    stop: async () => {
      callOffResuming();
      await watch.close();
      await http.close();
      await drain();
      await field.stop();
      housekeeping.stop();
      await closeCore();
    },
  };
}

/** What `starting` resolves with; what was started before it is taken back when it cannot start. */
async function orUndo<T>(starting: Promise<T>, undo: () => Promise<void>): Promise<T> {
  try {
    return await starting;
  } catch (error) {
    await undo();
    throw error;
  }
}

function mqttSide({ feed, alarms }: Core, log: Logger) {
  return {
    source: feed,
    alarmCommand: ({ verb, ...decision }: AlarmCommand) =>
      verb === 'ack' ? alarms.acknowledge(decision) : alarms.reset(decision),
    onTrouble: (reason: string) => log.warn({ reason }, 'the MQTT broker is away'),
  };
}

function commandSide({ store, feed }: Core, field: Field) {
  const runner = new CommandRunner({
    store,
    clock,
    target: (device) => field.target(device),
    onFinished: () => feed.publish({ events: 1 }),
  });
  const state = { stopping: false };
  const submitCommand = async (request: CommandRequest): Promise<Acceptance> => {
    if (state.stopping) return { ok: false, code: 'storeUnavailable', message: 'the gateway is being stopped' };
    const acceptance = await acceptCommand(store, (device) => field.commandable(device), request, clock.now());
    if (acceptance.ok && !acceptance.repeated) runner.start(acceptance.row);
    return acceptance;
  };
  const drain = async (): Promise<void> => {
    state.stopping = true;
    await runner.idle(DRAIN_MS);
  };
  return { runner, submitCommand, drain };
}

/** Makes the running gateway what a new configuration says, or leaves it as it is and says why. */
function applier(running: { config: SiteConfig }, core: Core, field: Field, runner: CommandRunner, log: Logger) {
  return async (next: Loaded): Promise<void> => {
    if (!next.ok) {
      const mistakes = next.mistakes.filter(({ severity }) => severity === 'error');
      log.error({ mistakes }, 'the new configuration has mistakes: the old one stays in force');
      return;
    }
    const change = diff(running.config, next.config);
    if (isEmpty(change)) return;
    if (change.buses.removed.length + change.buses.changed.length + change.devices.removed.length > 0)
      await runner.idle(DRAIN_MS);
    running.config = next.config;
    await field.apply(next.config, change);
    core.configure(next.config);
    await forgetStale(core, next.config);
    core.audit({ who: 'configuration', what: 'apply', detail: { ...change } });
    log.info({ change }, 'configuration applied');
    if (change.restart.length > 0) log.warn(`waits for a restart: ${change.restart.join(', ')}`);
  };
}

/** What is not configured any more has no state and no current value, here and on the broker. Its history stays. */
async function forgetStale({ store, feed, recorder }: Core, { devices, profiles }: SiteConfig): Promise<void> {
  await recorder.flush();
  const known = new Map(
    devices.map(({ id, profile }) => [id, new Set(profiles.get(profile)?.points.map(({ key }) => key))] as const),
  );
  const points = store.points.list().filter(({ device, point }) => !known.get(device)?.has(point));
  const gone = store.devices.list().flatMap(({ device }) => (known.has(device) ? [] : [device]));
  if (points.length + gone.length === 0) return;
  try {
    await store.write('forget', { points, devices: gone });
  } catch (error) {
    // They are forgotten at the next start.
    if (mayPass(error)) return;
    throw error;
  }
  feed.publish({ removed: { devices: gone, points } });
}
