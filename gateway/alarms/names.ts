/** What alarms and the places that they are at are called. */
import type { SiteConfig } from '../config/site-config.ts';
import type { AlarmRow } from '../store/rows.ts';
import type { AlarmDefinition } from './types.ts';

export interface AlarmNames {
  /** Null where no rule defines the alarm, and no other one of its type. */
  readonly nameZh: string | null;
  readonly nameEn: string | null;
  readonly sourceNameZh: string | null;
  readonly location: string | null;
}

/** How one configuration calls them: by the alarm's own definition, or else by any of its type. */
export function alarmNames(
  config: Pick<SiteConfig, 'alarms' | 'buses' | 'devices' | 'equipment'>,
): (alarm: Pick<AlarmRow, 'alarm' | 'type' | 'source'>) => AlarmNames {
  const byKey = new Map(config.alarms.map((definition) => [definition.alarm, definition]));
  const byType = new Map(config.alarms.map((definition) => [definition.type, definition]));
  const buses = config.buses.map(({ id, nameZh }) => ({ id, nameZh, location: undefined }));
  const places = new Map([...buses, ...config.devices, ...config.equipment].map((place) => [place.id, place]));
  return ({ alarm, type, source }) => {
    const definition: AlarmDefinition | undefined = byKey.get(alarm) ?? byType.get(type);
    const place = places.get(source);
    const { nameZh = null, nameEn = null } = definition?.settings ?? {};
    return { nameZh, nameEn, sourceNameZh: place?.nameZh ?? null, location: place?.location ?? null };
  };
}
