/** Who is on duty, and what they note. */
import { z } from 'zod';
import type { ShiftAnswer } from '../../../shifts/refusals.ts';
import { sheetNote } from '../../../shifts/sheet/notes.ts';
import { sheetNoteSchema } from '../../../shifts/sheet/schema.ts';
import type { ApiDeps } from '../../deps.ts';
import { ApiError } from '../../errors.ts';
import { fullShiftSchema, fullShiftView, shiftSchema, shiftView } from '../../resources/shift.ts';
import { by, limit, whole } from '../../schema/fields.ts';
import { errors, type Api } from '../../schema/zod-routes.ts';
import { findAlarm } from '../alarms.ts';

const tags = ['shifts'];
const number = whole(z.int().min(1));
export const persons = z.array(by).min(1).max(20);

const noteBody = z.strictObject({
  by,
  text: z.string().trim().min(1).max(2_000),
  alarm: z.string().max(300).nullable().default(null).describe('That it is about'),
  occurrenceId: z.string().max(300).nullable().default(null).describe('Of that alarm'),
  open: z.boolean().default(false).describe('Something to be done: carried over until a note closes it'),
  corrects: z.int().min(1).nullable().default(null).describe('The note that this one puts right'),
  closes: z.int().min(1).nullable().default(null).describe('The note that is done with this one'),
});

export function shiftRoutes(api: Api, deps: ApiDeps): void {
  listRoute(api, deps);
  oneRoute(api, deps);
  beginRoute(api, deps);
  noteRoute(api, deps);
}

function listRoute(api: Api, { store, config }: ApiDeps): void {
  api.get(
    '/shifts',
    {
      schema: {
        tags,
        summary: 'Who is on duty, and who was, newest first',
        querystring: z.strictObject({
          before: whole(z.int().min(1).optional()).describe('Exclusive; the number of a shift'),
          limit: limit(500, 50),
        }),
        response: {
          200: z.object({
            onDuty: shiftSchema.nullable(),
            items: z.array(shiftSchema),
            next: z.int().nullable().describe('The `before` of the following page; null: that was all'),
          }),
        },
      },
    },
    ({ query: { before = Number.MAX_SAFE_INTEGER, limit: most } }) => {
      const rows = store.shifts.list(before, most);
      const open = store.shifts.open();
      return {
        onDuty: open ? shiftView(config(), open) : null,
        items: rows.map((row) => shiftView(config(), row)),
        next: rows.length < most ? null : (rows.at(-1)?.id ?? null),
      };
    },
  );
}

function oneRoute(api: Api, deps: ApiDeps): void {
  api.get(
    '/shifts/:shift',
    {
      schema: {
        tags,
        summary: 'One shift with its notes and its handovers',
        params: z.strictObject({ shift: number }),
        response: { 200: fullShiftSchema, ...errors('unknownShift') },
      },
    },
    ({ params: { shift } }) => {
      const row = deps.store.shifts.get(shift);
      if (!row) throw new ApiError('unknownShift', `there is no shift ${shift}`);
      return fullShiftView(deps, row);
    },
  );
}

function beginRoute(api: Api, { shifts, config }: ApiDeps): void {
  api.post(
    '/shifts',
    {
      schema: {
        tags,
        summary: 'Come on duty where nobody is: the first time, all others are handed over',
        body: z.strictObject({ by, persons: persons.optional().describe('All who come on duty; `by` alone without') }),
        response: {
          200: shiftSchema,
          ...errors('alreadyOnDuty', 'notOnDuty', 'unknownPerson', 'stale', 'storeUnavailable'),
        },
      },
    },
    async ({ body }) =>
      shiftView(config(), valueOf(await shifts.begin({ by: body.by, persons: body.persons ?? [body.by] }))),
  );
}

function noteRoute(api: Api, deps: ApiDeps): void {
  const ABOUT = ['unknownAlarm', 'unknownNote', 'noteNotOpen'] as const;
  api.post(
    '/shifts/current/notes',
    {
      schema: {
        tags,
        summary: 'Note something; a note never changes, a further one corrects it',
        body: noteBody,
        response: {
          200: sheetNoteSchema,
          ...errors('nobodyOnDuty', ...ABOUT, 'unknownPerson', 'stale', 'storeUnavailable'),
        },
      },
    },
    async ({ body: { open: isOpen, ...said } }) => {
      if (said.alarm !== null) findAlarm(deps, said.alarm);
      return sheetNote(valueOf(await deps.shifts.note({ ...said, isOpen })));
    },
  );
}

export function valueOf<T>(answer: ShiftAnswer<T>): T {
  if (answer.ok) return answer.value;
  throw new ApiError(answer.code, answer.message);
}
