/** What is not configured any more has no state and no current value, here and on the broker. Its history stays. */
import type { SiteConfig } from './config/site-config.ts';
import type { Core } from './core.ts';
import { mayPass } from './store/errors.ts';

export async function forgetStale({ store, feed, recorder }: Core, { devices, profiles }: SiteConfig): Promise<void> {
  await recorder.flush();
  const known = new Map(
    devices.map(({ id, profile }) => [id, new Set(profiles.get(profile)?.points.map(({ key }) => key))] as const),
  );
  const points = store.points.list().filter(({ device, point }) => !known.get(device)?.has(point));
  const gone = store.devices.list().flatMap(({ device }) => (known.has(device) ? [] : [device]));
  if (points.length + gone.length === 0) return;
  try {
    await store.write('forget', { points, devices: gone });
  } catch (error) {
    // They are forgotten at the next start.
    if (mayPass(error)) return;
    throw error;
  }
  feed.publish({ removed: { devices: gone, points } });
}
