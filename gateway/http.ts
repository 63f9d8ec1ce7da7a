/** The HTTP side, put together: what the API needs of the rest of the gateway. */
import type { Logger } from 'pino';
import type { Driver } from '../drivers/contract.ts';
import type { ApiDeps, Health } from './api/deps.ts';
import { startApi, type RunningApi } from './api/server.ts';
import type { Clock } from './clock.ts';
import { createSupply } from './commands/supply.ts';
import { busBudget } from './config/budget.ts';
import type { SiteConfig } from './config/site-config.ts';
import type { Core } from './core.ts';
import type { Field } from './field.ts';
import type { LiftTests } from './lifts/lift-tests.ts';
import type { LoopLag } from './loop-lag.ts';
import type { Metering } from './metering/metering.ts';
import type { RunningStation } from './monitoring-station/start.ts';
import type { Mqtt } from './mqtt.ts';
import type { Reconfiguration } from './reconfigure.ts';
import { createShiftLog } from './shifts/shift-log.ts';
import type { SimulatedTime } from './simulated-time.ts';

export interface HttpOptions extends Pick<ApiDeps, 'submitCommand' | 'version' | 'bootId'> {
  readonly core: Core;
  readonly field: Field;
  readonly metering: Metering;
  readonly lifts: Pick<LiftTests, 'note'>;
  readonly homes: ApiDeps['homes'];
  readonly mqtt: Mqtt;
  readonly commandCounts: () => Health['commands'];
  /** Null where the site has none. */
  readonly station: Pick<RunningStation, 'state'> | null;
  readonly lag: LoopLag;
  readonly clock: Clock;
  readonly simulatedTime: SimulatedTime | null;
  readonly drivers: readonly Driver[];
  readonly running: Pick<Reconfiguration, 'config' | 'state'>;
  readonly log: Logger;
}

/** Rejects when the port is taken. */
export function startHttp(options: HttpOptions): Promise<RunningApi> {
  const { core, field, mqtt, lag, clock, drivers, running, submitCommand, commandCounts, bootId, version, log } =
    options;
  const { store, feed, recorder, decide } = core;
  const { billing, desk, handoverTrouble } = options.metering;
  const config = () => running.config;
  const deps: ApiDeps = {
    ...{ store, clock, version, bootId, config, decide, billing, handoverTrouble, desk, submitCommand, log },
    homes: options.homes,
    noteButtonTest: (lift, test) => options.lifts.note(lift, test),
    supply: createSupply({ store, clock, config, commandable: (id) => field.commandable(id), submit: submitCommand }),
    shifts: createShiftLog({
      ...{ store, clock, config, buses: () => field.statistics(), flush: () => recorder.flush() },
      told: () => feed.publish({ events: 1 }),
    }),
    buses: () => field.statistics(),
    budgets: onceFor(config, (current) => current.buses.map((bus) => busBudget(bus, current, drivers))),
    onEvents: (listener) =>
      feed.onChange(({ events = 0 }) => {
        if (events > 0) listener();
      }),
    health: () => ({
      recorder: recorder.statistics(),
      storeTrouble: core.storeTrouble(),
      configuration: running.state,
      broker: { online: mqtt.online(), trouble: mqtt.trouble(), refusals: mqtt.refusals() },
      inbox: mqtt.counters().inbox,
      commands: commandCounts(),
      loopLagMs: lag.read().max,
      skippedPolls: field.skippedPolls,
      monitoringStation: options.station?.state() ?? null,
      simulatedTime: options.simulatedTime?.words() ?? null,
    }),
    broker: () => mqtt.description(),
  };
  return startApi(deps, config().api);
}

/** `work` of the current configuration, done once for each. */
function onceFor<T>(config: () => SiteConfig, work: (current: SiteConfig) => T): () => T {
  let done: { readonly current: SiteConfig; readonly result: T } | undefined;
  return () => {
    const current = config();
    if (done?.current !== current) done = { current, result: work(current) };
    return done.result;
  };
}
