/** Shifts as they are answered, with what was noted in them and how they were handed over. */
import { z } from 'zod';
import { iso } from '../../broker/messages.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import { sheetNote } from '../../shifts/sheet/notes.ts';
import { sheetNoteSchema } from '../../shifts/sheet/schema.ts';
import type { HandoverRow, ShiftRow } from '../../store/shift-rows.ts';
import type { ApiDeps } from '../deps.ts';
import { time } from '../schema/fields.ts';

export const shiftSchema = z.object({
  shift: z.int(),
  persons: z.array(z.object({ id: z.string(), name: z.string() })),
  from: time,
  to: time.describe('Null: they are on duty'),
});

export const handoverSchema = z.object({
  handover: z.int(),
  shift: z.int(),
  incoming: z.array(z.string()),
  sha256: z.string().describe('Of the bytes of its sheet'),
  state: z
    .enum(['signed', 'accepted', 'objected', 'replaced'])
    .describe('signed: waits for the second signature; replaced: by a newer one before that'),
  signedBy: z.string(),
  signedAt: time,
  answeredBy: z.string().nullable(),
  answeredAt: time,
  remark: z.string().nullable(),
  meanwhile: z
    .array(z.string())
    .describe('Alarms that were announced after the first signature and that nobody had acknowledged at the second'),
});

export const fullShiftSchema = shiftSchema.extend({
  handovers: z.array(handoverSchema).describe('Oldest first'),
  notes: z.array(sheetNoteSchema).describe('The newest 500, oldest first'),
});

const MOST_NOTES = 500;

export function shiftView({ people }: Pick<SiteConfig, 'people'>, row: ShiftRow): z.input<typeof shiftSchema> {
  const { id: shift, persons, from, to } = row;
  const named = persons.map((id) => ({ id, name: people.find((person) => person.id === id)?.name ?? id }));
  return { shift, persons: named, from: iso(from), to: iso(to) };
}

export function handoverView({ id, signedAt, answeredAt, ...row }: HandoverRow): z.input<typeof handoverSchema> {
  const { incoming, meanwhile, ...rest } = row;
  const lists = { incoming: [...incoming], meanwhile: [...meanwhile] };
  return { handover: id, ...rest, ...lists, signedAt: iso(signedAt), answeredAt: iso(answeredAt) };
}

export function fullShiftView({ store, config }: ApiDeps, row: ShiftRow): z.input<typeof fullShiftSchema> {
  return {
    ...shiftView(config(), row),
    handovers: store.handovers.list(row.id).map(handoverView),
    notes: store.shiftNotes.list(row.id, Number.MAX_SAFE_INTEGER, MOST_NOTES).reverse().map(sheetNote),
  };
}
