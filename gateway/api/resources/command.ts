/** A command as it is answered. */
import { z } from 'zod';
import { iso } from '../../broker/messages.ts';
import { outgoing } from '../../broker/outgoing.ts';
import { commandOutcome } from '../../broker/schemas.ts';
import type { CommandRow } from '../../store/rows.ts';
import { time, value } from '../schema/fields.ts';

export const commandSchema = z.object({
  id: z.string(),
  device: z.string(),
  action: z.string(),
  value,
  by: z.string(),
  via: z.string(),
  state: z.enum(['accepted', 'sent', 'done', 'failed', 'expired']),
  acceptedAt: time,
  expiresAt: time,
  sentAt: time,
  finishedAt: time,
  result: commandOutcome.nullable().describe('When done: what was read back, or seen to change'),
  error: z.string().nullable().describe('Why not, in words'),
});

export function commandView(row: CommandRow): z.input<typeof commandSchema> {
  const { acceptedAt, expiresAt, sentAt, finishedAt, result } = row;
  return {
    ...row,
    acceptedAt: iso(acceptedAt),
    expiresAt: iso(expiresAt),
    sentAt: iso(sentAt),
    finishedAt: iso(finishedAt),
    result: result && commandOutcome.parse(outgoing(result)),
  };
}
