/** The composition root: puts the gateway together, applies changed configurations, and takes it apart again. */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Driver } from '../drivers/contract.ts';
import { systemClock, type Clock } from './clock.ts';
import { acceptCommand, type Acceptance, type Commandable, type CommandRequest, type Hold } from './commands/accept.ts';
import { readAfter } from './commands/read-after.ts';
import { CommandRunner } from './commands/run.ts';
import type { Loaded } from './config/load.ts';
import type { SiteConfig } from './config/site-config.ts';
import { ConfigurationWatch } from './config/watch.ts';
import { openCore, type Core } from './core.ts';
import { Field } from './field.ts';
import { FireRelease } from './fire/fire-release.ts';
import { forgetStale } from './forget.ts';
import { HomeSecurity } from './home-security/home-security.ts';
import { LiftTests } from './lifts/lift-tests.ts';
import { startHousekeeping } from './housekeeping.ts';
import { watchLoopLag } from './loop-lag.ts';
import { startMetering } from './metering/metering.ts';
import { retentionOf } from './metering/settings.ts';
import { startHttp } from './http.ts';
import { forgetStation } from './monitoring-station/forget.ts';
import type { RunningStation, StationOptions } from './monitoring-station/start.ts';
import { startMqtt, type MqttOptions } from './mqtt.ts';
import { watchOutages } from './outages.ts';
import type { SimulatedTime } from './simulated-time.ts';
import { Reconfiguration } from './reconfigure.ts';

export interface GatewayOptions {
  readonly siteFile: string;
  /** What `siteFile` said when it was checked. */
  readonly loaded: Extract<Loaded, { ok: true }>;
  /** Another database file than the site names. */
  readonly storeFile?: string | undefined;
  readonly drivers: readonly Driver[];
  readonly log: Logger;
  readonly version: string;
  /** In a trial: what it takes for the time. */
  readonly simulatedTime?: SimulatedTime | null;
}

export type Gateway = Awaited<ReturnType<typeof startGateway>>;

/** How long a stop waits for commands under way: a relay that is closed is to be opened again. */
const DRAIN_MS = 5_000;
/** Buses need a moment to open; what a restart left over is for them. */
const RESUME_AFTER_MS = 1_500;

/** Rejects with StoreError when the store cannot be used, or when a port is taken. */
export async function startGateway(options: GatewayOptions) {
  const { siteFile, loaded, storeFile, drivers, log, version, simulatedTime = null } = options;
  const clock = simulatedTime?.clock ?? systemClock;
  const { config: started } = loaded;
  const core = await openCore(started, storeFile ?? started.store.file, clock, log);
  const { store, feed, decide, recorder } = core;
  const { field, metering, homes } = await orUndo(fieldSide(core, clock, started, drivers, log), core.close);
  const config = () => running.config;
  const { submitCommand, resume, drain, commandsIdle, commandCounts, fire } = commandSide(core, clock, field, config);
  const running: Reconfiguration = new Reconfiguration({ started, core, field, metering, homes, commandsIdle, log });
  const shared = { clock, bootId: randomUUID(), version, submitCommand };
  const telling = { ...shared, ...mqttSide(core, log), config: started };
  const outside = await orUndo(startOutside(telling, { core, config, clock, log }), core.close);
  const lag = watchLoopLag();
  const lifts = liftsSide(core, clock, config);
  const closeCore = async (): Promise<void> => {
    lag.stop();
    await lifts.stop();
    homes.stop();
    await recorder.flush();
    await outside.close();
    await core.close();
  };
  const sides = { core, field, metering, lifts, homes, ...outside };
  const httpSide = { ...shared, ...sides, commandCounts, simulatedTime, log, lag, drivers, running };
  const http = await orUndo(startHttp(httpSide), closeCore);
  homes.start();
  const housekeeping = housekeepingSide(core, clock, config, log);
  await forgetStale(core, started);
  field.start();
  const callOffResuming = resume(RESUME_AFTER_MS);
  const onLoaded = applying(running, outside.station, fire);
  const watch = new ConfigurationWatch({ siteFile, drivers, loaded, onLoaded });
  watch.start();

  return {
    ...{ ...shared, store, feed, field, homes, mqtt: outside.mqtt, lag, decide, recorder, config },
    apiUrl: http.url,
    /** Reads the configuration now, as a signal asks. */
    reload: () => watch.reload(),
    /** Stops asking, writes what waits, says goodbye. */
    stop: async () => {
      callOffResuming();
      await watch.close();
      await http.close();
      await drain();
      await field.stop();
      await housekeeping.stop();
      await metering.stop();
      await closeCore();
    },
  };
}

