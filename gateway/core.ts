/** The middle of the gateway: what comes in from the field goes through the alarms into the store, and is told from there. */
import type { Logger } from 'pino';
import { createAlarmEngine, type AlarmDecision, type AlarmEngine, type DecisionResult } from './alarms/engine.ts';
import { createAlarmTimer } from './alarms/timer.ts';
import type { Clock } from './clock.ts';
import type { SiteConfig } from './config/site-config.ts';
import { createFeed, type Feed } from './feed.ts';
import type { Seen } from './ingest/device-task.ts';
import { mayPass } from './store/open.ts';
import { Recorder } from './store/record.ts';
import { openStore, type Store } from './store/store.ts';

export interface Core {
  readonly store: Store;
  readonly feed: Feed;
  readonly recorder: Recorder;
  /** What a poll saw: its readings and pulses, then the state that it has shown. Each is one transaction. */
  readonly observe: (seen: Seen) => void;
  /** A person's decisions, each with its row in the audit. */
  readonly alarms: {
    readonly acknowledge: (decision: AlarmDecision) => DecisionResult;
    readonly reset: (decision: AlarmDecision) => DecisionResult;
  };
  /** Calls `listener` when the store can be written again after it could not. */
  readonly onRecovered: (listener: () => void) => void;
  /** Notes who did what. While the store cannot be written, the log has it. */
  readonly audit: (entry: { who: string; what: string; detail: Readonly<Record<string, unknown>> }) => void;
  readonly configure: (config: SiteConfig) => void;
  readonly close: () => void;
}

/** `file`: the store's. Throws StoreError when the store cannot be used. */
export function openCore(config: SiteConfig, file: string, clock: Clock, log: Logger): Core {
  const { site } = config;
  const store = openStore({ ...config.store, file, site: site.id, gateway: site.id, now: clock.now() });
  const feed = createFeed(store);
  const recovered = new Set<() => void>();
  const recorder = new Recorder({
    store,
    clock,
    onCommitted: feed.publish,
    onTrouble: (reason) => {
      if (reason !== null) return log.error(reason);
      log.info('the store can be written again');
      recovered.forEach((listener) => listener());
    },
  });
  const rows = store.alarms.list('all');
  const record = recorder.record.bind(recorder);
  const engine = createAlarmEngine({ clock, definitions: config.alarms, rows, record });
  const timer = createAlarmTimer(engine, clock);

  const audit: Core['audit'] = (entry) => {
    try {
      store.audit.append({ ...entry, at: clock.now() });
    } catch (error) {
      if (!mayPass(error)) throw error;
      log.error({ entry, error }, 'what was done could not be written to the audit');
    }
  };
  return {
    store,
    feed,
    recorder,
    observe: (seen) => {
      takeIn(engine, seen);
      timer.rearm();
    },
    audit,
    onRecovered: (listener) => recovered.add(listener),
    alarms: decisions(engine, audit, () => timer.rearm()),
    configure: (next) => {
      engine.configure(next.alarms);
      timer.rearm();
    },
    close: () => {
      timer.stop();
      recorder.flush();
      store.close();
    },
  };
}

function decisions(engine: AlarmEngine, audit: Core['audit'], rearm: () => void): Core['alarms'] {
  const decide = (verb: 'acknowledge' | 'reset') => (decision: AlarmDecision) => {
    const result = engine[verb](decision);
    const { by, ...detail } = decision;
    audit({ who: by, what: `alarm.${verb}`, detail: { ...detail, outcome: result.ok ? 'done' : result.code } });
    rearm();
    return result;
  };
  return { acknowledge: decide('acknowledge'), reset: decide('reset') };
}

function takeIn(engine: AlarmEngine, { device, seen, pulses, observation, state }: Seen): void {
  engine.observe({ device, seen, pulses, observation });
  if (state !== undefined) engine.deviceState(device, state, { device });
}
