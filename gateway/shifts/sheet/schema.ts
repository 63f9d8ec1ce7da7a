/** The handover sheet as it is signed, kept and answered. Times are ISO 8601 in UTC. */
import { z } from 'zod';

const time = z.iso.datetime();

const person = z.object({ id: z.string(), name: z.string() });

const named = z.object({
  alarm: z.string(),
  nameZh: z.string().nullable(),
  nameEn: z.string().nullable(),
  source: z.string(),
  sourceNameZh: z.string().nullable(),
  location: z.string().nullable(),
  priority: z.int(),
  drill: z.boolean(),
  occurrenceId: z.string().nullable(),
});

const step = z.object({
  at: time,
  type: z.string().describe('What happened: raise, clear, ack, reset, shelve …'),
  by: z.string().nullable(),
  note: z.string().nullable(),
});

const occurrence = named.extend({
  began: time.nullable().describe('Null where the journal does not reach so far'),
  times: z.int().describe('How often it was raised'),
  level: z.int().describe('The highest level that it reached'),
  steps: z.array(step).describe('Its beginning, what people did, and when its condition was last gone'),
  waitS: z.number().nullable().describe('The longest that it waited for a person; null where nobody has come yet'),
  isWaiting: z.boolean(),
});

const alarm = named.extend({
  letter: z.enum(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I']),
  since: time.nullable().describe('Of its raise; of what is hidden, of that'),
  by: z.string().nullable().describe('Who acknowledged, shelved or permitted it'),
  why: z.string().nullable(),
  until: time.nullable(),
  hiddenBy: z.array(z.string()),
});

const note = z.object({
  id: z.int(),
  shift: z.int(),
  at: time,
  by: z.string(),
  text: z.string(),
  alarm: z.string().nullable(),
  occurrenceId: z.string().nullable(),
  isOpen: z.boolean().describe('To be done: carried over until a note closes it'),
  corrects: z.int().nullable(),
  closes: z.int().nullable(),
});

const listed = <S extends z.ZodType>(item: S) =>
  z.object({ total: z.int().describe('More than there are items: the rest is left out'), items: z.array(item) });

export const sheetSchema = z.object({
  version: z.literal(1),
  site: z.object({ id: z.string(), nameZh: z.string(), timezone: z.string() }),
  shift: z.int(),
  from: time,
  to: time.describe('All of it is of this moment'),
  coveredFrom: time.describe(
    'Figures, occurrences and gaps are from here on: where the sheet before ends; of a shift of weeks later',
  ),
  people: z.array(person).describe('What the names of this sheet stand for'),
  outgoing: z.array(person),
  incoming: z.array(person),
  figures: z.object({
    alarms: z.int(),
    mostPerTenMinutes: z.int(),
    inFlood: z.int(),
    floodS: z.number(),
    chattering: z.int(),
    acknowledged: z.int(),
    unacknowledged: z.int(),
    meanToAcknowledgeS: z.number().nullable(),
  }),
  standing: listed(alarm).describe('Not normal now, and not hidden'),
  shelved: listed(alarm),
  suppressed: listed(alarm),
  outOfService: listed(alarm),
  occurrences: listed(occurrence).describe('Announced, or dealt with, in the shift'),
  drills: listed(occurrence),
  buttonTests: z.array(
    z.object({
      at: time,
      source: z.string(),
      sourceNameZh: z.string().nullable(),
      result: z.string(),
      by: z.string(),
      note: z.string().nullable(),
    }),
  ),
  buses: z.array(z.object({ id: z.string(), nameZh: z.string().nullable(), reason: z.string() })),
  devices: listed(
    z.object({
      id: z.string(),
      nameZh: z.string().nullable(),
      location: z.string().nullable(),
      state: z.string(),
      since: time.nullable(),
      reason: z.string(),
    }),
  ),
  gaps: z.array(z.object({ from: time, to: time, kind: z.enum(['down', 'readings']), reason: z.string() })),
  notes: listed(note),
  openItems: z
    .array(note.extend({ corrections: z.array(note) }))
    .describe('To be done, of this shift and earlier ones, with what was put right since'),
});

export type HandoverSheet = z.infer<typeof sheetSchema>;
export type SheetOccurrence = z.infer<typeof occurrence>;
export type SheetAlarm = z.infer<typeof alarm>;
export type SheetNote = z.infer<typeof note>;
export type SheetPerson = z.infer<typeof person>;
export const sheetNoteSchema = note;
