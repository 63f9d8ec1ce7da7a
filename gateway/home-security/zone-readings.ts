/** How the zones of a home look to the alarms: a reading of each, which is true while it is an intrusion. Pure. */
import type { Reading } from '../../drivers/contract.ts';
import type { Observed } from '../alarms/engine.ts';
import { alarmKey } from '../alarms/types.ts';
import { TYPE_OF_KIND, zonePoint } from '../alarms/zone-drafts.ts';
import type { GuardedHome, GuardedZone } from './guarded-homes.ts';
import { counts, type Move } from './home-rules.ts';
import { sightOf, type HomeState } from './home-state.ts';

/** What the engine is told of the zones on one device. */
export type ZoneSighting = Pick<Observed, 'seen'> & { readonly pulses: NonNullable<Observed['pulses']> };

/**
 * By device: zones that were `looked` at, that are an intrusion now, or that look different from before. Each intrusion is a
 * pulse, for a zone may be closed again by the time.
 */
export function sightings(
  before: HomeState,
  { state, intrusions }: Move,
  home: GuardedHome,
  looked: ReadonlySet<string>,
  at: number,
): ReadonlyMap<string, ZoneSighting> {
  const tripped = new Map(intrusions.map(({ zone, found }) => [zone, found]));
  const told = home.zones.filter(
    (zone) => looked.has(zone.id) || tripped.has(zone.id) || valueOf(before, zone) !== valueOf(state, zone),
  );
  const byDevice = Map.groupBy(told, ({ device }) => device);
  const sightingOf = (zones: readonly GuardedZone[]): ZoneSighting => ({
    seen: zones.flatMap((zone) => readingOf(home, zone, state, at)),
    pulses: zones.flatMap(({ id }) => {
      const found = tripped.get(id);
      return found === undefined ? [] : { point: zonePoint(home.id, id), count: 1, afterOutage: found };
    }),
  });
  return new Map([...byDevice].map(([device, zones]) => [device, sightingOf(zones)]));
}

/** The key of the alarm that a zone raises while its home is armed. */
export function intrusionOf(home: string, zone: string): string {
  return alarmKey(home, TYPE_OF_KIND.instant, zone);
}

function readingOf({ id: home }: GuardedHome, zone: GuardedZone, state: HomeState, at: number): Reading[] {
  const value = valueOf(state, zone);
  const point = zonePoint(home, zone.id);
  if (value === 'waits') return [];
  if (value === null) return [{ point, value, quality: 'bad', reason: 'nobody knows whether the zone is closed', at }];
  return [{ point, value, quality: 'good', at }];
}

/** Null: not known. `waits`: for the end of the entry delay. */
function valueOf(state: HomeState, zone: GuardedZone): boolean | null | 'waits' {
  if (!counts(state, zone)) return false;
  if (state.entry?.zones.includes(zone.id)) return 'waits';
  const { level } = sightOf(state, zone.id);
  if (level === 'closed') return false;
  return level === 'open' ? state.alarming.has(zone.id) : null;
}
