/** Metering as part of the running gateway: what is polled of meters is collected, and the registry in force is kept. */
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { SiteConfig } from '../config/site-config.ts';
import type { Seen } from '../ingest/device-task.ts';
import { mayPass } from '../store/errors.ts';
import type { Store } from '../store/store.ts';
import { Collection } from './collection/collection.ts';

export interface MeteringOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  /** Asks for this point once more, as soon as its line is free. */
  readonly readAgain: (device: string, point: string) => void;
}

export type Metering = Awaited<ReturnType<typeof startMetering>>;

/** Resolves when the registry in force is kept. */
export async function startMetering(started: SiteConfig, { store, clock, log, readAgain }: MeteringOptions) {
  const collection = new Collection(started, { store, clock, readAgain });
  await keepRegistry(started);

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
    take: (seen: Seen): Seen => collection.take(seen),
    /** Resolves when it is in force. */
    async configure(next: SiteConfig): Promise<void> {
      collection.configure(next);
      await keepRegistry(next);
    },
  };
}
