/** The sender, put together: what it needs of the rest of the gateway. */
import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { parseKey } from '../../drivers/dc09/cipher.ts';
import type { Clock } from '../clock.ts';
import type { SiteConfig } from '../config/site-config.ts';
import type { Core } from '../core.ts';
import { alarmNames, type AlarmNames } from './alarm-names.ts';
import { pathReading, STATION } from './path-alarm.ts';
import { StationSender, type StationState } from './sender.ts';

export interface RunningStation {
  readonly state: () => StationState;
  /** Tells how the way to the station is, for whoever goes by it may be new. */
  readonly tellPath: () => void;
  readonly close: () => Promise<void>;
}

export interface StationOptions {
  readonly core: Pick<Core, 'store' | 'feed' | 'observe'>;
  /** What runs now: names and codes may change, the station itself waits for a restart. */
  readonly config: () => SiteConfig;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Null where the site has none. Throws where the key cannot be read, which `check` tells too. */
export function startStation({ core, config, clock, log }: StationOptions): RunningStation | null {
  const settings = config().monitoringStation;
  if (!settings) return null;
  const { store, feed, observe } = core;
  const tell = (isUp: boolean): void => {
    const reading = pathReading(!isUp, clock.now());
    observe({ device: STATION, seen: [reading], pulses: [], observation: { device: STATION } });
  };
  const sender = new StationSender({
    ...{ settings, store, clock, log, key: keyFrom(settings.keyFile) },
    names: namesOf(config),
    onPath: (isUp) => {
      tell(isUp);
      if (isUp) log.info({ allClear: true }, 'the monitoring station acknowledges');
      else log.warn({ receivers: sender.state.receivers }, 'no receiver of the monitoring station acknowledges');
    },
  });
  const unsubscribe = feed.onChange(({ alarms = [] }) => {
    if (alarms.length > 0) sender.wake();
  });
  sender.start();
  return {
    state: () => sender.state,
    tellPath: () => {
      const { up } = sender.state;
      if (up !== null) tell(up);
    },
    close: () => {
      unsubscribe();
      return sender.close();
    },
  };
}

function keyFrom(file: string | undefined): Uint8Array | null {
  if (file === undefined) return null;
  const key = parseKey(readFileSync(file, 'utf8').trim());
  if (key === null) throw new Error(`${file} has no key of 32, 48 or 64 hex digits`);
  return key;
}

/** Once for each configuration. */
function namesOf(config: () => SiteConfig): () => AlarmNames {
  let known: { readonly config: SiteConfig; readonly names: AlarmNames } | undefined;
  return () => {
    const current = config();
    if (known?.config !== current) known = { config: current, names: alarmNames(current) };
    return known.names;
  };
}