/** Applies what was loaded. Who tells only what changes then tells how things are, for whoever goes by it may be new. */
function applying(running: Reconfiguration, station: RunningStation | null, fire: Pick<FireRelease, 'look'>) {
  return async (next: Loaded): Promise<void> => {
    await running.apply(next);
    station?.tellPath();
    fire.look();
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

/** What is polled goes through metering and home security into the core. */
async function fieldSide(core: Core, clock: Clock, started: SiteConfig, drivers: readonly Driver[], log: Logger) {
  const { store } = core;
  const readAgain = (device: string, point: string): void => field.readAgain(device, point);
  const metering = await startMetering(started, {
    ...{ store, clock, log, readAgain },
    readNow: (device, point) => field.readNow(device, point),
    settableClock: (device) => field.settableClock(device),
    flush: () => core.recorder.flush(),
  });
  const homes = homesSide(core, clock, started);
  const field: Field = new Field(started, {
    ...{ clock, drivers, store },
    archiveEveryMs: started.store.archiveEveryS * 1000,
    observe: (seen) => core.observe(homes.take(metering.take(seen))),
    settled: () => core.recorder.flush(),
  });
  core.onRecovered(() => void field.reportAgain());
  return { field, metering, homes };
}

function housekeepingSide({ store, storeTrouble }: Core, clock: Clock, config: () => SiteConfig, log: Logger) {
  const housekeeping = startHousekeeping({ store, clock, settings: () => retentionOf(config(), clock.now()), log });
  const outages = watchOutages({ store, clock, trouble: storeTrouble });
  const stop = async (): Promise<void> => {
    housekeeping.stop();
    await outages.stop();
  };
  return { stop };
}

function homesSide({ store, observe, audit, recorder }: Core, clock: Clock, started: SiteConfig): HomeSecurity {
  return new HomeSecurity({ started, store, clock, observe, audit, flush: () => recorder.flush() });
}

function liftsSide(
  { store, observe, decideItself: decide, recorder }: Core,
  clock: Clock,
  config: () => SiteConfig,
): LiftTests {
  const lifts = new LiftTests({ store, clock, config, observe, decide, flush: () => recorder.flush() });
  lifts.start();
  return lifts;
}

function mqttSide({ feed, decide }: Core, log: Logger) {
  return {
    source: feed,
    decide,
    onTrouble: (reason: string) => log.warn({ reason }, 'the MQTT broker is away'),
    onBack: () => log.info({ allClear: true }, 'the MQTT broker is back'),
  };
}

/** Those who are told. The code for a monitoring station is loaded only where a site has one. */
async function startOutside(telling: MqttOptions & { readonly config: SiteConfig }, station: StationOptions) {
  const hasStation = telling.config.monitoringStation !== undefined;
  if (!hasStation) await forgetStation(station.core.store);
  const sender = hasStation ? (await import('./monitoring-station/start.ts')).startStation(station) : null;
  const mqtt = await orUndo(startMqtt(telling), async () => sender?.close());
  const close = async (): Promise<void> => {
    await sender?.close();
    await mqtt.close();
  };
  return { mqtt, station: sender, close };
}

function commandSide({ store, feed, observe }: Core, clock: Clock, field: Field, config: () => SiteConfig) {
  const commandable: Commandable = (device) => field.commandable(device);
  const hold: Hold = (asked) => fire.hold(asked);
  const runner = new CommandRunner({
    ...{ store, clock, hold },
    target: (device) => field.target(device),
    onFinished: (ended) => {
      counts.finished[ended] += 1;
      feed.publish({ events: 1 });
    },
    onCarriedOut: (device, seen) => {
      const target = commandable(device);
      for (const point of target ? readAfter(target.profile, seen) : []) field.readAgain(device, point);
    },
  });
  const state = { stopping: false };
  const counts = { refused: new Map<string, number>(), repeated: 0, finished: { done: 0, failed: 0, expired: 0 } };
  const submitCommand = async (request: CommandRequest): Promise<Acceptance> => {
    if (state.stopping) return { ok: false, code: 'storeUnavailable', message: 'the gateway is being stopped' };
    const acceptance = await acceptCommand({ store, commandable, hold }, request, clock.now());
    if (!acceptance.ok) counts.refused.set(acceptance.code, (counts.refused.get(acceptance.code) ?? 0) + 1);
    else if (acceptance.repeated) counts.repeated += 1;
    else runner.start(acceptance.row);
    return acceptance;
  };
  const fire = new FireRelease({
    ...{ store, clock, config, observe, commandable, submit: submitCommand },
    onChange: (listener) => feed.onChange(listener),
  });
  const resume = (ms: number) => {
    fire.start(ms);
    return runner.resume(ms);
  };
  const commandsIdle = () => runner.idle(DRAIN_MS);
  const drain = async (): Promise<void> => {
    fire.stop();
    state.stopping = true;
    await commandsIdle();
  };
  const commandCounts = () => ({
    ...{ refused: Object.fromEntries(counts.refused), repeated: counts.repeated },
    finished: { ...counts.finished },
  });
  return { submitCommand, resume, drain, commandsIdle, commandCounts, fire };
}
