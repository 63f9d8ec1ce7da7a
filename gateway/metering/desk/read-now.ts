/** A meter is asked now, through the ordinary way of its readings: judged, asked again where it is in doubt, and stored. */
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import type { PlacedRegister } from '../collection/registers.ts';
import type { MeterReading } from '../model.ts';
import type { AwaitedReadings } from './awaited.ts';
import { refuse, type DeskRefused } from './refusals.ts';

export interface ReadNowOptions {
  readonly store: Pick<Store, 'meterReadings' | 'devices'>;
  readonly clock: Clock;
  readonly awaited: AwaitedReadings;
  /** Asks for this point once more, as soon as its line is free. */
  readonly readAgain: (device: string, point: string) => void;
  /** Resolves when what was observed is in the store. */
  readonly flush: () => Promise<unknown>;
  /** How long one answer is waited for: a slow line with many meters takes its time. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 30_000;
/** The first answer, and the one that was asked for because that was not plausible. */
const ANSWERS = 2;

export type ReadNow = { readonly ok: true; readonly reading: MeterReading } | DeskRefused;

/** The reading that is stored by it, good or suspect. */
export async function readNow(placed: PlacedRegister, options: ReadNowOptions): Promise<ReadNow> {
  const { store, clock, awaited, readAgain, flush, patienceMs = PATIENCE_MS } = options;
  const { device, point, meter } = placed;
  const from = clock.now();
  for (let answers = 0; answers < ANSWERS; answers += 1) {
    const next = awaited.next(device, point, patienceMs);
    readAgain(device, point);
    const seen = await next;
    if (seen === null) return noAnswer(store.devices.get(device)?.reason ?? '');
    if (seen.quality === 'bad') return noAnswer(seen.reason ?? '');
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
