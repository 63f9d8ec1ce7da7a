/** An alarm as it is answered: its state as on MQTT, and what a person needs beside it. */
import { z } from 'zod';
import type { AlarmDefinition } from '../../alarms/types.ts';
import { alarmStatePayload } from '../../broker/messages.ts';
import { alarmState } from '../../broker/schemas.ts';
import type { Equipment } from '../../config/schema.ts';
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
  cameraRef: z.string().nullable().describe('The camera that looks at it, as the site file names it'),
  contacts: z.array(z.string()).describe('Whom to call, as the site file has it'),
});

type Place = Pick<Equipment, 'location' | 'cameraRef' | 'contacts'> & { readonly nameZh?: string | undefined };

export type AlarmView = z.input<typeof alarmSchema>;

/** How one configuration shows alarms. */
export function alarmViewer(config: SiteConfig, epoch: number): (row: AlarmRow) => AlarmView {
  const definitions = new Map(config.alarms.map((definition) => [definition.alarm, definition]));
  const { buses, devices, equipment } = config;
  const places = new Map<string, Place>([
    ...buses.map(({ id, nameZh }) => [id, { nameZh }] as const),
    ...[...devices, ...equipment].map((place) => [place.id, place] as const),
  ]);
  return (row) => {
    const place = places.get(row.source);
    return {
      ...alarmStatePayload(row, epoch),
      ...(row.changedAt === 0 && { changedAt: null }),
      ...namesOf(definitions.get(row.alarm)),
      sourceNameZh: place?.nameZh ?? null,
      location: place?.location ?? null,
      cameraRef: place?.cameraRef ?? null,
      contacts: [...(place?.contacts ?? [])],
    };
  };
}

function namesOf(definition: AlarmDefinition | undefined) {
  const { nameZh = null, nameEn = null, guidanceZh = null } = definition?.settings ?? {};
  return { nameZh, nameEn, guidanceZh };
}
