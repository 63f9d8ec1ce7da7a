/** A meter's clock: reading and setting it. */
import type { Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import { secondsOf, textOf, type MeterTime } from './decode-time.ts';
import type { Master } from './master.ts';
import { readCurrent, timeIn } from './read-item.ts';
import { clockRequest } from './requests.ts';

export interface ClockReading {
  readonly time: MeterTime;
  /** When the reply had arrived, Unix milliseconds. */
  readonly at: number;
}

/** Between the time that was set and the time that is read back, besides what passed between. */
const TOLERANCE_S = 60;

/** Reads the clock out of the current reading, which every meter has. Rejects with DriverError. */
export async function readClock(master: Master, link: Link): Promise<ClockReading> {
  const reading = await readCurrent(master, link);
  const time = timeIn(reading);
  if (time === null) throw new DriverError('config', reading.reason ?? 'the reading has no time');
  return { time, at: reading.at };
}

/**
 * Sets the clock, once, and reads it back. `text`: the local time at `shownAt`, Unix milliseconds; what has passed since is
 * added when it is sent. Rejects with DriverError; `unconfirmed` where the meter then has another time, or none.
 */
export async function setClock(master: Master, link: Link, text: string, shownAt = link.now()): Promise<ClockReading> {
  const shownS = secondsOf(text);
  if (shownS === null) throw new DriverError('config', `${text} is no time`);
  const localS = (): number => shownS + (link.now() - shownAt) / 1000;
  await master.learnOrder(link);
  const sent = textOf(localS());
  await write(master, link, sent);
  const reading = await readClock(master, link);
  const found = reading.time.text === null ? null : secondsOf(reading.time.text);
  if (found !== null && Math.abs(found - localS()) <= TOLERANCE_S) return reading;
  const shown = reading.time.text ?? reading.time.reason ?? 'nothing';
  throw new DriverError('unconfirmed', `the clock was set to ${sent}, and reads ${shown}`);
}

/** A lost answer is no doubt: the clock that is read next shows what became of it. */
async function write(master: Master, link: Link, text: string): Promise<void> {
  try {
    await master.write(link, clockRequest(text));
  } catch (error) {
    if (!(error instanceof DriverError) || !error.mayHaveArrived) throw error;
  }
}
