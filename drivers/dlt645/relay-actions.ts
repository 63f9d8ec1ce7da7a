/** Commands to a meter's relay: sent once, valid for minutes by the meter's own clock, proved by its status word. */
import type { Link, Reading } from '../contract.ts';
import { DriverError } from '../errors.ts';
import type { LocalTime } from './local-time.ts';
import { readClock } from './meter-clock.ts';
import { commandRelay } from './meter-relay.ts';
import type { Dlt645Profile } from './profile.ts';
import type { RelayCommand } from './relay-command.ts';
import { relayReadings } from './relay-points.ts';
import type { Meter } from './requests.ts';
import { asIfUtc } from './settlement-moments.ts';

/** The meter refuses a command whose time is over; it is carried out when it arrives. */
const VALID_MS = 5 * 60_000;

/** Resolves with what the status word shows afterwards. Rejects with DriverError. */
export async function carryOutRelay(
  link: Link,
  meter: Meter,
  { credentials, points }: Pick<Dlt645Profile, 'credentials' | 'points'>,
  command: RelayCommand,
): Promise<Reading[]> {
  if (meter.version === '1997') throw new DriverError('unsupported', 'DL/T 645-1997 has no relay command');
  const validUntil = await inMinutes(link, meter);
  const { state } = await commandRelay(link, meter, { command, credentials, validUntil });
  return relayReadings(points, state);
}

async function inMinutes(link: Link, meter: Meter): Promise<LocalTime> {
  const { localTime, reason = '' } = await readClock(link, meter);
  if (localTime === null) {
    throw new DriverError(
      'refused',
      `the clock of meter ${meter.address} tells no time, and a command needs one: ${reason}`,
    );
  }
  const until = new Date(asIfUtc(localTime) + VALID_MS);
  return {
    year: until.getUTCFullYear(),
    month: until.getUTCMonth() + 1,
    day: until.getUTCDate(),
    hour: until.getUTCHours(),
    minute: until.getUTCMinutes(),
    second: until.getUTCSeconds(),
  };
}
