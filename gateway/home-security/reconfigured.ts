/** What becomes of a home when the configuration changes around it. Pure. */
import type { SiteConfig } from '../config/site-config.ts';
import type { HomeRow, NewEvent } from '../store/rows.ts';
import type { GuardedHome, GuardedZone } from './guarded-homes.ts';
import { homeEvent } from './home-events.ts';
import type { HomeState } from './home-state.ts';

const CONFIGURATION = 'configuration';

/** Zones that are wired as before keep what is known of them, while their device is polled; others have not been read. */
export function carriedOver(
  { home: old, state }: { readonly home: GuardedHome; readonly state: HomeState },
  home: GuardedHome,
  { devices }: Pick<SiteConfig, 'devices'>,
): HomeState {
  const polled = new Set(devices.flatMap(({ id, enabled }) => (enabled ? id : [])));
  const before = new Map(old.zones.map((zone) => [zone.id, wiring(zone)]));
  const same = new Set(
    home.zones.flatMap((zone) => (polled.has(zone.device) && before.get(zone.id) === wiring(zone) ? zone.id : [])),
  );
  const hasSameKey = JSON.stringify(old.keyswitch) === JSON.stringify(home.keyswitch);
  return {
    ...state,
    key: hasSameKey ? state.key : null,
    zones: new Map([...state.zones].filter(([zone]) => same.has(zone))),
    alarming: new Set([...state.alarming].filter((zone) => same.has(zone))),
  };
}

/** Of a home that is guarded no more: null where there is nothing to say of it. `at`: Unix milliseconds. */
export function leftBehind(
  row: HomeRow,
  at: number,
): { readonly events: readonly NewEvent[]; readonly homes: readonly HomeRow[] } | null {
  const { home, mode, entry } = row;
  if (mode === 'disarmed') return null;
  const news = { type: 'disarmed', by: CONFIGURATION, mode, entered: entry?.zones ?? [] } as const;
  const over = { bypassed: [], exit: null, entry: null, key: null };
  return {
    events: [homeEvent(home, news, at)],
    homes: [{ ...row, ...over, mode: 'disarmed', by: CONFIGURATION, at }],
  };
}

function wiring({ device, tests, edges }: GuardedZone): string {
  return JSON.stringify([device, tests, edges]);
}
