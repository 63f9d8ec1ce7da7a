/** Makes meters keep their registers: at once, or at a minute of every hour, day or month. */
import type { Link } from '../contract.ts';
import { ask, tell } from './exchange.ts';
import type { FreezeMoment } from './freeze-moment.ts';
import { BROADCAST } from './frame-address.ts';
import { buildFreeze } from './requests.ts';

/**
 * Resolves when the meter has accepted it, or, for BROADCAST, when it has left: nobody answers that. What was kept is read
 * from DI3 05. Never repeated. Rejects with DriverError.
 */
export async function freeze(link: Link, address: string, moment: FreezeMoment): Promise<void> {
  const request = buildFreeze(address, moment);
  if (address === BROADCAST) await tell(link, request);
  else await ask(link, { request, version: '2007', expectedData: 0, effect: true, what: 'freeze' });
}
