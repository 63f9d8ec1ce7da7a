/** What is left of a monitoring station when a site has none any more. */
import { mayPass } from '../store/errors.ts';
import type { Store } from '../store/store.ts';

/** The next one begins with what happens from then on: what came meanwhile was nobody's to be told. */
export async function forgetStation({ monitoringStation, write }: Pick<Store, 'monitoringStation' | 'write'>) {
  if (monitoringStation.through() === null) return;
  try {
    await write('monitoringStationForgotten');
  } catch (error) {
    // It is forgotten at the next start.
    if (!mayPass(error)) throw error;
  }
}
