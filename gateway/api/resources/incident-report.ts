/** The report of one occurrence as it is answered. gateway/records/incident-report.ts says what its parts are. */
import { z } from 'zod';
import { outgoing } from '../../broker/outgoing.ts';
import type { IncidentReport } from '../../records/incident-report.ts';
import { seq, time } from '../schema/fields.ts';
import { occurrenceSchema } from './occurrence.ts';

const text = z.string().nullable();
const occurrence = occurrenceSchema.omit({ location: true, state: true });

export const reportSchema = z.object({
  site: z.object({ id: z.string(), nameZh: z.string(), timezone: z.string() }),
  version: z.string(),
  writtenAt: time,
  occurrence,
  guidanceZh: text,
  place: z.object({
    ...{ source: z.string(), nameZh: text, kind: text, location: text },
    cameraRef: text.describe('The camera that looks at it, as the site file names it'),
    contacts: z.array(z.string()),
    ...{ fedBy: text, device: text, deviceNameZh: text, deviceLocation: text, bus: text },
  }),
  timeline: z
    .array(
      z.object({
        seq,
        at: time.describe('When it happened, by its source'),
        recordedAt: time.describe('When it was on the disk'),
        ...{ type: z.string(), from: z.string(), to: z.string(), by: text, note: text },
        ...{ count: z.int(), level: z.int(), drill: z.boolean(), detectedAfterOutage: z.boolean() },
      }),
    )
    .describe('Every event of the occurrence, oldest first'),
  people: z
    .array(z.object({ id: z.string(), name: z.string() }))
    .describe('Who acted on it, as far as the site names its people now'),
  related: z
    .array(
      z.object({
        ...{ seq, at: time, recordedAt: time, domain: z.string(), type: z.string(), source: z.string() },
        data: z.record(z.string(), z.unknown()),
      }),
    )
    .describe('Events that name it: releases, commands, presses that were held back; of the first day'),
  neighbours: z.array(occurrence).describe('Other alarms that began within five minutes of it'),
  deviceNow: z
    .object({ state: z.string(), reason: z.string(), sinceAt: time })
    .nullable()
    .describe('How the device is when the report is written'),
  silences: z.array(occurrence).describe('When the device, or its bus, was silent meanwhile'),
  gaps: z.array(z.object({ fromAt: time, toAt: time, reason: z.string() })),
  outages: z
    .array(z.object({ fromAt: time, toAt: time }))
    .describe('When the gateway did not run meanwhile, to ten seconds'),
  remarks: z.array(z.object({ zh: z.string(), en: z.string() })).describe('What has to be known of the data'),
});

export type ReportView = z.output<typeof reportSchema>;

export function reportView(report: IncidentReport): ReportView {
  return outgoing({ ...report }) as ReportView;
}
