/** What happened to an alarm from its raise to its end, as it is answered. */
import { z } from 'zod';
import { iso } from '../../broker/messages.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import type { OccurrenceRow } from '../../store/occurrence.ts';
import { seq, time } from '../schema/fields.ts';

export const occurrenceSchema = z.object({
  seq: seq.describe('Of its first event'),
  occurrenceId: z.string(),
  alarm: z.string(),
  type: z.string(),
  source: z.string(),
  nameZh: z.string().nullable().describe('Null, as the other names, where no rule defines such an alarm any more'),
  nameEn: z.string().nullable(),
  sourceNameZh: z.string().nullable(),
  location: z.string().nullable().describe('As the site has it now'),
  priority: z.int().min(1).max(4),
  drill: z.boolean(),
  state: z.enum(['open', 'closed']).describe('closed: normal again, or followed by another occurrence of the alarm'),
  letter: z.enum(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I']),
  beganAt: time,
  announcedAt: time.describe('When people were first told; null: it was hidden all the time'),
  ackedAt: time.describe('The first acknowledgement'),
  ackedBy: z.string().nullable(),
  endedAt: time.describe('When its condition went for the last time; null while it is there'),
  resetAt: time,
  closedAt: time,
  count: z.int().min(0).describe('Raises'),
  level: z.int().min(0).describe('The highest that it escalated to'),
  note: z.string().nullable().describe('What a person wrote last'),
});

export type OccurrenceView = z.output<typeof occurrenceSchema>;

/** How one configuration shows occurrences. */
export function occurrenceViewer({
  alarms,
  buses,
  devices,
  equipment,
}: Pick<SiteConfig, 'alarms' | 'buses' | 'devices' | 'equipment'>): (row: OccurrenceRow) => OccurrenceView {
  const byKey = new Map(alarms.map(({ alarm, settings }) => [alarm, settings]));
  const byType = new Map(alarms.map(({ type, settings }) => [type, settings]));
  const ofBuses = buses.map(({ id, nameZh }) => ({ id, nameZh, location: undefined }));
  const places = new Map([...ofBuses, ...devices, ...equipment].map((place) => [place.id, place]));
  return ({ lastSeq: _, beganAt, announcedAt, ackedAt, endedAt, resetAt, closedAt, ...row }) => {
    const settings = byKey.get(row.alarm) ?? byType.get(row.type);
    const place = places.get(row.source);
    return {
      ...row,
      ...{ nameZh: settings?.nameZh ?? null, nameEn: settings?.nameEn ?? null },
      ...{ sourceNameZh: place?.nameZh ?? null, location: place?.location ?? null },
      state: closedAt === null ? 'open' : 'closed',
      ...{ beganAt: iso(beganAt), announcedAt: iso(announcedAt), ackedAt: iso(ackedAt), endedAt: iso(endedAt) },
      ...{ resetAt: iso(resetAt), closedAt: iso(closedAt) },
    };
  };
}
