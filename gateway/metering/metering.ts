/** Metering as part of the running gateway: what is polled of meters is collected, and the registry in force is kept. */
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { SiteConfig } from '../config/site-config.ts';
import type { Seen } from '../ingest/device-task.ts';
import { mayPass } from '../store/errors.ts';
import type { Store } from '../store/store.ts';
import { Billing } from './billing/billing.ts';
import { Handover } from './billing/handover.ts';
import { Collection } from './collection/collection.ts';
import { Desk, type DeskOptions } from './desk/desk.ts';
import type { ReadNowOptions } from './desk/read-now.ts';
import { ClockSetter, type ClockSetterOptions } from './watch/clock-setter.ts';
import { MeterWatch } from './watch/watch.ts';

export interface MeteringOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  /** Asks for this point once more, as soon as its line is free. */
  readonly readAgain: (device: string, point: string) => void;
  readonly readNow: ReadNowOptions['readNow'];
  readonly settableClock: ClockSetterOptions['settableClock'];
  /** Resolves when what was observed is in the store. */
  readonly flush: () => Promise<unknown>;
}

export type Metering = Awaited<ReturnType<typeof startMetering>>;

/** Resolves when the registry in force is kept. */
export async function startMetering(
  started: SiteConfig,
  { store, clock, log, readAgain, readNow, settableClock, flush }: MeteringOptions,
) {
  let current = started;
  const config = () => current;
  const collection = new Collection(started, { store, clock, readAgain });
  const clockSetter = new ClockSetter({ store, clock, log, config, readNow, settableClock });
  const watch = new MeterWatch(started, { store, onClock: (read) => clockSetter.seen(read) });
  const lookedAt: DeskOptions['lookedAt'] = async (look) => {
    // What was polled before it was decided may be on its way to the store.
    await flush();
    const row = collection.lookedAt(look);
    if (row) await store.write('lookedAtMeter', row, look.isAnew);
  };
  const desk = new Desk({ store, clock, config, readAgain, readNow, flush, lookedAt });
  const billing: Billing = new Billing({ store, clock, config, onClosed: () => handover.wake() });
  const handover = new Handover({ billing, store, config, log });
  await keepRegistry(started);
  handover.wake();

  async function keepRegistry({ registry: { version, files } }: SiteConfig): Promise<void> {
    try {
      await store.write('keepRegistry', version, files, clock.now());
    } catch (error) {
      if (!mayPass(error)) throw error;
      log.error(
        { error },
        'the registry of meters could not be kept: no run can be drafted by it before the next start',
      );
    }
  }

  return {
    /** What was polled, with what it says of meters. */
    take(seen: Seen): Seen {
      return watch.take(collection.take(seen));
    },
    /** Billing runs, and the clerk's decisions about readings. */
    ...{ billing, desk },
    handoverTrouble: (run: string) => handover.trouble(run),
    /** Resolves when it is in force. */
    async configure(next: SiteConfig): Promise<void> {
      current = next;
      collection.configure(next);
      watch.configure(next);
      await keepRegistry(next);
      handover.wake();
    },
    /** Resolves when nothing of it is under way. */
    stop: async (): Promise<void> => {
      clockSetter.stop();
      await handover.stop();
    },
  };
}
