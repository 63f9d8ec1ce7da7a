/** An alarm as it is answered: its state as on MQTT, and what a person needs beside it. */
import { z } from 'zod';
import type { AlarmDefinition } from '../../alarms/types.ts';
import { alarmStatePayload } from '../../broker/messages.ts';
import { alarmState } from '../../broker/schemas.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import type { AlarmRow } from '../../store/rows.ts';
import { time } from '../schema/fields.ts';

export const alarmSchema = alarmState.extend({
  /** Null for an alarm that never was. */
  changedAt: time,
  nameZh: z.string().nullable().describe('Null, as the other names, where no rule defines the alarm any more'),
  nameEn: z.string().nullable(),
  guidanceZh: z.string().nullable().describe('What the guard does first'),
  sourceNameZh: z.string().nullable(),
  location: z.string().nullable(),
});

export type AlarmView = z.input<typeof alarmSchema>;

/** How one configuration shows alarms. */
export function alarmViewer(config: SiteConfig, epoch: number): (row: AlarmRow) => AlarmView {
  const definitions = new Map(config.alarms.map((definition) => [definition.alarm, definition]));
  const buses = config.buses.map(({ id, nameZh }) => ({ id, nameZh, location: undefined }));
  const places = new Map([...buses, ...config.devices, ...config.equipment].map((place) => [place.id, place]));
  return (row) => {
    const place = places.get(row.source);
    return {
      ...alarmStatePayload(row, epoch),
      ...(row.changedAt === 0 && { changedAt: null }),
      ...namesOf(definitions.get(row.alarm)),
      sourceNameZh: place?.nameZh ?? null,
      location: place?.location ?? null,
    };
  };
}

function namesOf(definition: AlarmDefinition | undefined) {
  const { nameZh = null, nameEn = null, guidanceZh = null } = definition?.settings ?? {};
  return { nameZh, nameEn, guidanceZh };
}
