/** Which occurrences somebody looks for, as the store is asked: places and devices are those of the configuration. */
import type { SiteConfig } from '../config/site-config.ts';
import type { AlarmRow } from '../store/rows.ts';
import type { OccurrenceQuery } from '../store/tables/occurrences.ts';

export interface Sought extends Omit<OccurrenceQuery, 'sources' | 'alarms'> {
  readonly source?: string | undefined;
  /** The device whose points, or whose silence, decide the alarm. */
  readonly device?: string | undefined;
  /** Part of what is said of where the source is; capitals do not matter. */
  readonly location?: string | undefined;
}

type Places = Pick<SiteConfig, 'devices' | 'equipment'>;

/** `rows`: every alarm that ever was. */
export function queryFor(
  { source, device, location, ...rest }: Sought,
  places: Places,
  rows: readonly Pick<AlarmRow, 'alarm' | 'device'>[],
): OccurrenceQuery {
  const there = location === undefined ? undefined : sourcesAt(location, places);
  const sources = source === undefined ? there : [source].filter((id) => there?.includes(id) ?? true);
  const alarms =
    device === undefined ? undefined : rows.filter((row) => row.device === device).map(({ alarm }) => alarm);
  return { ...rest, ...(sources && { sources }), ...(alarms && { alarms }) };
}

function sourcesAt(location: string, { devices, equipment }: Places): string[] {
  const wanted = location.toLowerCase();
  return [...devices, ...equipment]
    .filter((place) => place.location?.toLowerCase().includes(wanted) ?? false)
    .map(({ id }) => id);
}
