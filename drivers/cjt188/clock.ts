/** A meter's clock: reading and setting it. */
import type { Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import { secondsOf, type MeterTime } from './decode-time.ts';
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
 * Sets the clock to `text`, the local time at this moment, once, and reads it back. Rejects with DriverError; `unconfirmed`
 * where the meter then has another time, or none.
 */
export async function setClock(master: Master, link: Link, text: string): Promise<ClockReading> {
  const request = clockRequest(text);
  await master.learnOrder(link);
  const sentAt = link.now();
  try {
    await master.write(link, request);
  } catch (error) {
    if (!(error instanceof DriverError) || !error.retryable) throw error;
  }
  const reading = await readClock(master, link);
  const found = reading.time.text === null ? null : secondsOf(reading.time.text);
  const wanted = (secondsOf(text) ?? 0) + (reading.at - sentAt) / 1000;
  if (found !== null && Math.abs(found - wanted) <= TOLERANCE_S) return reading;
  const shown = reading.time.text ?? reading.time.reason ?? 'nothing';
  throw new DriverError('unconfirmed', `the clock was set to ${text}, and reads ${shown}`);
}
