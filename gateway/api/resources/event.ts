/** An event as it is answered, over requests and on the stream. */
import { z } from 'zod';
import { iso } from '../../broker/messages.ts';
import { outgoing } from '../../broker/outgoing.ts';
import type { EventRow } from '../../store/rows.ts';
import { seq, time } from '../schema/fields.ts';

export const eventSchema = z.object({
  seq: seq.describe('One sequence over everything; without holes within an epoch'),
  id: z.string().describe('The same at every redelivery'),
  domain: z.string().describe('`alarm` and `command` are the transitions and the results'),
  type: z.string(),
  source: z.string().describe('The device or equipment that it is about'),
  at: time,
  recordedAt: time,
  data: z.record(z.string(), z.unknown()),
});

export type EventView = z.input<typeof eventSchema>;

/** Passwords, telephone numbers and the text of messages stay here: to see those takes a log-in, which there is not yet. */
export function eventView({ seq: row, id, domain, type, source, at, recordedAt, data }: EventRow): EventView {
  return { seq: row, id, domain, type, source, at: iso(at), recordedAt: iso(recordedAt), data: outgoing(data) };
}
