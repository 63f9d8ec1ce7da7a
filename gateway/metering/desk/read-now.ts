/** A meter is asked now: what it says is judged, asked for again where it is in doubt, and stored, as whatever is polled. */
import type { Reading } from '../../../drivers/contract.ts';
import { DriverError } from '../../../drivers/errors.ts';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import type { PlacedRegister } from '../collection/registers.ts';
import type { MeterReading } from '../model.ts';
import { refuse, type DeskRefused } from './refusals.ts';

export interface ReadNowOptions {
  readonly store: Pick<Store, 'meterReadings'>;
  readonly clock: Clock;
  /** Asks for a point at once, before all that waits for its line. Undefined where nothing reads it. */
  readonly readNow: (device: string, point: string) => Promise<Reading | DriverError | undefined>;
  /** Resolves when what was observed is in the store. */
  readonly flush: () => Promise<unknown>;
}

/** The first answer, and the one that is asked for because that was not plausible. */
const ANSWERS = 2;

export type ReadNow = { readonly ok: true; readonly reading: MeterReading } | DeskRefused;

/** The reading that is stored by it, good or suspect. */
export async function readMeterNow(
  { device, point, meter }: PlacedRegister,
  options: ReadNowOptions,
): Promise<ReadNow> {
  const { store, clock, readNow, flush } = options;
  const from = clock.now();
  for (let answers = 0; answers < ANSWERS; answers += 1) {
    const seen = await readNow(device, point);
    if (seen instanceof DriverError) return noAnswer(seen.message);
    if (seen?.quality === 'bad') return noAnswer(seen.reason ?? '');
    await flush();
    const to = Math.max(from, clock.now());
    const [reading] = store.meterReadings.list({ meter: meter.number, from, to, limit: 1 });
    if (reading) return { ok: true, reading };
  }
  return noAnswer('');
}

function noAnswer(reason: string): DeskRefused {
  return reason === '' ? refuse('noAnswer') : refuse('noAnswer', { zh: reason, en: reason });
}
